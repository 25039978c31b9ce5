import { listOf, type Material, paragraph, plain, sentences } from '#src/report/model/material.ts';
import type { Block, Fact } from '#src/report/model/report.ts';
import { inline, percent, shortSha } from '#src/report/model/text.ts';
import { CATEGORY_WORDS, REMEDIATION_WORDS } from '#src/report/model/words.ts';

/** Agent 3: which code, configuration, dependency or outside event did it. */
export function rootCauseBlocks(material: Material): Block[] {
  const { rootCause } = material.result;
  if (!rootCause)
    return [{ type: 'paragraph', ...plain('The cause was not looked for: this is a triage.') }];
  const { commit, location, nextQuery } = rootCause;
  const strongest = rootCause.verdict === 'inconclusive' ? 'Strongest lead' : 'Commit';
  const rows: [string, string][] = [
    ['Verdict', `${rootCause.verdict}, confidence ${percent(rootCause.confidence)}`],
    ['Kind', CATEGORY_WORDS[rootCause.category]],
    ['Service', inline(rootCause.service ?? 'not known')],
    [strongest, commit === null ? 'no commit' : shortSha(commit)],
    ...(location
      ? [['Place', `${inline(location.file)}:${location.line}`] as [string, string]]
      : []),
    ['Remedy', REMEDIATION_WORDS[rootCause.remediation]],
  ];
  const facts: Fact[] = rows.map(([label, value]) => ({ label, value, cites: [] }));
  return [
    ...paragraph(material.citations.cite(rootCause.statement, rootCause.cites)),
    { type: 'facts', rows: facts },
    ...(nextQuery === null
      ? []
      : [
          {
            type: 'code',
            caption: 'The query that would tell more',
            text: inline(nextQuery),
          } as const,
        ]),
    ...(rootCause.alternatives.length === 0
      ? []
      : [
          { type: 'heading', text: 'Ways forward' } as const,
          ...listOf(
            'bullet',
            rootCause.alternatives.map((text) => plain(inline(text))),
            '',
          ),
        ]),
  ];
}

/** Who was suspected and is not any more, and why. */
export function acquittedBlocks(material: Material): Block[] {
  const acquitted = material.result.rootCause?.acquitted ?? [];
  const items = sentences(
    material,
    acquitted.map(({ suspect, why, cites }) => ({ text: `${shortSha(suspect)}: ${why}`, cites })),
  );
  return listOf('bullet', items, 'Nothing that was suspected was cleared.');
}
