import type { Style } from '#src/platform/style.ts';
import { displayWidth, truncate, wrap } from '#src/platform/terminal-text.ts';

/** What a terminal picture is drawn on: lines of at most `columns` columns. */
export type Paper = {
  readonly style: Style;
  readonly columns: number;
  line(text?: string): void;
  /** A heading with a blank line above. */
  heading(text: string): void;
  /** Wrapped text after a lead such as `• ` or `1. `, ids of evidence at the right end. */
  item(lead: string, text: string, ids?: readonly string[]): void;
  text(): string;
};

const WIDEST = 100;
const INDENT = '  ';

/** @param columns of the terminal; pictures do not get wider than 100 */
export function createPaper(options: { style: Style; columns: number }): Paper {
  const lines: string[] = [];
  const { style } = options;
  const columns = Math.max(40, Math.min(options.columns, WIDEST));
  const line = (text = ''): void => void lines.push(text.trimEnd());
  return {
    style,
    columns,
    line,
    heading: (text) => {
      line();
      line(style.heading(text));
    },
    item: (lead, text, ids = []) => {
      const cited = ids.join(' ');
      const left = INDENT + lead;
      const hang = ' '.repeat(displayWidth(left));
      const room = columns - displayWidth(left);
      const wrapped = wrap(text, room);
      const last = wrapped.at(-1) ?? '';
      wrapped.forEach((part, index) => {
        const isLast = index === wrapped.length - 1;
        const start = (index === 0 ? left : hang) + part;
        if (!isLast || !cited) line(start);
        else if (displayWidth(last) + 1 + cited.length <= room) {
          const gap = columns - displayWidth(start) - cited.length;
          line(`${start}${' '.repeat(gap)}${style.accent(cited)}`);
        } else {
          line(start);
          const short = truncate(cited, room);
          line(' '.repeat(columns - displayWidth(short)) + style.accent(short));
        }
      });
    },
    text: () => `${lines.join('\n')}\n`,
  };
}
