import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { OutsideEvent } from '#src/domain/bundle.ts';
import { formatDuration, parseTime } from '#src/domain/time.ts';

/** What an event is worth for explaining the incident: log-odds with a reason. */
export type EventWeight = {
  event: OutsideEvent;
  weight: number;
  text: string;
  isNotice: boolean;
  /** What an orchestrator says of every start and stop: it speaks for no cause. */
  isRoutine: boolean;
  /** Somebody outside tells of trouble of their own, and the errors name them. */
  isToldByProvider: boolean;
  /** The concerned service that it names, if it names one. */
  concerns: string | null;
  /** The job that it tells the start of. */
  job: string | null;
  /** Names of services in lower case, longest first. */
  names: readonly string[];
};

const MINUTE = 60_000;
/** Words by which a text says itself that it is harmless, over, or still to come. */
const HARMLESS =
  /\b(?:no (?:effect|impact|interruption|action)|not affected|unaffected|read.only|informational|announced|moved|postponed|rescheduled|resolved:|completed|closed|will be|next week)\b/i;
/** Words by which somebody outside says that they have trouble themselves. */
const NOTICE =
  /\b(?:investigating|identified|monitoring|we are (?:aware|seeing)|outage|degraded performance|elevated|disruption|incident)\b/i;
/** What an orchestrator or autoscaler does in answer to trouble. */
const REACTION =
  /\b(?:back-?off|unhealthy|probe failed|rescale|scaled? up|triggeredscaleup|desired capacity|steady state|restarting|is critical|automaticrestart|failed to pull|started \d+ tasks)\b/i;

/** What a cluster says of every start and stop: it tells of a cause that is elsewhere. */
const ROUTINE =
  /\b(?:successfully assigned|successfulcreate|scalingreplicaset|scaled up replica set|scaled down replica set|started container|created container|created pod|pulled|pulling image|container image|stopping container|reached a steady state|synced|sandboxchanged|normal (?:started|scheduled|pulled|created|killing|completed))\b/i;

/** Work that was started beside the service: the start itself is then the news. */
const JOB = /\b(?:cron.?jobs?|batch|backup|jobs?\b(?! completed))\b/i;

/** Judges each event by its time against the onset, by whom it names, and by what it says of itself. */
export function weighEvents(facts: Facts, judgement: Judgement): EventWeight[] {
  const onset = judgement.onset ?? facts.subject.detectedAt;
  const names = concernedNames(facts, judgement);
  const known = facts.metrics.services
    .map(({ service }) => service.toLowerCase())
    .filter((name) => name.length >= 4)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return facts.bundle.events.flatMap((event): EventWeight[] => {
    const at = parseTime(event.timestamp);
    if (at === null) return [];
    const text = `${event.title} ${event.body ?? ''}`;
    const time = weighTime(at, onset, NOTICE.test(text));
    const isRoutine = (REACTION.test(text) || ROUTINE.test(text)) && !JOB.test(text);
    const named = nameConcerned(event, names);
    const job = isRoutine ? null : jobOf(text);
    const harmless = HARMLESS.test(text) ? -1.6 : 0;
    const isToldByProvider = NOTICE.test(text) && isNamedInLogs(event, facts);
    const told = isToldByProvider ? 1.2 : 0;
    const weight =
      time.weight + (named !== null ? 0.9 : job !== null ? 0.3 : -0.4) + harmless + told;
    const isNotice = NOTICE.test(text) && at > onset;
    const words = `${event.source}: ${event.title} (${time.text})`;
    return [
      {
        event,
        weight,
        text: words,
        isNotice,
        isRoutine,
        isToldByProvider,
        concerns: named ?? job,
        job,
        names: known,
      },
    ];
  });
}

function weighTime(at: number, onset: number, isNotice: boolean): { weight: number; text: string } {
  const lead = onset - at;
  const ago = formatDuration(lead);
  if (lead < -2 * MINUTE) {
    // Providers tell of their trouble when it has been there for a while.
    const told = isNotice && lead > -60 * MINUTE;
    return { weight: told ? 0.8 : -1.2, text: `${ago} after the onset` };
  }
  const text = lead < 0 ? 'at the onset' : `${ago} before the onset`;
  if (lead <= 3 * MINUTE) return { weight: 1.4, text };
  if (lead <= 15 * MINUTE) return { weight: 0.9, text };
  if (lead <= 60 * MINUTE) return { weight: 0.2, text };
  return { weight: lead <= 12 * 60 * MINUTE ? -0.6 : -1.2, text };
}

/** Whether the errors of the incident speak of whoever gives the notice (`status.acme.example`, `Acme status page`). */
function isNamedInLogs({ source }: OutsideEvent, { logs }: Facts): boolean {
  const names = source
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length >= 4 && !COMMON_SOURCE.has(word));
  if (names.length === 0) return false;
  const errors = logs.findings
    .slice(0, 30)
    .map(({ samples }) => samples[0]?.line ?? '')
    .concat(logs.traces.slice(0, 20).map(({ message }) => message));
  return errors.some((text) => names.some((name) => text.toLowerCase().includes(name)));
}

/** Words of sources that name nobody. */
const COMMON_SOURCE = new Set([
  'status',
  'page',
  'statuspage',
  'cloud',
  'provider',
  'example',
  'mail',
  'calendar',
  'http',
  'https',
  'notice',
  'service',
]);

/** Names of those who are harmed, and of what those depend on; the first to fail comes first. */
function concernedNames(facts: Facts, judgement: Judgement): string[] {
  const harmed = facts.metrics.services
    .filter(({ condition }) => condition === 'failing' || condition === 'degraded')
    .map(({ service }) => service);
  const concerned = new Set([
    judgement.firstFailing ?? judgement.service,
    judgement.service,
    ...harmed,
  ]);
  for (const { from, to } of facts.metrics.edges) if (concerned.has(from)) concerned.add(to);
  return [...concerned].filter((name) => name.length >= 3);
}

/** The job whose start an orchestrator tells (`job/name-29266206`), without the number of its run. */
function jobOf(text: string): string | null {
  return (
    /\bjobs?[/ ]([a-z][a-z0-9.-]{2,60}?)(?:-\d{5,})?(?:-[a-z0-9]{5})?(?![\w-])/i.exec(text)?.[1] ??
    null
  );
}

function nameConcerned(event: OutsideEvent, names: readonly string[]): string | null {
  if (event.service && names.includes(event.service)) return event.service;
  const text = `${event.title} ${event.body ?? ''}`.toLowerCase();
  return names.find((name) => text.includes(name.toLowerCase())) ?? null;
}
