import type { Evidence } from '#src/domain/evidence.ts';
import { type Material, plain } from '#src/report/model/material.ts';
import type { Block, CitedText } from '#src/report/model/report.ts';
import { inline } from '#src/report/model/text.ts';

const MOST_STEPS = 40;
/** `1. `, `- `, `* [ ] `: a step of a list in markdown. */
const STEP = /^ {0,8}(?:\d{1,3}[.)]|[-*+])[ \t]{1,4}(?:\[[ xX]\][ \t]{1,4})?(\S.{0,2000})$/;

/** The runbooks that were at hand, their steps as a checklist: for people, never for the program. */
export function runbookBlocks({ result, citations }: Material): Block[] {
  const runbooks = result.evidence.filter(({ kind }) => kind === 'runbook');
  return runbooks.flatMap((runbook): Block[] => {
    const steps = stepsOf(runbook).flatMap(
      (text) => citations.cite(text, [{ id: runbook.id }]) ?? [],
    );
    const title: CitedText = citations.cite(runbook.summary, [{ id: runbook.id }]) ?? plain('');
    return [
      { type: 'paragraph', ...title },
      ...(steps.length > 0 ? [{ type: 'list', style: 'check', items: steps } as const] : []),
    ];
  });
}

function stepsOf({ data }: Evidence): string[] {
  if (data.type !== 'text') return [];
  return data.text
    .split('\n')
    .flatMap((line) => STEP.exec(line.slice(0, 2100))?.[1] ?? [])
    .map((text) => inline(text.replace(/[*`_]{1,2}/g, '')))
    .slice(0, MOST_STEPS);
}
