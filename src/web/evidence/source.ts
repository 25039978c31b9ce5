import type { EvidenceData } from '#src/domain/evidence.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { shorten, shortSha } from '#src/web/parts/prose.ts';

const AROUND = 4;
const MANY = 200;

/** Lines of source with their numbers; those that are cited are marked. */
export function sourceBody(
  { file, startLine, lines, revision }: Extract<EvidenceData, { type: 'source' }>,
  { cites, isShort }: BodyOptions,
): Html {
  const marked = new Set(cites.flatMap(({ line }) => (line === undefined ? [] : [line])));
  const [first] = marked;
  const centre = first === undefined ? 0 : first - startLine;
  const from = isShort ? Math.max(0, centre - AROUND) : 0;
  const shown = lines.slice(from, isShort ? centre + AROUND + 1 : MANY);
  return html`<p class="quiet"><code>${file}</code>${revision !== null && ` at ${shortSha(revision)}`}</p>
<pre class="code">${shown.map((line, index) => {
    const number = startLine + from + index;
    const text = html`<span class="number">${number}</span> ${shorten(line, 500)}\n`;
    return marked.has(number) ? html`<mark>${text}</mark>` : text;
  })}</pre>`;
}
