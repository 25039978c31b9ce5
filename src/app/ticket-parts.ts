import type { Config } from '#src/config/schema.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import type { Tracker, TrackerTools } from '#src/tickets/contract.ts';
import type { TicketRules } from '#src/tickets/plan.ts';
import { createTracker } from '#src/tickets/registry.ts';

/** What the configuration says about tickets; null where none are kept. */
export function ticketRules({ tickets }: Config): TicketRules | null {
  const { tracker, severities, closeOnResolve } = tickets;
  return tracker === undefined ? null : { tracker, severities, closeOnResolve };
}

/** Settings that the chosen tracker lacks, by the names under which they are set. */
export function missingForTickets({ tickets, github }: Config): string[] {
  const { tracker, jira, linear } = tickets;
  const needed: Record<string, unknown> =
    tracker === 'github-issues'
      ? { GITHUB_TOKEN: github.token }
      : tracker === 'jira'
        ? {
            JIRA_URL: jira.url,
            JIRA_API_TOKEN: jira.apiToken,
            'tickets.jira.project': jira.project,
          }
        : tracker === 'linear'
          ? { LINEAR_API_KEY: linear.apiKey, 'tickets.linear.team': linear.team }
          : {};
  return Object.keys(needed).filter((name) => needed[name] === undefined);
}

/** The tracker of the configuration; null where none is named, or where settings are missing. */
export function configuredTracker(
  { tickets, github }: Config,
  services: () => ServiceRegistry,
  tools: TrackerTools,
): Tracker | null {
  const { tracker, labels, jira, linear } = tickets;
  const timeoutMs = tickets.timeoutSeconds * 1000;
  if (tracker === 'github-issues' && github.token !== undefined) {
    const repositoryOf = (service: string): string | null =>
      tickets.github.repository ?? services().get(service)?.repository ?? null;
    const { apiUrl, token } = github;
    return createTracker(tracker, { apiUrl, token, repositoryOf, labels, timeoutMs }, tools);
  }
  const { url, email, apiToken, project, issueType, doneStatus } = jira;
  if (tracker === 'jira' && url !== undefined && apiToken !== undefined && project !== undefined) {
    const isCloud = new URL(url).hostname.endsWith('.atlassian.net');
    const deployment = jira.deployment ?? (isCloud ? 'cloud' : 'data-center');
    const settings = { url, deployment, email, apiToken, project, issueType, doneStatus };
    return createTracker(tracker, { ...settings, labels, timeoutMs }, tools);
  }
  const { apiKey, team } = linear;
  if (tracker === 'linear' && apiKey !== undefined && team !== undefined) {
    return createTracker(tracker, { url: linear.url, apiKey, team, timeoutMs }, tools);
  }
  return null;
}
