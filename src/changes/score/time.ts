import type { DelayedOnset, Symptom } from '#src/changes/classify/symptoms.ts';
import type { Factor, FactorCite, ServiceOnset } from '#src/changes/contract.ts';
import type { LiveSpan } from '#src/changes/live.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Opinion, Suspect } from '#src/changes/score/suspect.ts';
import { formatDuration, formatTime } from '#src/domain/time.ts';

const TOLERANCE = 60e3;
/** A deploy may be recorded when its last instance is up, while the first one does harm already. */
const ROLLOUT = 120e3;
const MINUTE = 60e3;
const HOUR = 3600e3;

/** Log-odds by the time from going live to harm: most harm of a change shows soon (SRE book, ch. 8). */
const BY_LAG: readonly (readonly [number, number])[] = [
  [10 * MINUTE, 1.3],
  [30 * MINUTE, 1.1],
  [2 * HOUR, 0.7],
  [6 * HOUR, 0.3],
  [24 * HOUR, -0.5],
  [72 * HOUR, -1.2],
  [7 * 24 * HOUR, -1.7],
];
const LONG_AGO = -2.2;

/** How much less a flag fits harm that comes some minutes after it was set. */
const FLAG_LATE = 0.4;
/** What is left of the time where a faint harm is seen before. */
const AFTER_FAINT = 0.7;

/** Delays that show as something that creeps up. */
const CREEPS: ReadonlySet<DelayedOnset> = new Set(['leak', 'disk', 'growth', 'pool']);

/** How late each kind of delay can still show, in milliseconds: a migration is over, a leak fills up. */
const AT_MOST: Record<DelayedOnset, number> = {
  migration: 48 * HOUR,
  cache: 7 * 24 * HOUR,
  pool: 14 * 24 * HOUR,
  leak: 30 * 24 * HOUR,
  schedule: 32 * 24 * HOUR,
  disk: 60 * 24 * HOUR,
  load: 60 * 24 * HOUR,
  growth: 180 * 24 * HOUR,
  expiry: 400 * 24 * HOUR,
};

/** What must be seen for a kind of delay to explain harm that came late. */
const SHOWN_BY: Record<DelayedOnset, readonly Symptom[]> = {
  leak: ['memory', 'file-handles', 'connections', 'threads', 'crash'],
  pool: ['connections', 'timeout', 'threads'],
  cache: ['stale-data', 'wrong-data', 'dependency-load', 'parse-error'],
  disk: ['disk', 'log-volume'],
  schedule: ['missing-work', 'database', 'cpu', 'lock', 'stale-data', 'queue', 'disk'],
  expiry: ['auth-failure', 'tls', 'stale-data'],
  growth: ['latency', 'database', 'memory', 'cpu', 'disk', 'queue', 'timeout'],
  load: ['traffic-up', 'cpu', 'connections', 'queue', 'rate-limited', 'threads'],
  migration: ['lock', 'database', 'data-conflict'],
};

/** Was it live before the harm, how long, and was it still? */
export function judgeTime(suspect: Suspect, facts: CaseFacts): Opinion & { liveAt: number | null } {
  const { earliest } = facts;
  const first = [...suspect.spans].sort((a, b) => a.from - b.from)[0] ?? null;
  if (!first) {
    const [service] = suspect.notDeployedTo;
    const why = service === undefined ? null : `it was never deployed to ${service}`;
    return { factors: [], acquitted: why, liveAt: null };
  }
  if (!earliest) return { factors: [], acquitted: null, liveAt: first.from };
  const judged = suspect.spans.map((span) => judgeSpan(span, suspect, facts, earliest));
  const best = judged.sort((a, b) => rank(b) - rank(a))[0];
  const acquitted = judged.every((one) => one.acquitted !== null)
    ? (best?.acquitted ?? null)
    : null;
  return {
    factors: best && acquitted === null ? best.factors : [],
    acquitted,
    liveAt: best?.liveAt ?? first.from,
  };
}

type Judged = Opinion & { liveAt: number };

function rank(judged: Judged): number {
  if (judged.acquitted !== null) return -100;
  return judged.factors.reduce((sum, { weight }) => sum + weight, 0);
}

function judgeSpan(
  span: LiveSpan,
  suspect: Suspect,
  facts: CaseFacts,
  earliest: ServiceOnset,
): Judged {
  const own = span.service === null ? undefined : facts.onsetOf.get(span.service);
  const onset = own ?? earliest;
  const tolerance = onset.toleranceMs ?? TOLERANCE;
  const cites: FactorCite[] = [
    citeOf(suspect, span),
    { kind: 'onset', id: onset.service, at: onset.at },
  ];
  const lag = onset.at - span.from;
  const noun =
    suspect.kind === 'flag' ? 'was set' : span.basis === 'commit' ? 'was committed' : 'went live';
  if (lag < -(tolerance + ROLLOUT)) {
    const late = formatDuration(-lag);
    return {
      factors: [],
      acquitted: `it ${noun} at ${formatTime(span.from)}, ${late} after ${onset.service} was harmed`,
      liveAt: span.from,
    };
  }
  if (span.until !== null && span.until < earliest.at - tolerance) {
    return {
      factors: [],
      acquitted: `it was taken back at ${formatTime(span.until)}, before the harm began`,
      liveAt: span.from,
    };
  }
  const factors: Factor[] = [lagFactor(lag, span, noun, onset, suspect, facts, cites)];
  if (
    own &&
    span.from > earliest.at + (earliest.toleranceMs ?? TOLERANCE) + ROLLOUT &&
    isConnected(own.service, earliest.service, facts)
  ) {
    factors.push({
      id: 'time',
      weight: -1.6,
      text: `${earliest.service} was harmed ${formatDuration(span.from - earliest.at)} before it ${noun}`,
      cites: [{ kind: 'onset', id: earliest.service, at: earliest.at }],
    });
  }
  return { factors, acquitted: null, liveAt: span.from };
}

function isConnected(a: string, b: string, facts: CaseFacts): boolean {
  return facts.distance(a, b) !== null || facts.distance(b, a) !== null;
}

function lagFactor(
  lag: number,
  span: LiveSpan,
  noun: string,
  onset: ServiceOnset,
  suspect: Suspect,
  facts: CaseFacts,
  cites: FactorCite[],
): Factor {
  const clear = (onset.clearAt ?? onset.at) - span.from;
  if (lag < 0 && clear >= 0) {
    const weight = BY_LAG.find(([most]) => clear <= most)?.[1] ?? LONG_AGO;
    const when = `${formatDuration(clear)} before ${onset.service} was clearly harmed`;
    return { id: 'time', weight: AFTER_FAINT * weight, text: `it ${noun} ${when}`, cites };
  }
  if (lag < 0) {
    const text = `it ${noun} at about the time ${onset.service} was harmed`;
    return { id: 'time', weight: lag < -TOLERANCE ? 0 : 0.9, text, cites };
  }
  let weight = BY_LAG.find(([most]) => lag <= most)?.[1] ?? LONG_AGO;
  // A flag works from the next request on; a build takes its time to be everywhere.
  const settled = lag - (onset.toleranceMs ?? TOLERANCE);
  if (suspect.kind === 'flag' && weight > 0 && settled > 2 * MINUTE) weight -= FLAG_LATE;
  // Only the commit's own time is known: it went live some time after.
  if (span.basis === 'commit' && suspect.kind === 'commit')
    weight = weight > 0 ? weight * 0.75 : Math.min(0, weight * 0.75 + 0.2);
  const delay = weight < 0.3 ? delayOf(suspect, facts, lag) : null;
  const said = `it ${noun} ${formatDuration(lag)} before ${onset.service} was harmed`;
  if (delay === null) return { id: 'time', weight, text: said, cites };
  return {
    id: 'time',
    weight: Math.max(weight * 0.25, -0.3) + (facts.hasRamp && CREEPS.has(delay) ? 0.8 : 0.1),
    text: `${said}, which fits harm that comes late (${delay})`,
    cites,
  };
}

/** A kind of delay that the change can have and that what is seen fits. */
function delayOf(suspect: Suspect, facts: CaseFacts, lag: number): DelayedOnset | null {
  const seen = new Map(facts.seen.map(({ symptom, weight }) => [symptom, weight]));
  for (const delay of suspect.classification.delayed) {
    const shown = SHOWN_BY[delay].some((symptom) => (seen.get(symptom) ?? 0) >= 0.4);
    const needsMore =
      delay === 'growth' && !facts.hasRamp && suspect.classification.basis !== 'diff';
    if (shown && !needsMore && lag <= AT_MOST[delay]) return delay;
  }
  return null;
}

function citeOf(suspect: Suspect, span: LiveSpan): FactorCite {
  if (suspect.kind === 'flag') return { kind: 'flag', id: suspect.id, at: span.from };
  if (span.basis === 'restart') return { kind: 'restart', id: span.service, at: span.from };
  return { kind: span.basis === 'deploy' ? 'deploy' : 'commit', id: suspect.id, at: span.from };
}
