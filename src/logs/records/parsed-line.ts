import type { Level } from './level.ts';
import type { WrittenTime } from './time/clock.ts';

/** A field's value as text, number or truth; nested values are flattened with dots in their names. */
export type FieldValue = string | number | boolean | null;
export type Fields = Record<string, FieldValue>;

/** One line with its wrappers taken off. */
export type ParsedLine = {
  /**
   * `start` begins a record, `more` continues the one before, `part` is cut by the container
   * runtime and goes on in the next line of its stream, `open` begins a document over several lines.
   */
  kind: 'start' | 'more' | 'part' | 'open';
  /** Epoch milliseconds, or null. */
  at: number | null;
  /** The time as written in the line, with its place there; null when the wrapper's field gave it. */
  written: { time: WrittenTime; index: number } | null;
  level: Level | null;
  message: string;
  /** The line without wrappers. */
  text: string;
  service: string | null;
  /** Lines of one stream belong together; others may stand between them. */
  stream: string;
  fields: Fields;
};
