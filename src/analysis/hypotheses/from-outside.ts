import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { type Arrived, arrivalReason, wasIdle } from '#src/analysis/hypotheses/arrived.ts';
import type { Candidate, Reason } from '#src/analysis/hypotheses/candidate.ts';
import { type EventWeight, weighEvents } from '#src/analysis/hypotheses/events.ts';
import { isStore } from '#src/analysis/hypotheses/stores.ts';
import { oddsOf } from '#src/analysis/hypotheses/weights.ts';
import { hostsOf, type Observed } from '#src/analysis/investigation/observations.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { OutsideEvent } from '#src/domain/bundle.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { Category } from '#src/domain/result.ts';
import { CATALOGUE } from '#src/knowledge/catalogue.ts';
import type { Signature, SignatureMatch } from '#src/knowledge/contract.ts';

const MINUTE = 60_000;
const LEAST_SCORE = 0.25;
/** Where a host stands in an error: in a URL, as `host='…'`, or before a port. */
const HOST =
  /(?:\/\/|host=['"]?|connect to |lookup )([a-z0-9][a-z0-9.-]{1,80})|([a-z][a-z0-9.-]{1,80}):\d{2,5}\b/g;
/** Weight from which an event is worth a hypothesis of its own. */
const LEAST_EVENT = 1.2;

/** One explanation for each class of outside failure that fits, per service that shows it. */
export function candidatesFromOutside(
  facts: Facts,
  judgement: Judgement,
  matches: readonly SignatureMatch[],
  observed: Observed,
  arrived: readonly Arrived[],
  refs: FactRefs,
  ledger: Ledger,
): Candidate[] {
  const events = weighEvents(facts, judgement);
  const fitting = matches.filter(({ score }) => score >= LEAST_SCORE);
  return [...fitting, ...matchesOfEvents(fitting, events, judgement)]
    .map((match) => candidateOf(facts, judgement, match, observed, events, arrived, refs, ledger))
    .sort((a, b) => b.odds - a.odds || (a.key < b.key ? -1 : 1));
}

/** Events that speak for a class which nothing else shows. */
function matchesOfEvents(
  known: readonly SignatureMatch[],
  events: readonly EventWeight[],
  judgement: Judgement,
): SignatureMatch[] {
  const strong = events.filter(({ weight }) => weight >= LEAST_EVENT);
  return CATALOGUE.flatMap((signature): SignatureMatch[] => {
    if (known.some((match) => match.signature.id === signature.id)) return [];
    const event = signature.isSymptom ? undefined : strong.find((one) => speaksFor(signature, one));
    if (!event) return [];
    return [
      {
        signature,
        service: event.concerns ?? judgement.firstFailing,
        peer: null,
        score: 0,
        texts: [],
        signals: [],
        seen: [],
        unseen: [],
        at: null,
      },
    ];
  });
}

function candidateOf(
  facts: Facts,
  judgement: Judgement,
  match: SignatureMatch,
  observed: Observed,
  events: readonly EventWeight[],
  arrived: readonly Arrived[],
  refs: FactRefs,
  ledger: Ledger,
): Candidate {
  const { signature } = match;
  const citesOf = (indices: readonly number[]): Cite[] =>
    [...new Set(indices)].slice(0, 4).flatMap((index) => {
      const ref = observed.refs[index];
      return ref ? [ledger.cite(ref)] : [];
    });
  const arrival = signature.comesWithData
    ? arrivalReason(arrived, match.at, wasIdle(facts, match.service, arrived, match.at), ledger)
    : null;
  const event = bestEvent(signature, events);
  const service = withoutHost(
    facts,
    (signature.takenByNeighbour ? startedJob(events) : null) ??
      (signature.culprit === 'outside' ? event?.job : null) ??
      (arrival && arrival.weight >= 1 ? arrival.service : null) ??
      culpritService(facts, judgement, match, observed),
  );
  const reasons: Reason[] = [
    {
      about: 'fit',
      weight: 3.2 * match.score,
      text: `${signature.title} fits what is seen`,
      cites: citesOf([...match.texts, ...match.signals]),
    },
    ...timeReasons(match, judgement, citesOf),
    ...placeReasons(facts, match, judgement, service, event?.job ?? null),
    ...(arrival ? [arrival] : []),
    ...match.unseen.map(
      (text): Reason => ({ about: 'unseen', weight: -0.4, text: `not seen: ${text}`, cites: [] }),
    ),
  ];
  const own = categoryOf(facts, match, service);
  const isTheirs = isOfProvider(signature, events);
  const { category, isPointer } = isTheirs
    ? { category: 'external' as const, isPointer: false }
    : own;
  // What happened outside explains a cause, not where it hurts.
  if (!signature.isSymptom && !isPointer)
    reasons.push(...eventReasons(event, match, events, refs, ledger));
  if (signature.isSymptom || isPointer) {
    reasons.push({
      about: 'symptom',
      weight: -1.3,
      text: 'this is what many causes look like from outside',
      cites: [],
    });
  }
  return {
    key: `outside:${signature.id}:${match.service ?? ''}`,
    kind: 'outside',
    statement: `${capital(signature.title)}${service ? ` at ${service}` : ''}${match.service && match.service !== service ? `, seen by ${match.service}` : ''}; no commit did it.`,
    category,
    remediation: isTheirs ? 'wait-upstream' : signature.remediation,
    service: isTheirs && service === match.service ? null : service,
    commit: null,
    location: null,
    odds: oddsOf('outside', reasons),
    reasons,
    test: signature.nextChecks[0] ?? '',
    nextSteps: signature.nextChecks,
    signature,
    ...(match.service ? { shownBy: match.service } : {}),
    ...(isPointer ? { isPointer } : {}),
  };
}

/**
 * Who the other side is decides the kind of cause: a store or broker of one's own is
 * infrastructure, a provider is outside, and another service of one's own has a cause of its own.
 */
function categoryOf(
  facts: Facts,
  { signature, service: shownBy }: SignatureMatch,
  culprit: string | null,
): { category: Category; isPointer: boolean } {
  const { category } = signature;
  const isNamed = culprit !== null && culprit !== shownBy;
  if (signature.culprit !== 'peer' || !isNamed) {
    // An upstream that fails and has no name is any upstream: it says only where it hurts.
    return { category, isPointer: signature.needsName === true };
  }
  if (category !== 'dependency' && category !== 'external') return { category, isPointer: false };
  const isOurs =
    facts.subject.services.some(({ name }) => name === culprit) ||
    facts.metrics.services.some(({ service, signals }) => service === culprit && signals > 0);
  if (isStore(culprit)) return { category: 'infrastructure', isPointer: false };
  return isOurs
    ? { category: 'dependency', isPointer: true }
    : { category: 'external', isPointer: false };
}

/** The peer where the class blames a peer and one is known, else the service that shows it. */
function culpritService(
  facts: Facts,
  judgement: Judgement,
  match: SignatureMatch,
  observed: Observed,
): string | null {
  const known = new Set(facts.metrics.services.map(({ service }) => service));
  for (const { name } of facts.subject.services) known.add(name);
  if (match.signature.culprit === 'self') return match.service ?? mainSuspect(facts, judgement);
  if (match.peer && known.has(match.peer)) return match.peer;
  const named = match.signature.culprit === 'peer' ? namedService(match, observed, known) : null;
  if (named) return named;
  const callees = facts.metrics.edges
    .filter(({ from }) => from === match.service)
    .map(({ to }) => to);
  const suspected = facts.metrics.suspects.find(
    ({ service, role }) => callees.includes(service) && role === 'cause',
  );
  if (suspected) return suspected.service;
  if (match.signature.culprit === 'peer')
    return match.peer ?? mainSuspect(facts, judgement) ?? match.service;
  return mainSuspect(facts, judgement) ?? match.service;
}

/** The other service whose name stands as a host in the texts that fit: `https://vault.example/`, `host='vault'`. */
function namedService(
  { service, texts }: SignatureMatch,
  observed: Observed,
  known: ReadonlySet<string>,
): string | null {
  const seen = new Set(texts);
  const text = observed.texts
    .filter(({ ref }) => seen.has(ref))
    .map((one) => one.text.slice(0, 2000).toLowerCase())
    .join('\n');
  const hosts = new Set(
    [...text.matchAll(HOST)].flatMap(([, first, second]) => {
      const host = first ?? second ?? '';
      return [host, host.split('.')[0] ?? ''];
    }),
  );
  return (
    [...known].sort().find((name) => name !== service && hosts.has(name.toLowerCase())) ?? null
  );
}

/** Where metrics lay the blame; else who broke first. */
function mainSuspect({ metrics }: Facts, { firstFailing }: Judgement): string | null {
  const [top] = metrics.suspects;
  return top && top.role === 'cause' && top.score >= 0.5 ? top.service : firstFailing;
}

function timeReasons(
  match: SignatureMatch,
  judgement: Judgement,
  citesOf: (indices: readonly number[]) => Cite[],
): Reason[] {
  if (match.at === null || judgement.onset === null) return [];
  const lead = judgement.onset - match.at;
  const cites = citesOf(match.texts.slice(0, 1));
  if (lead > 30 * MINUTE)
    return [{ about: 'when', weight: -1, text: 'it was there long before the onset', cites }];
  const strong = judgement.strongOnset ?? judgement.onset;
  if (strong - match.at < -5 * MINUTE) {
    // When work is late, the harm is dated to when it was last in time: before it failed.
    if (judgement.harms.every(({ kind }) => kind === 'staleness')) return [];
    return [{ about: 'when', weight: -0.9, text: 'it came after the onset', cites }];
  }
  return [{ about: 'when', weight: 0.4, text: 'it came with the onset', cites }];
}

function placeReasons(
  facts: Facts,
  match: SignatureMatch,
  judgement: Judgement,
  service: string | null,
  job: string | null,
): Reason[] {
  const { firstFailing } = judgement;
  const place = service ?? match.service;
  if (place === null || firstFailing === null || place === job) return [];
  if (hostsOf(facts.metrics).has(place)) return [];
  if (place === firstFailing || match.service === firstFailing) {
    return [{ about: 'place', weight: 0.6, text: `${place} broke first`, cites: [] }];
  }
  const rank = facts.metrics.suspects.findIndex((suspect) => suspect.service === place);
  const role = facts.metrics.suspects[rank]?.role;
  if (role === 'victim' || role === 'consequence') {
    return [{ about: 'place', weight: -1, text: `${place} is harmed by another`, cites: [] }];
  }
  const isConcerned = facts.metrics.edges.some(
    ({ from, to }) => from === firstFailing && to === place,
  );
  return [
    {
      about: 'place',
      weight: isConcerned ? 0.3 : -0.5,
      text: `${place} is ${isConcerned ? 'used by' : 'not'} the first to break`,
      cites: [],
    },
  ];
}

/** The event that speaks most for the class, if one does. */
function bestEvent(signature: Signature, events: readonly EventWeight[]): EventWeight | null {
  const [best] = events
    .filter((event) => speaksFor(signature, event))
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));
  return best && best.weight > -0.5 ? best : null;
}

/** Of several notices that come as near, none tells much where nothing was seen of what it tells. */
function eventReasons(
  best: EventWeight | null,
  match: SignatureMatch,
  events: readonly EventWeight[],
  refs: FactRefs,
  ledger: Ledger,
): Reason[] {
  if (!best) return [];
  const ref = refs.event.get(best.event);
  const cites = ref ? [ledger.cite(ref)] : [];
  const hasRival = events.some(
    (one) =>
      one !== best &&
      !one.isRoutine &&
      one.weight > best.weight - 0.5 &&
      one.concerns !== best.concerns,
  );
  const share = hasRival && match.score < LEAST_SCORE ? 0.5 : 1;
  return [{ about: 'event', weight: best.weight * share, text: best.text, cites }];
}

/** Names that do not resolve or hosts that are lost are a provider's where that provider says so itself. */
function isOfProvider(
  { culprit, category, isEnvironmental }: Signature,
  events: readonly EventWeight[],
): boolean {
  if (culprit === 'self' || category !== 'infrastructure' || !isEnvironmental) return false;
  return events.some(({ isToldByProvider, weight }) => isToldByProvider && weight > 0);
}

/** The job whose start is nearest to the onset, if one is near. */
function startedJob(events: readonly EventWeight[]): string | null {
  const [nearest] = events
    .filter(({ job, weight }) => job !== null && weight >= LEAST_EVENT - 0.3)
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));
  return nearest?.job ?? null;
}

/** A machine's name is where it was seen, not what has to be mended. */
function withoutHost({ metrics }: Facts, service: string | null): string | null {
  return service !== null && hostsOf(metrics).has(service) ? null : service;
}

function speaksFor({ events }: Signature, { event, names, isRoutine }: EventWeight): boolean {
  if (isRoutine) return false;
  // A service may be called what a class is called: its name says nothing of the class.
  let text = textOf(event);
  for (const name of names) text = text.replaceAll(name, ' ');
  return events?.some(({ pattern }) => pattern.test(text)) ?? false;
}

const textOf = (event: OutsideEvent): string =>
  `${event.source} ${event.title} ${event.body ?? ''}`.slice(0, 4000).toLowerCase();

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
