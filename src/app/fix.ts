import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixAssistant } from '#src/app/fix-model.ts';
import { importFastExport } from '#src/changes/repository/import.ts';
import { type OpenRepository, openRepository } from '#src/changes/repository.ts';
import type { LoadedConfig } from '#src/config/load.ts';
import { processEnvironment } from '#src/config/load.ts';
import { linkTo } from '#src/domain/brief-sheet.ts';
import type { RepositorySource } from '#src/domain/bundle.ts';
import { InputError, messageOf, UsageError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';
import type { Service, ServiceRegistry } from '#src/domain/service.ts';
import { readBundle } from '#src/evidence/bundle/read.ts';
import type { FixStep, Goal, Strategy } from '#src/fix/contract.ts';
import { bareRemote } from '#src/fix/hosts/bare-remote.ts';
import type { CodeHost } from '#src/fix/hosts/contract.ts';
import { github } from '#src/fix/hosts/github.ts';
import { proposeFix } from '#src/fix/propose.ts';
import { openRoom } from '#src/fix/sandbox/room.ts';
import { openWorkshop } from '#src/fix/workshop/workshop.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import type { Clock } from '#src/platform/clock.ts';
import { createFetch } from '#src/platform/fetch.ts';
import type { Logger } from '#src/platform/logger.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';

/** What `incident fix` asks for, once there is a result. */
export type FixRequest = {
  strategy: 'auto' | Strategy;
  /** Opens a draft pull request. */
  openPullRequest: boolean;
  /** Path of a repository that takes the branch instead. */
  pushTo?: string | undefined;
  /** The bundle that the result comes from, if it does. */
  bundleDir?: string | undefined;
  signal?: AbortSignal | undefined;
  onStep?: ((step: FixStep) => void) | undefined;
};

export type FixWiring = {
  loaded: LoadedConfig;
  services: () => ServiceRegistry;
  logger: Logger;
  clock: Clock;
};

/** Commits of a repository that are looked at, as in an investigation. */
const MOST_COMMITS = 400;
/** Where programs are looked for when there is no PATH. */
const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';

/**
 * Proposes a change for the cause in a result and, when asked to, hands it over.
 * @returns the result with its `fix` filled
 * @throws UsageError, InputError, UpstreamError, RefusedError
 */
export async function fixResult(
  result: Result,
  request: FixRequest,
  wiring: FixWiring,
): Promise<Result> {
  const { config } = wiring.loaded;
  const { service, source } = await placeOf(result, request, wiring);
  const { redact } = createRedactor({ ...config.redaction, enabled: true });
  const scratch = await mkdtemp(join(tmpdir(), 'incident-fix-'));
  let repository: OpenRepository | null = null;
  try {
    const host = await hostOf(request, service, scratch, wiring);
    repository = source && (await openSource(result, source, redact, wiring.logger));
    const serviceDir = source?.kind === 'worktree' ? source.dir : null;
    const fix = await proposeFix({
      result,
      service,
      strategy: request.strategy,
      goal: goalOf(request),
      settings: config.fix,
      repository,
      openWorkshop: (opened) => openWorkshop(opened),
      openRoom: () =>
        openRoom({
          settings: config.fix.commands,
          searchPath: processEnvironment().PATH ?? USUAL_PATH,
          person: homedir(),
          serviceDir,
          signal: request.signal,
        }),
      serviceDir,
      host,
      assistant: fixAssistant(config, wiring.clock, redact),
      redact,
      incidentUrl: linkTo(result.incident.id, config.notify.publicUrl),
      now: wiring.clock.now(),
      onStep: request.onStep,
      signal: request.signal,
    });
    return { ...result, fix };
  } finally {
    await repository?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

function goalOf({ openPullRequest, pushTo }: FixRequest): Goal {
  if (openPullRequest) return 'open-pr';
  return pushTo === undefined ? 'show' : 'push';
}

/**
 * The service that caused it and its repository. What is run and where it goes comes from the
 * registry of whoever runs this, never from a bundle.
 */
async function placeOf(
  result: Result,
  { bundleDir }: FixRequest,
  { services }: FixWiring,
): Promise<{ service: Service; source: RepositorySource | null }> {
  const name = result.rootCause?.service ?? result.triage.service;
  const own = services().get(name);
  if (bundleDir === undefined) {
    const dir = own?.repo_path;
    const branch = own?.base_branch;
    const source: RepositorySource | null =
      dir === undefined
        ? null
        : { service: name, kind: 'worktree', dir, ...(branch ? { baseBranch: branch } : {}) };
    return { service: own ?? { name }, source };
  }
  const bundle = await readBundle(bundleDir, parseAlertmanagerPayload);
  const source = bundle.repositories.find((one) => one.service === name) ?? null;
  return { service: own ?? { name }, source };
}

async function openSource(
  result: Result,
  source: RepositorySource,
  redact: (text: string) => string,
  logger: Logger,
): Promise<OpenRepository | null> {
  const commits = result.evidence.flatMap(({ data }) =>
    data.type === 'change' && data.change.type === 'commit' ? [data.change] : [],
  );
  const options = { redact, commits, limits: { maxCommits: MOST_COMMITS } };
  try {
    return source.kind === 'worktree'
      ? await openRepository(source.dir, { ...options, head: source.baseBranch })
      : await importFastExport(source.file, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    logger.warn('repository cannot be read', { service: source.service, error: messageOf(error) });
    return null;
  }
}

async function hostOf(
  request: FixRequest,
  service: Service,
  scratchDir: string,
  { loaded }: FixWiring,
): Promise<CodeHost | null> {
  const { config } = loaded;
  if (request.pushTo !== undefined) {
    const emptyDir = join(scratchDir, 'empty');
    await mkdir(emptyDir);
    return bareRemote({ dir: request.pushTo, scratchDir, emptyDir });
  }
  if (!request.openPullRequest || service.repository === undefined) return null;
  if (config.github.token === undefined) {
    throw new UsageError('a pull request needs a token', { hint: 'Set GITHUB_TOKEN.' });
  }
  return github({
    apiUrl: config.github.apiUrl,
    token: config.github.token,
    repository: service.repository,
    fetch: createFetch({ httpsProxy: config.proxy.https, noProxy: config.proxy.none }),
    timeoutMs: config.fix.pullRequest.timeoutSeconds * 1000,
    maxWaitMs: config.fix.pullRequest.maxWaitSeconds * 1000,
    signal: request.signal,
  });
}
