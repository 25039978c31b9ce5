import type { IncidentSummary } from '#src/domain/incident-record.ts';
import { isWithin, type ZoneClock } from '#src/notify/plan/hours.ts';
import type { Rule } from '#src/notify/plan/settings.ts';

/** Whether a rule is about the services of an incident. */
export function concerns({ services }: Rule, incident: IncidentSummary): boolean {
  if (services === undefined) return true;
  return services.some((pattern) => incident.services.some((name) => isLike(name, pattern)));
}

/** Whether severity and time of day are those of a rule. @param at milliseconds since the epoch */
export function applies(
  { severities, during }: Rule,
  { severity }: IncidentSummary,
  at: number,
  clock: ZoneClock,
): boolean {
  if (severities !== undefined && !severities.includes(severity)) return false;
  return during === undefined || during.some((hours) => isWithin(hours, at, clock));
}

/** `*` stands for any characters. In time that grows with the product of the lengths at worst. */
export function isLike(name: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const tail = rest.pop() ?? '';
  if (!name.startsWith(head) || !name.endsWith(tail)) return false;
  let from = head.length;
  const to = name.length - tail.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0 || at + part.length > to) return false;
    from = at + part.length;
  }
  return from <= to;
}
