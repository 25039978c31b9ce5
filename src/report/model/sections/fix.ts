import { type Material, paragraph, plain } from '#src/report/model/material.ts';
import type { Block } from '#src/report/model/report.ts';
import { inline, multiline } from '#src/report/model/text.ts';

/** The change that is proposed, how it was made, and the proof that it works. */
export function fixBlocks({ result }: Material): Block[] {
  const { fix } = result;
  if (!fix) return [{ type: 'paragraph', ...plain('No fix was asked for.') }];
  const blocks: Block[] = paragraph(plain(inline(fix.why)));
  const facts: [string, string | null][] = [
    ['Decision', fix.decision],
    ['Made by', fix.strategy],
    ['Files', fix.files.length > 0 ? fix.files.map(inline).join(', ') : null],
    ['Risk', fix.risk === null ? null : inline(fix.risk)],
    [
      'Pull request',
      fix.pullRequest === null
        ? null
        : `${inline(fix.pullRequest.url)}${fix.pullRequest.draft ? ' (draft)' : ''}`,
    ],
  ];
  blocks.push({
    type: 'facts',
    rows: facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value, cites: [] }])),
  });
  if (fix.proof.length > 0) {
    blocks.push({
      type: 'table',
      caption: 'Proof: the same commands before and after the change',
      columns: ['Step', 'Before', 'After', 'Holds', 'Seconds'],
      rows: fix.proof.map(({ step, ok, before, after, seconds }) => ({
        cells: [
          inline(step),
          inline(before ?? '–'),
          inline(after ?? '–'),
          ok ? 'yes' : 'no',
          seconds.toFixed(1),
        ],
        cites: [],
      })),
    });
  }
  if (fix.guards.length > 0) {
    blocks.push({
      type: 'table',
      caption: 'Guards',
      columns: ['Guard', 'Passed', 'Message'],
      rows: fix.guards.map(({ id, ok, message }) => ({
        cells: [inline(id), ok ? 'yes' : 'no', inline(message)],
        cites: [],
      })),
    });
  }
  if (fix.diff !== null)
    blocks.push({ type: 'code', caption: 'The change', text: multiline(fix.diff) });
  return blocks;
}
