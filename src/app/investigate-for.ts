import type { InvestigateRequest } from '#src/daemon/contract.ts';
import type { Result } from '#src/domain/result.ts';
import type { Service, ServiceRegistry } from '#src/domain/service.ts';
import { groupOf } from '#src/intake/alertmanager-payload.ts';
import type { RespondRequest, Step } from '#src/respond.ts';

/** What the daemon asks of the process that investigates for it. */
export type InvestigationWork = InvestigateRequest;

/** Runs the flow for an incident of the daemon. */
export function investigateFor(
  work: InvestigationWork,
  signal: AbortSignal,
  onStep: (step: string) => void,
  {
    services,
    respond,
    recordDir,
  }: {
    services: ServiceRegistry;
    /** Where to write what was seen. */
    recordDir?: string | undefined;
    respond(request: RespondRequest, onStep: (step: Step) => void): Promise<Result>;
  },
): Promise<Result> {
  const { incidentId, alerts, moreAlerts } = work;
  const target = targetOf(work, services);
  const alertGroup = { ...groupOf(alerts, 'incident'), truncatedAlerts: moreAlerts };
  return respond(
    {
      ...{ depth: 'investigate', service: target.name, target, incidentId, alertGroup },
      ...{ recordDir, signal },
    },
    ({ step, detail }) => {
      // Streamed text is for a person at a terminal.
      if (step === 'note' || step === 'model') return;
      onStep(detail === undefined ? step : `${step}: ${detail}`);
    },
  );
}

/** The service, with the places that the request names instead of the registry's. */
function targetOf({ service, analysis }: InvestigationWork, services: ServiceRegistry): Service {
  const target: Service = { ...(services.get(service) ?? { name: service }) };
  if (analysis?.logPaths) target.log_paths = { service: analysis.logPaths };
  if (analysis?.repoPath) target.repo_path = analysis.repoPath;
  return target;
}
