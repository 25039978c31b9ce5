import type { ReportRenderer } from '#src/report/contract.ts';
import { htmlPage } from '#src/report/renderers/html/page.ts';

/** One file without script and without any outside reference, under its own content security policy. */
export const renderer: ReportRenderer = {
  id: 'html',
  extension: 'html',
  isText: true,
  render: async (report) => ({ document: Buffer.from(htmlPage(report)), pictures: [] }),
};
