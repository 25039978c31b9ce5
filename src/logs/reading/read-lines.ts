import { type LogSource, readBytes, type SourceOutcome } from './byte-source.ts';
import { type LineSink, LineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';

/**
 * Reads the lines of a source one after another; memory does not depend on its size or on the length
 * of its lines.
 * @param options.maxLineBytes longer lines are given with their beginning only
 */
export async function readLines(
  source: LogSource,
  sink: LineSink,
  options: { maxLineBytes?: number } = {},
): Promise<SourceOutcome> {
  const splitter = new LineSplitter(sink, options.maxLineBytes ?? MAX_LINE_BYTES);
  const outcome = await readBytes(source, (chunk) => splitter.push(chunk));
  splitter.end();
  return outcome;
}

/** A line's text; bytes that are no UTF-8 become U+FFFD. */
export function lineText(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end);
}
