import type { EvidenceSource, SourceSettings, SourceTools } from '#src/evidence/contract.ts';
import { createHealthSource } from '#src/evidence/sources/health.ts';
import { createMetricsPageSource } from '#src/evidence/sources/metrics-page.ts';

type Factories = {
  [Id in keyof SourceSettings]?: (
    settings: SourceSettings[Id],
    tools: SourceTools,
  ) => EvidenceSource;
};

/** Every evidence source. Add one by writing `sources/<id>.ts` and a line here. */
export const SOURCES = {
  health: createHealthSource,
  'metrics-page': createMetricsPageSource,
} satisfies Factories;

/** All sources with their settings. */
export function createSources(settings: SourceSettings, tools: SourceTools): EvidenceSource[] {
  return [
    SOURCES.health(settings.health, tools),
    SOURCES['metrics-page'](settings['metrics-page'], tools),
  ];
}
