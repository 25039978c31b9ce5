import type { Factor, ServiceOnset } from '#src/changes/contract.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Suspect } from '#src/changes/score/suspect.ts';
import { formatDuration, formatTime } from '#src/domain/time.ts';

const MINUTE = 60e3;
/** Harm that ends this soon after a change was taken back ended with it. */
const SOON = 15 * MINUTE;
/** Harm that goes on this long after is not its doing. */
const LONG = 20 * MINUTE;

/**
 * What happened when the change was taken back: the nearest thing to an experiment that an
 * incident offers. Ghosh et al. (SoCC 2022) find roll-backs and configuration fixes among the most
 * frequent mitigations.
 */
export function judgeUndo(suspect: Suspect, facts: CaseFacts): Factor[] {
  const factors = suspect.spans.flatMap((span) => {
    const { until } = span;
    if (until === null) return [];
    return [...facts.onsetOf.values()]
      .filter((onset) => onset.at < until && isWithin(onset.service, span.service, facts))
      .flatMap((onset) => factorOf(suspect, until, onset, facts) ?? []);
  });
  // One experiment counts once, whichever services showed it.
  return factors.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 1);
}

/** Whether a harmed service ran the change or depends on one that did. */
function isWithin(harmed: string, service: string | null, facts: CaseFacts): boolean {
  return service === null || harmed === service || facts.distance(harmed, service) !== null;
}

function factorOf(
  suspect: Suspect,
  until: number,
  onset: ServiceOnset,
  facts: CaseFacts,
): Factor | null {
  const { service, endedAt } = onset;
  const since = endedAt === null || endedAt === undefined ? null : endedAt - until;
  const factor = (weight: number, text: string): Factor => ({
    id: 'undo',
    weight,
    text,
    cites: [
      { kind: suspect.kind === 'flag' ? 'flag' : 'deploy', id: suspect.id, at: until },
      { kind: 'onset', id: service, at: endedAt ?? onset.at },
    ],
  });
  if (since !== null && since < -2 * MINUTE) {
    return factor(-0.8, `${service} recovered before it was taken back at ${formatTime(until)}`);
  }
  if (since !== null && since <= SOON) {
    const when = since < MINUTE ? 'as soon as' : `${formatDuration(since)} after`;
    return factor(2.8, `${service} recovered ${when} it was taken back`);
  }
  if ((since ?? windowEnd(facts) - until) <= LONG) return null;
  return factor(
    -2,
    `${service} stayed harmed for long after it was taken back at ${formatTime(until)}`,
  );
}

/** The latest time that anything is known of. */
function windowEnd(facts: CaseFacts): number {
  const times = [
    ...facts.input.logs.map(({ at }) => at ?? 0),
    ...facts.input.metrics.map(({ at }) => at ?? 0),
    ...facts.input.onsets.map(({ at, endedAt }) => endedAt ?? at),
  ];
  return Math.max(0, ...times);
}
