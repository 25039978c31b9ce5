import { neighbourhood } from '#src/app/neighbours.ts';
import type { RespondWiring } from '#src/app/respond-parts.ts';
import { sourceSettings } from '#src/app/source-settings.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import { collect } from '#src/evidence/collect.ts';
import { createSources } from '#src/evidence/registry.ts';
import { chooseWindow } from '#src/evidence/window.ts';
import type { RespondRequest, Subject } from '#src/respond.ts';

/** The evidence of a subject, from all sources that the configuration names. */
export async function collectFor(
  { target, alertGroup }: Subject,
  request: RespondRequest,
  onDone: (source: string) => void,
  wiring: RespondWiring,
): Promise<Bundle> {
  const { loaded, parts, services } = wiring;
  const { config } = loaded;
  const { http, logger, clock } = parts;
  const alerts = alertGroup?.alerts ?? [];
  const now = clock.now();
  const { window, baseline } = chooseWindow(alerts, {
    now,
    since: request.since,
    until: request.until,
    lookbackMs: config.collect.lookbackMinutes * 60_000,
    baselineMs: config.collect.baselineMinutes * 60_000,
  });
  return collect(
    { target, services: neighbourhood(target, services()), alerts, window, baseline },
    {
      sources: createSources(
        sourceSettings(
          config,
          wiring.readChanges,
          wiring.readPast(request.incidentId),
          wiring.readKept,
          loaded.baseDir,
        ),
        { http, logger, now: clock.now },
      ),
      deadlineMs: config.collect.deadlineSeconds * 1000,
      now,
      alertGroup,
      logger,
      onDone,
      signal: request.signal,
    },
  );
}
