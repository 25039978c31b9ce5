import type { ReportRenderer } from '#src/report/contract.ts';

/** A Word document (Office Open XML, ECMA-376); the library is loaded when one is asked for. */
export const renderer: ReportRenderer = {
  id: 'docx',
  extension: 'docx',
  isText: false,
  render: async (report) => {
    const { wordDocument } = await import('#src/report/renderers/docx/document.ts');
    return { document: await wordDocument(report), pictures: [] };
  },
};
