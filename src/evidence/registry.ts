import type { EvidenceSource, SourceSettings, SourceTools } from '#src/evidence/contract.ts';
import { createGitSource } from '#src/evidence/sources/git.ts';
import { createGithubDeploymentsSource } from '#src/evidence/sources/github-deployments.ts';
import { createHealthSource } from '#src/evidence/sources/health.ts';
import { createLogFilesSource } from '#src/evidence/sources/log-files.ts';
import { createLokiSource } from '#src/evidence/sources/loki.ts';
import { createMetricsPageSource } from '#src/evidence/sources/metrics-page.ts';
import { createPastIncidentsSource } from '#src/evidence/sources/past-incidents.ts';
import { createPrometheusSource } from '#src/evidence/sources/prometheus.ts';
import { createRecordedChangesSource } from '#src/evidence/sources/recorded-changes.ts';
import { createRunbooksSource } from '#src/evidence/sources/runbooks.ts';
import { createTempoSource } from '#src/evidence/sources/tempo.ts';

type Factory<Id extends keyof SourceSettings> = (
  settings: SourceSettings[Id],
  tools: SourceTools,
) => EvidenceSource;

/** Every evidence source. Add one by writing `sources/<id>.ts`, its settings, and a line here. */
export const SOURCES = {
  prometheus: createPrometheusSource,
  loki: createLokiSource,
  'log-files': createLogFilesSource,
  health: createHealthSource,
  'metrics-page': createMetricsPageSource,
  git: createGitSource,
  'recorded-changes': createRecordedChangesSource,
  'github-deployments': createGithubDeploymentsSource,
  tempo: createTempoSource,
  'past-incidents': createPastIncidentsSource,
  runbooks: createRunbooksSource,
} satisfies { [Id in keyof SourceSettings]: Factory<Id> };

/** All sources with their settings. */
export function createSources(settings: SourceSettings, tools: SourceTools): EvidenceSource[] {
  const ids = Object.keys(SOURCES) as (keyof typeof SOURCES)[];
  return ids.map((id) => {
    const create = SOURCES[id] as (slice: unknown, with_: SourceTools) => EvidenceSource;
    return create(settings[id], tools);
  });
}
