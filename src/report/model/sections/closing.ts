import { listOf, type Material, plain, sentences } from '#src/report/model/material.ts';
import type { Block, CitedText } from '#src/report/model/report.ts';
import { inline, moment } from '#src/report/model/text.ts';

/** What left the program, and how it went. */
export function sentBlocks({ effects }: Material): Block[] {
  if (effects === null) {
    return [{ type: 'paragraph', ...plain('This was made from a recording: nothing was sent.') }];
  }
  if (effects.length === 0) return [{ type: 'paragraph', ...plain('Nothing was sent.') }];
  return [
    {
      type: 'table',
      caption: 'Messages, tickets and other side effects, in the order in which they were decided',
      columns: ['What', 'To', 'State', 'Attempts', 'Decided', 'Remark'],
      rows: effects.map(({ kind, target, state, attempts, decidedAt, receipt, lastError }) => ({
        cells: [
          inline(kind),
          inline(target),
          state,
          String(attempts),
          moment(decidedAt),
          inline(lastError ?? receipt ?? ''),
        ],
        cites: [],
      })),
    },
  ];
}

/** What was sought and could not be had, and what would change that. */
export function gapBlocks({ result }: Material): Block[] {
  const { gaps } = result;
  if (gaps.length === 0)
    return [{ type: 'paragraph', ...plain('Every source that was asked answered.') }];
  return [
    {
      type: 'table',
      caption: 'What was sought in vain',
      columns: ['Source', 'Why', 'What would help'],
      rows: gaps.map(({ source, why, hint }) => ({
        cells: [inline(source), inline(why), inline(hint ?? '–')],
        cites: [],
      })),
    },
  ];
}

/** What is to be done: the steps of the answer, then the gaps that can be closed. */
export function actionItems(material: Material): CitedText[] {
  const { rootCause, triage, gaps } = material.result;
  const steps =
    rootCause && rootCause.nextSteps.length > 0 ? rootCause.nextSteps : triage.nextChecks;
  const closable = gaps.flatMap(({ source, hint }) =>
    hint === undefined ? [] : [plain(`Close the gap "${inline(source)}": ${inline(hint)}`)],
  );
  const all = [...sentences(material, steps), ...closable];
  return [...new Map(all.map((item) => [item.text, item])).values()];
}

export function actionBlocks(material: Material): Block[] {
  return listOf('check', actionItems(material), 'Nothing is left to do.');
}

/** How far the document can be relied on: what code checked, and what a model took part in. */
export function verificationBlocks({ result, citations }: Material): Block[] {
  const { model } = result;
  const left = citations.dropped();
  const items = [
    plain(
      `${citations.held()} citations were checked against the stored evidence for this document; all that are shown hold.`,
    ),
    plain(
      left === 0
        ? 'No sentence was left out.'
        : `${left} sentences were left out, since what they cite does not hold.`,
    ),
    plain('Verdict and confidence were computed from the evidence, not written by a model.'),
    plain(
      model === null
        ? 'No language model took part.'
        : `A language model (${inline(model.provider)} ${inline(model.name)}) took part: ${model.calls} calls, ${model.inputTokens} tokens in, ${model.outputTokens} out; ${model.droppedStatements} of its statements were dropped because their citations did not hold.`,
    ),
  ];
  return [{ type: 'list', style: 'bullet', items }];
}

/** Incidents that were like this one. */
export function similarBlocks({ similar }: Material): Block[] {
  if (similar.length === 0) return [];
  return [
    { type: 'heading', text: 'Incidents like it' },
    {
      type: 'table',
      caption: 'Most alike first',
      columns: ['Incident', 'When', 'In common'],
      rows: similar.map(({ id, title, at, why }) => ({
        cells: [`${inline(id)} ${inline(title)}`, moment(at), why.map(inline).join(', ')],
        cites: [],
      })),
    },
  ];
}
