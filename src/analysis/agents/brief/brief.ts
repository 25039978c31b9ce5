import { evidenceLines } from '#src/analysis/agents/brief/evidence-lines.ts';
import { rankEvidence } from '#src/analysis/agents/brief/rank.ts';
import type { AgentName, Drafted } from '#src/analysis/agents/contract.ts';
import type { Guards } from '#src/analysis/agents/guards.ts';
import { round } from '#src/analysis/investigation/report.ts';
import type { Assistant } from '#src/model/contract.ts';

const MOST_HYPOTHESES = 6;
/** More is never shown, however large the room: what ranks lower tells little. */
const MOST_EVIDENCE = 90;

/**
 * The case at hand for a model: what code has found, then the evidence, most telling first, as
 * much of it as fits. Everything that stems from telemetry stands between the fence's marks.
 * @param tokens room for the whole text
 */
export function writeBrief(
  agent: AgentName,
  drafted: Drafted,
  tokens: number,
  guards: Guards,
  count: Assistant['countTokens'],
): string {
  const head = headOf(agent, drafted);
  const found = foundOf(agent, drafted).map((line) => guards.clean(line));
  const frame = `${head}\n\n${guards.fence(`${found.join('\n')}\n\nEvidence:\n`)}`;
  let left = tokens - count(frame) - 20;
  const suspects = new Set(
    (drafted.findings?.hypotheses ?? []).slice(0, 4).map(({ commit }) => commit),
  );
  const items = rankEvidence(drafted, drafted.ledger.evidence()).slice(0, MOST_EVIDENCE);
  const chosen: string[] = [];
  let leftOut = 0;
  items.forEach((evidence, index) => {
    const isSuspect =
      agent !== 'triage' &&
      evidence.data.type === 'change' &&
      evidence.data.change.type === 'commit'
        ? suspects.has(evidence.data.change.sha)
        : false;
    const { short, long } = evidenceLines(evidence, isSuspect);
    // The first third gets its details before anything else is shown at all.
    const wanted = index < items.length / 3 || isSuspect ? [long, short] : [short];
    for (const text of wanted.map((one) => guards.bound(guards.clean(one), 2600))) {
      const cost = count(text) + 1;
      if (cost > left) continue;
      chosen.push(text);
      left -= cost;
      return;
    }
    leftOut++;
  });
  const more = leftOut > 0 ? `\n(${leftOut} more not shown)` : '';
  return `${head}\n\n${guards.fence(`${found.join('\n')}\n\nEvidence:\n${chosen.join('\n')}${more}`)}`;
}

/** Code's own words alone: nothing here comes from outside. */
function headOf(agent: AgentName, { triage, cause }: Drafted): string {
  const onset = triage.onsetAt ? `, since ${triage.onsetAt}` : '';
  const lines = [
    `By the rules: condition ${triage.condition}, severity ${triage.severity}${onset}.`,
  ];
  if (agent !== 'triage' && cause) {
    lines.push(
      `By the rules: verdict ${cause.verdict}, category ${cause.category}, confidence ${cause.confidence}.`,
    );
  }
  return lines.join('\n');
}

/** What code found, in words that may hold names from outside. */
function foundOf(agent: AgentName, { triage, findings, cause, judgement }: Drafted): string[] {
  const lines = [`Service: ${triage.service}. Summary: ${triage.summary}`];
  if (triage.firstFailingService) lines.push(`First to fail: ${triage.firstFailingService}.`);
  if (judgement.blastRadius.length > 0) {
    lines.push(`Also harmed: ${judgement.blastRadius.slice(0, 12).join(', ')}.`);
  }
  if (agent === 'triage' || !findings) return lines;
  lines.push('Explanations:');
  findings.hypotheses.slice(0, MOST_HYPOTHESES).forEach((one, index) => {
    const ids = [...new Set(one.reasons.flatMap(({ cites }) => cites.map(({ id }) => id)))];
    lines.push(
      `X${index + 1} (${round(one.share)}, ${one.category}): ${one.statement} [${ids.slice(0, 8).join(', ')}] Test: ${one.test}`,
    );
  });
  for (const { suspect, why } of cause?.acquitted.slice(0, 6) ?? []) {
    lines.push(`Acquitted: ${suspect.slice(0, 12)}: ${why}`);
  }
  return lines;
}
