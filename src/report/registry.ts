import type { ReportRenderer } from '#src/report/contract.ts';

/** Every format of `incident report`, loaded when asked for. Add one by writing `renderers/<id>.ts`. */
export const REPORT_FORMATS = {
  docx: async (): Promise<ReportRenderer> =>
    (await import('#src/report/renderers/docx.ts')).renderer,
  html: async (): Promise<ReportRenderer> =>
    (await import('#src/report/renderers/html.ts')).renderer,
  markdown: async (): Promise<ReportRenderer> =>
    (await import('#src/report/renderers/markdown.ts')).renderer,
  json: async (): Promise<ReportRenderer> =>
    (await import('#src/report/renderers/json.ts')).renderer,
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;
