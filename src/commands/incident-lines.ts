import type { App } from '#src/app.ts';
import type { CommandContext } from '#src/commands/contract.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import { formatDuration, parseTime } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd, truncate } from '#src/platform/terminal-text.ts';

/** One incident on one line: id, how bad, how it stands, how old, what. */
export function incidentLine(
  summary: IncidentSummary,
  { app, style, output }: CommandContext,
): string {
  const { id, severity, status, detectedAt, title, acknowledgedBy, verdict } = summary;
  const age = formatDuration(app.now() - (parseTime(detectedAt) ?? app.now()));
  const isOver = status === 'resolved';
  const paint = isOver ? style.dim : severity === 'critical' ? style.bad : style.warn;
  const head = `${padEnd(id, 16)}${paint(padEnd(severity, 10))}${padEnd(status, 15)}${padEnd(age, 9)}`;
  const owner = acknowledgedBy === null ? '' : ` [${oneLine(acknowledgedBy)}]`;
  const cause = verdict === null ? '' : ` — ${verdict.verdict}: ${oneLine(verdict.statement)}`;
  const room = Math.max(20, output.columns - 50);
  return `${head}${truncate(`${oneLine(title)}${owner}${cause}`, room)}\n`;
}

/** The error for an id that no incident has. */
export async function noSuchIncident(app: App, id: string): Promise<UsageError> {
  const newest = await (await app.desk()).list({ limit: 3 });
  const known = newest.map((summary) => summary.id).join(', ');
  return new UsageError(`there is no incident "${oneLine(id)}"`, {
    hint: known === '' ? 'There are none yet.' : `The newest are ${known}.`,
  });
}

/** Who acts, when nobody says: the account of this machine. */
export function whoActs(given: string | undefined, account: string): string {
  return oneLine(given ?? account) || 'somebody';
}
