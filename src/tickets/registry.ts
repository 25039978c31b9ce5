import type { Tracker, TrackerSettings, TrackerTools } from '#src/tickets/contract.ts';
import { createGithubIssues } from '#src/tickets/trackers/github-issues.ts';
import { createJira } from '#src/tickets/trackers/jira.ts';
import { createLinear } from '#src/tickets/trackers/linear.ts';

type Factories = {
  [Id in keyof TrackerSettings]: (settings: TrackerSettings[Id], tools: TrackerTools) => Tracker;
};

/** Every tracker. Add one by writing `trackers/<id>.ts`, its settings in the contract, and a line here. */
export const TRACKERS = {
  'github-issues': createGithubIssues,
  jira: createJira,
  linear: createLinear,
} satisfies Factories;

/** The tracker of a kind. */
export function createTracker<Id extends keyof TrackerSettings>(
  id: Id,
  settings: TrackerSettings[Id],
  tools: TrackerTools,
): Tracker {
  const create: Factories[Id] = TRACKERS[id];
  return create(settings, tools);
}
