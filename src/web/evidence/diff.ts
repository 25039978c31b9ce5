import { type Html, html } from '#src/web/html/html.ts';
import { shorten } from '#src/web/parts/prose.ts';

const MOST_LINE = 400;

/** A unified diff, each line marked as what it is; the signs stay, so that colour is not needed. */
export function diff(text: string, mostLines: number): Html {
  const lines = text.split('\n', mostLines + 1);
  if (lines.at(-1) === '') lines.pop();
  const shown = lines.slice(0, mostLines);
  const isCut = lines.length > mostLines;
  return html`<pre class="diff">${shown.map(
    (line) => html`<span class="${kindOf(line)}">${shorten(line, MOST_LINE)}\n</span>`,
  )}</pre>${isCut && html`<p class="quiet">shortened to ${mostLines} lines</p>`}`;
}

function kindOf(line: string): string {
  if (/^(?:diff |index |--- |\+\+\+ |new file|deleted file|similarity|rename )/.test(line)) {
    return 'meta';
  }
  if (line.startsWith('@@')) return 'hunk';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}
