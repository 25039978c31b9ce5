import type { Report } from '#src/report/model/report.ts';

/** What a renderer makes of a report: the document, and pictures that lie beside it. */
export type RenderedReport = {
  document: Uint8Array;
  /** Plain file names; the document refers to them relatively. */
  pictures: { name: string; bytes: Uint8Array }[];
};

/** Draws a report. The same report gives the same bytes. */
export type ReportRenderer = {
  /** Equals the file name and the key in the registry. */
  readonly id: string;
  /** Of the file, without the dot. */
  readonly extension: string;
  /** Whether the document is text that may go to a terminal or a pipe. */
  readonly isText: boolean;
  /**
   * @param name of the file without its extension, for the names of pictures; null where nothing can
   * lie beside the document, so that pictures are told in words
   */
  render(report: Report, name: string | null): Promise<RenderedReport>;
};
