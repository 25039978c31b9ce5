import type { EvidenceData } from '#src/domain/evidence.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { diff } from '#src/web/evidence/diff.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { moment } from '#src/web/parts/moment.ts';
import { count, shorten, shortSha } from '#src/web/parts/prose.ts';
import { facts, fold } from '#src/web/parts/section.ts';

type Change = Extract<EvidenceData, { type: 'change' }>['change'];

const MOST_FILES = 30;
const FEW_LINES = 40;
const MANY_LINES = 300;

export function changeBody(change: Change, { book, isShort }: BodyOptions): Html {
  const at = moment(change.timestamp, book.reference);
  if (change.type === 'deploy') {
    const { service, version, commit } = change;
    return html`${facts([
      ['service', service],
      ['at', at],
      ['version', version],
      ['commit', commit && html`<code>${shortSha(commit)}</code>`],
    ])}`;
  }
  if (change.type === 'flag') {
    const { name, from, to, service } = change;
    return html`${facts([
      ['flag', html`<code>${name}</code>`],
      ['at', at],
      ['from', from],
      ['to', to],
      ['service', service],
    ])}`;
  }
  const { sha, author, message, files } = change;
  const lines = change.diff === null ? null : diff(change.diff, isShort ? FEW_LINES : MANY_LINES);
  const folded = isShort && lines && fold(book.key(`diff-${sha.slice(0, 10)}`), 'Diff', lines);
  return html`${facts([
    ['commit', html`<code class="sha">${sha}</code>`],
    ['at', at],
    ['author', author],
  ])}
<pre class="text">${shorten(message, isShort ? 500 : 5000)}</pre>
${!isShort && files.length > 0 && html`<p>${count(files.length, 'file')}: ${files.slice(0, MOST_FILES).map((file, index) => html`${index > 0 && ', '}<code>${file}</code>`)}${files.length > MOST_FILES && '…'}</p>`}
${isShort ? folded : lines}`;
}
