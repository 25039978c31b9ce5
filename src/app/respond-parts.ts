import { analyse } from '#src/analysis/pipeline.ts';
import { asksModels } from '#src/app/model-asked.ts';
import type { AppParts } from '#src/app/parts.ts';
import type { Repositories } from '#src/app/repositories.ts';
import type { LoadedConfig } from '#src/config/load.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import { canonicalBundle } from '#src/evidence/bundle/canonical.ts';
import { readBundle } from '#src/evidence/bundle/read.ts';
import { redactBundle } from '#src/evidence/bundle/redact.ts';
import type { ChangeReader, KeptPageReader, PastReader } from '#src/evidence/contract.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
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

/**
 * What `respond` is made of in the real application. What a run may not need is loaded when it does.
 */
export function createRespondParts(wiring: RespondWiring): RespondParts {
  const { loaded, parts, services } = wiring;
  const { config } = loaded;
  const { http, logger, clock } = parts;
  let opened: Repositories | undefined;
  const repositories = async (): Promise<Repositories> => {
    const { openRepositories } = await import('#src/app/repositories.ts');
    opened ??= openRepositories(logger);
    return opened;
  };
  return {
    intake: async (request) => {
      const { takeIn } = await import('#src/app/intake.ts');
      return takeIn(request, services(), config, http);
    },
    collect: async (subject, request, onDone) => {
      const { collectFor } = await import('#src/app/collect-for.ts');
      return collectFor(subject, request, onDone, wiring);
    },
    readBundle: async (dir) => canonicalBundle(await readBundle(dir, parseAlertmanagerPayload)),
    createRedactor: () => createRedactor(config.redaction),
    redact: redactBundle,
    analyse: async (bundle, options) => {
      const { depth, service, redactor, incidentId, signal } = options;
      const models = asksModels(loaded)
        ? (await import('#src/app/models-for.ts')).modelsFor(wiring, options)
        : null;
      const analysed = await analyse(bundle, {
        ...{ depth, service, signal, team: models?.team },
        openRepository: async (service) => (await repositories()).open(bundle, service, redactor),
      });
      if (incidentId !== undefined) models?.keepTranscript(incidentId);
      return analysed;
    },
    record: async (bundle: Bundle, dir, redactor) => {
      const { writeBundle } = await import('#src/evidence/bundle/write.ts');
      const all = await repositories();
      await writeBundle(bundle, dir, (service, file) =>
        all.export(bundle, service, file, redactor),
      );
    },
    close: async () => opened?.close(),
    monotonic: clock.monotonic,
    ...(wiring.onStep ? { onStep: wiring.onStep } : {}),
  };
}
