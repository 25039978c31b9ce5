import type { ReportRenderer } from '#src/report/contract.ts';

/** The report model as it is, for other programs. */
export const renderer: ReportRenderer = {
  id: 'json',
  extension: 'json',
  isText: true,
  render: async (report) => ({
    document: Buffer.from(`${JSON.stringify(report, null, 2)}\n`),
    pictures: [],
  }),
};
