import type {
  Observations,
  ObservedSignal,
  ObservedText,
  SignalMatcher,
  Signature,
  SignatureMatch,
} from '#src/knowledge/contract.ts';
import { compareText } from '#src/platform/compare.ts';

/** Text of a record that is looked at; longer ones say what they have to say at the start. */
const LONGEST_TEXT = 4000;
/** How much an unseen prediction takes away. */
const UNSEEN_PENALTY = 0.12;

type Hit = { ref: number; strength: number; at: number | null; peer: string | null };
type Group = { service: string | null; texts: Hit[]; signals: Hit[] };

/**
 * Which classes of failure fit what was observed, per service that shows them, best first.
 * Everything is matched against each signature; none is picked here.
 */
export function matchSignatures(
  signatures: readonly Signature[],
  observations: Observations,
): SignatureMatch[] {
  const prepared = observations.texts.map((text) => ({
    ...text,
    text: text.text.slice(0, LONGEST_TEXT).toLowerCase(),
  }));
  const matches = signatures.flatMap((signature) =>
    matchOne(signature, { texts: prepared, signals: observations.signals }),
  );
  return matches.sort(
    (a, b) =>
      b.score - a.score ||
      compareText(a.signature.id, b.signature.id) ||
      compareText(a.service ?? '', b.service ?? ''),
  );
}

function matchOne(signature: Signature, seen: Observations): SignatureMatch[] {
  const groups = new Map<string, Group>();
  const groupOf = (service: string | null): Group => {
    const key = service ?? '';
    const known = groups.get(key);
    if (known) return known;
    const made: Group = { service, texts: [], signals: [] };
    groups.set(key, made);
    return made;
  };
  for (const text of seen.texts) {
    const hit = hitOfText(signature, text);
    if (hit) groupOf(text.service).texts.push(hit);
  }
  for (const signal of seen.signals) {
    const strength = strengthOfSignal(signature.signals, signal);
    if (strength > 0) {
      const { ref, at, peer } = signal;
      groupOf(signal.service).signals.push({ ref, strength, at, peer });
    }
  }
  // What happened outside of all services speaks for each that shows the class by itself.
  const outside = groups.get('');
  const own = [...groups.values()].filter((group) => group.service !== null);
  const scored = own.length > 0 ? own : outside ? [outside] : [];
  return scored.map((group) =>
    score(signature, group, group === outside ? undefined : outside, seen.signals),
  );
}

function hitOfText(signature: Signature, text: ObservedText): Hit | null {
  let strength = 0;
  let peer: string | null = null;
  for (const phrase of signature.phrases) {
    const match = phrase.pattern.exec(text.text);
    if (!match) continue;
    strength = Math.max(strength, phrase.weight * text.weight);
    peer ??= match.groups?.peer ?? null;
  }
  return strength > 0 ? { ref: text.ref, strength, at: text.at, peer } : null;
}

function strengthOfSignal(matchers: readonly SignalMatcher[], signal: ObservedSignal): number {
  let best = 0;
  for (const matcher of matchers) {
    if (fits(matcher, signal)) best = Math.max(best, matcher.weight * signal.strength);
  }
  return best;
}

/** Whether a shift is of the kind that a matcher speaks of. */
function fits(matcher: Omit<SignalMatcher, 'weight'>, signal: ObservedSignal): boolean {
  if (matcher.direction && matcher.direction !== signal.direction) return false;
  if (matcher.facets && !matcher.facets.includes(signal.facet)) return false;
  return !matcher.name || matcher.name.test(signal.name);
}

function score(
  signature: Signature,
  group: Group,
  outside: Group | undefined,
  signals: readonly ObservedSignal[],
): SignatureMatch {
  const texts = [...group.texts, ...(outside?.texts ?? [])].sort(byStrength);
  const shifts = [...group.signals, ...(outside?.signals ?? [])].sort(byStrength);
  const seen: string[] = [];
  const unseen: string[] = [];
  for (const prediction of signature.predicts ?? []) {
    const holds = signals.some((signal) => fits(prediction.signal, signal));
    (holds ? seen : unseen).push(prediction.text);
  }
  // Only what could have been seen counts: without any shifted signal nothing is refuted.
  const penalty = signals.length > 0 ? unseen.length * UNSEEN_PENALTY : 0;
  // Shifts of several series of one kind say the same thing once.
  const support = 1 - (1 - noisyOr(texts)) * (1 - (shifts[0]?.strength ?? 0));
  const times = [...texts, ...shifts].flatMap((hit) => hit.at ?? []);
  return {
    signature,
    service: group.service,
    peer: [...texts, ...shifts].find((hit) => hit.peer)?.peer ?? null,
    score: Math.max(0, support - penalty),
    texts: texts.map((hit) => hit.ref),
    signals: shifts.map((hit) => hit.ref),
    seen,
    unseen,
    at: times.length > 0 ? Math.min(...times) : null,
  };
}

function byStrength(a: Hit, b: Hit): number {
  return b.strength - a.strength || a.ref - b.ref;
}

/** Several weak signs make a stronger one; the first two count in full, more hardly at all. */
function noisyOr(hits: readonly Hit[]): number {
  let rest = 1;
  hits.slice(0, 4).forEach((hit, index) => {
    rest *= 1 - hit.strength * (index < 2 ? 1 : 0.3);
  });
  return 1 - rest;
}
