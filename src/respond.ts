import type { Alert } from '#src/domain/alert.ts';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import type { Bundle, Gap } from '#src/domain/bundle.ts';
import { NoEvidenceError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';
import type { Service } from '#src/domain/service.ts';
import type { Redactor } from '#src/platform/redact/redactor.ts';

/** How far to go: triage alone, or the whole way to the root cause. */
export type Depth = 'triage' | 'investigate';

/** What an engineer or an alert asks for. Times are milliseconds since the epoch. */
export type RespondRequest = {
  depth: Depth;
  service?: string | undefined;
  /** The service with its places, where the caller knows more of them than the registry. */
  target?: Service | undefined;
  /** The incident of the store that this is about. */
  incidentId?: string | undefined;
  /** Alerts that came with the request; without them the alert servers are asked. */
  alertGroup?: AlertGroup | undefined;
  /** A bundle to replay instead of looking at the world. */
  bundleDir?: string | undefined;
  /** Where to write what was seen. */
  recordDir?: string | undefined;
  since?: number | undefined;
  until?: number | undefined;
  /** Gets what puts secrets back into text, for the owner's own terminal only. */
  onRedacted?: ((restore: (text: string) => string) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** What the incident is about, before any evidence. */
export type Subject = { target: Service; alertGroup: AlertGroup | null; gaps: Gap[] };

/** A step of the work, for progress; a `note` is for those who want to know more. */
export type Step = {
  step: 'intake' | 'collect' | 'analyse' | 'model' | 'record' | 'note';
  detail?: string;
};

export type RespondParts = {
  /** Which service and which alerts; asks the alert servers when none came along. */
  intake(request: RespondRequest): Promise<Subject>;
  collect(
    subject: Subject,
    request: RespondRequest,
    onDone: (source: string) => void,
  ): Promise<Bundle>;
  readBundle(dir: string): Promise<Bundle>;
  createRedactor(): Redactor;
  redact(bundle: Bundle, redactor: Redactor): Bundle;
  /** Pure with respect to the bundle; repositories are read through it. */
  analyse(bundle: Bundle, options: AnalyseOptions): Promise<Analysis>;
  record(bundle: Bundle, dir: string, redactor: Redactor): Promise<void>;
  /** Ends what an analysis opened. */
  close(): Promise<void>;
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
  onStep?(step: Step): void;
};

export type AnalyseOptions = {
  depth: Depth;
  /** The service that was asked for, if one was. */
  service: string | undefined;
  redactor: Redactor;
  /** The incident of the store that this is about. */
  incidentId?: string | undefined;
  /** Where the bundle came from, and where it goes, if anywhere: exchanges with models lie there. */
  bundleDir?: string | undefined;
  recordDir?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** A result without the time it took but for that of models, milliseconds. */
export type Analysis = Omit<Result, 'timings' | 'schema'> & { modelMs: number };

/**
 * The whole flow: alert → incident → evidence → analysis. What the analysis sees is exactly what
 * a recording holds.
 * @throws NoEvidenceError when nothing at all could be seen
 * @throws InputError for inputs that do not parse
 */
export async function respond(request: RespondRequest, parts: RespondParts): Promise<Result> {
  try {
    return await flow(request, parts);
  } finally {
    await parts.close();
  }
}

async function flow(request: RespondRequest, parts: RespondParts): Promise<Result> {
  const started = parts.monotonic();
  const redactor = parts.createRedactor();
  request.onRedacted?.(redactor.restore);

  const seen = request.bundleDir
    ? await parts.readBundle(request.bundleDir)
    : await look(request, parts);
  const bundle = parts.redact(seen, redactor);
  const collected = parts.monotonic();
  if (isEmpty(bundle)) throw nothingSeen(bundle);

  parts.onStep?.({ step: 'analyse' });
  const { depth, service, signal } = request;
  const { modelMs, ...analysis } = await parts.analyse(bundle, {
    ...{ depth, service, redactor, signal },
    ...{
      incidentId: request.incidentId,
      bundleDir: request.bundleDir,
      recordDir: request.recordDir,
    },
  });
  const analysed = parts.monotonic();

  if (request.recordDir) {
    parts.onStep?.({ step: 'record', detail: request.recordDir });
    await parts.record(bundle, request.recordDir, redactor);
  }
  return {
    schema: 'incident-result/v1',
    ...analysis,
    timings: {
      collectMs: Math.round(collected - started),
      analyseMs: Math.round(analysed - collected),
      modelMs,
      totalMs: Math.round(parts.monotonic() - started),
    },
  };
}

/** Takes the alerts in and collects the evidence from the living world. */
async function look(request: RespondRequest, parts: RespondParts): Promise<Bundle> {
  parts.onStep?.({ step: 'intake' });
  const subject = await parts.intake(request);
  parts.onStep?.({ step: 'collect', detail: subject.target.name });
  const bundle = await parts.collect(subject, request, (source) =>
    parts.onStep?.({ step: 'collect', detail: source }),
  );
  return { ...bundle, gaps: [...subject.gaps, ...bundle.gaps] };
}

/** True when there is nothing to reason from but the alert itself. */
function isEmpty(bundle: Bundle): boolean {
  const alerts: readonly Alert[] = bundle.alertGroup?.alerts ?? [];
  const { commits, deploys, flags } = bundle.changes;
  const seen = [
    bundle.metrics,
    bundle.logs,
    bundle.health,
    bundle.spans,
    bundle.events,
    commits,
    deploys,
    flags,
  ];
  return alerts.length === 0 && seen.every((list) => list.length === 0);
}

function nothingSeen(bundle: Bundle): NoEvidenceError {
  const why = bundle.gaps.map((gap) => `${gap.source}: ${gap.why}`).slice(0, 4);
  return new NoEvidenceError(
    `no evidence could be had${why.length > 0 ? ` (${why.join('; ')})` : ''}`,
    {
      hint: 'Give the service a health_url, metrics_url or log_paths, or set PROMETHEUS_URL.',
    },
  );
}
