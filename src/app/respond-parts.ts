import { resolve } from 'node:path';
import { analyse } from '#src/analysis/pipeline.ts';
import { takeIn } from '#src/app/intake.ts';
import { askedSource } from '#src/app/model-asked.ts';
import { stepsOf } from '#src/app/model-steps.ts';
import { createTeam } from '#src/app/model-team.ts';
import { createTranscript } from '#src/app/model-transcript.ts';
import { neighbourhood } from '#src/app/neighbours.ts';
import type { AppParts } from '#src/app/parts.ts';
import { openRepositories } from '#src/app/repositories.ts';
import { sourceSettings } from '#src/app/source-settings.ts';
import type { LoadedConfig } from '#src/config/load.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import { canonicalBundle } from '#src/evidence/bundle/canonical.ts';
import { readBundle } from '#src/evidence/bundle/read.ts';
import { redactBundle } from '#src/evidence/bundle/redact.ts';
import { writeBundle } from '#src/evidence/bundle/write.ts';
import { collect } from '#src/evidence/collect.ts';
import type { ChangeReader, KeptPageReader, PastReader } from '#src/evidence/contract.ts';
import { createSources } from '#src/evidence/registry.ts';
import { chooseWindow } from '#src/evidence/window.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { bundleSink } from '#src/model/recording/record.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';
import type { RespondParts, Step } from '#src/respond.ts';

export type RespondWiring = {
  loaded: LoadedConfig;
  parts: AppParts;
  services: () => ServiceRegistry;
  readChanges: ChangeReader;
  /** Past incidents, without the one that is looked at. */
  readPast: (exceptId: string | undefined) => PastReader;
  readKept: KeptPageReader;
  onStep: ((step: Step) => void) | undefined;
};

/** What `respond` is made of in the real application. */
export function createRespondParts(wiring: RespondWiring): RespondParts {
  const { loaded, parts, services } = wiring;
  const { config } = loaded;
  const { http, logger, clock } = parts;
  const repositories = openRepositories(logger);
  return {
    intake: (request) => takeIn(request, services(), config, http),
    collect: async ({ target, alertGroup }, request, onDone) => {
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
    },
    readBundle: async (dir) => canonicalBundle(await readBundle(dir, parseAlertmanagerPayload)),
    createRedactor: () => createRedactor(config.redaction),
    redact: redactBundle,
    analyse: async (bundle, options) => {
      const { redactor, bundleDir, recordDir, incidentId, ...rest } = options;
      const transcript = createTranscript();
      const recording = recordDir === undefined ? undefined : bundleSink(recordDir);
      const team = createTeam({
        ...{ model: config.model, routing: config.routing, asked: askedSource(loaded) },
        ...{ bundleDir, proxy: config.proxy, clock, redact: redactor.redact },
        record: (exchange) => {
          transcript.sink(exchange);
          recording?.(exchange);
        },
        onEvent: stepsOf(wiring.onStep),
      });
      const analysed = await analyse(bundle, {
        ...rest,
        team: team ?? undefined,
        openRepository: (service) => repositories.open(bundle, service, redactor),
      });
      if (incidentId !== undefined) {
        transcript.write(resolve(loaded.baseDir, config.dataDir), incidentId);
      }
      return analysed;
    },
    record: async (bundle: Bundle, dir, redactor) => {
      await writeBundle(bundle, dir, (service, file) =>
        repositories.export(bundle, service, file, redactor),
      );
    },
    close: () => repositories.close(),
    monotonic: clock.monotonic,
    ...(wiring.onStep ? { onStep: wiring.onStep } : {}),
  };
}
