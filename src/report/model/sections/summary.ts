import { formatDuration } from '#src/domain/time.ts';
import { type Material, plain } from '#src/report/model/material.ts';
import type { Block, CitedText } from '#src/report/model/report.ts';
import { percent } from '#src/report/model/text.ts';
import { timesOf } from '#src/report/model/times.ts';
import { VERDICT_WORDS } from '#src/report/model/words.ts';

/** What happened, since when, why, what to do, and what was not seen: a sentence each. */
export function summaryBlocks(material: Material): Block[] {
  const { citations, result } = material;
  const { triage, gaps } = result;
  const items = [
    citations.cite(triage.summary, triage.cites),
    since(material),
    causeSentence(material),
    ...todo(material),
    gaps.length > 0
      ? plain(
          `${gaps.length === 1 ? 'One source' : `${gaps.length} sources`} could not be seen, which lowers the confidence.`,
        )
      : null,
  ];
  return [{ type: 'list', style: 'bullet', items: items.filter((item) => item !== null) }];
}

function since({ result }: Material): CitedText | null {
  const { onset, detected } = timesOf(result);
  if (onset === null) return null;
  const began = `It began at ${new Date(onset).toISOString().slice(11, 19)} UTC`;
  if (detected === null || result.incident.alerts.length === 0) return plain(`${began}.`);
  const lead = detected - onset;
  if (Math.abs(lead) < 1000) return plain(`${began}, when the alert says.`);
  return plain(`${began}, ${formatDuration(lead)} ${lead > 0 ? 'before' : 'after'} the alert.`);
}

/** The verdict with its confidence and statement; null before the root cause was looked for. */
export function causeSentence({ result, citations }: Material): CitedText | null {
  const { rootCause } = result;
  if (!rootCause) return plain('The cause was not looked for: this is a triage.');
  if (rootCause.category === 'none') return citations.cite(rootCause.statement, rootCause.cites);
  const lead = `${VERDICT_WORDS[rootCause.verdict]} (confidence ${percent(rootCause.confidence)})`;
  return citations.cite(`${lead}: ${rootCause.statement}`, rootCause.cites);
}

function todo({ result, citations }: Material): CitedText[] {
  const { rootCause, triage } = result;
  const first = rootCause?.nextSteps[0] ?? triage.nextChecks[0];
  if (!first || triage.condition === 'healthy') return [];
  const step = citations.cite(`To do: ${first.text}`, first.cites);
  return step === null ? [] : [step];
}
