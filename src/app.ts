import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DemoOutcome, DemoRequest } from '#src/app/demo.ts';
import type { Desk } from '#src/app/desk.ts';
import type { Diagnosis } from '#src/app/doctor/contract.ts';
import type { EvaluateOptions, Evaluation } from '#src/app/evaluate.ts';
import type { FixRequest } from '#src/app/fix.ts';
import type { InvestigationWork } from '#src/app/investigate-for.ts';
import type { Listening, ListenOptions } from '#src/app/listen.ts';
import type { TranscriptTurn } from '#src/app/model-transcript.ts';
import type { AppParts } from '#src/app/parts.ts';
import { pastReader } from '#src/app/past-reader.ts';
import type { LogsRequest } from '#src/app/read-logs.ts';
import { asCollected } from '#src/app/recorded-changes.ts';
import type { ReportTopic } from '#src/app/report-subjects.ts';
import type { WriteReportOptions, WrittenReport } from '#src/app/report-write.ts';
import type { StackTraceRequest } from '#src/app/stack-traces.ts';
import type { Watching, WatchOptions } from '#src/app/watch.ts';
import type { WatchOutcome } from '#src/app/watch-loop.ts';
import { effectiveSettings, type Setting } from '#src/config/effective.ts';
import { type LoadedConfig, loadConfig, processEnvironment } from '#src/config/load.ts';
import { loadServiceRegistry, requireService } from '#src/config/service-registry.ts';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import type { Result } from '#src/domain/result.ts';
import type { Service, ServiceRegistry } from '#src/domain/service.ts';
import type { ChangeReader, KeptPageReader } from '#src/evidence/contract.ts';
import type { WatchCycle } from '#src/intake/watch/watch-services.ts';
import type { LogReport } from '#src/logs/log-report.ts';
import { systemClock } from '#src/platform/clock.ts';
import { createHttp } from '#src/platform/http.ts';
import { type Logger, silentLogger } from '#src/platform/logger.ts';
import { type Style, wantsColor } from '#src/platform/style.ts';
import { type RespondRequest, respond, type Step } from '#src/respond.ts';
import type { TraceView } from '#src/stacktrace/view/terminal.ts';
import type { RecordedChange, Store } from '#src/store/contract.ts';

/** A change as `incident change add` takes it. */
export type ChangeToAdd = RecordedChange;

export type { Diagnosis, InvestigationWork, WatchCycle, Watching, WatchOutcome };

/** What a report is about, in which format, and where it goes. */
export type ReportRequest = WriteReportOptions & { topic: ReportTopic; signal: AbortSignal };

/** What commands can ask for. Nothing is loaded before it is asked for. */
export type App = {
  readonly configFile: string | null;
  readonly registryFile: string;
  settings(): Setting[];
  /** @throws InputError when the registry does not parse */
  services(): ServiceRegistry;
  /** @throws UsageError with the nearest names when there is none */
  requireService(name: string, where: string): Service;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Keeps a change in the store. @returns false when it was known */
  addChange(change: RecordedChange): Promise<boolean>;
  /** The changes of the last days, oldest first. */
  listChanges(): Promise<RecordedChange[]>;
  /** @throws InputError when it cannot be read or is no version 4 payload */
  readAlertFile(path: string, stdin: AsyncIterable<Uint8Array>): Promise<AlertGroup>;
  respond(request: RespondRequest, onStep?: (step: Step) => void): Promise<Result>;
  /** A result with a proven change for its cause, or with what is missing for one. */
  fix(result: Result, request: FixRequest): Promise<Result>;
  /** A result as text for a terminal. */
  render(result: Result, options: { columns: number; style: Style }): Promise<string>;
  /** What logs say. @throws InputError when one cannot be opened */
  readLogs(request: LogsRequest): Promise<LogReport>;
  renderLogs(report: LogReport, options: { columns: number; style: Style }): Promise<string>;
  /** The stack traces in a log and, with a repository, the lines and commits behind them. */
  stackTraces(request: StackTraceRequest): Promise<TraceView>;
  renderStackTraces(view: TraceView, options: { columns: number; style: Style }): Promise<string>;
  /** The incidents of the store. @throws StoreError when it cannot be opened */
  desk(): Promise<Desk>;
  /** What was asked of models for an incident, and what they said; null where none was asked. */
  transcript(id: string): Promise<TranscriptTurn[] | null>;
  /** Looks at everything that is configured; sends nothing to anybody unless told to. */
  diagnose(options: { sendTest: boolean }, signal: AbortSignal): Promise<Diagnosis>;
  /** Takes alerts in until it is told to stop. @throws StoreError or UsageError when it cannot start */
  listen(options: ListenOptions): Promise<Listening>;
  /** Begins to watch the services. @throws InputError or StoreError when it cannot */
  watch(options: WatchOptions): Promise<Watching>;
  /** One investigation for the daemon. @param recordDir where to write what was seen */
  investigateFor(
    work: InvestigationWork,
    signal: AbortSignal,
    onStep: (step: string) => void,
    recordDir?: string,
  ): Promise<Result>;
  /** Writes a report. @throws UsageError when there is nothing to report on */
  report(request: ReportRequest): Promise<WrittenReport>;
  /** Grades the answers to bundles that say what is right. */
  evaluate(folder: string, options: EvaluateOptions): Promise<Evaluation>;
  /** The demo: real services with a real bug. */
  demo(request: DemoRequest): Promise<DemoOutcome>;
  /** Ends what was opened; idempotent. */
  close(): Promise<void>;
};

/**
 * The composition root: everything that crosses features is put together here.
 * @param loaded the effective configuration
 * @param overrides parts that a test replaces
 */
export function createApp(loaded: LoadedConfig, overrides: Partial<AppParts> = {}): App {
  const { config, origins, baseDir } = loaded;
  const parts: AppParts = {
    clock: overrides.clock ?? systemClock,
    http:
      overrides.http ?? createHttp({ httpsProxy: config.proxy.https, noProxy: config.proxy.none }),
    logger: overrides.logger ?? silentLogger,
  };
  const registryFile = resolve(baseDir, config.serviceRegistry);
  let registry: ServiceRegistry | undefined;
  const services = (): ServiceRegistry => {
    registry ??= loadServiceRegistry(registryFile, origins.has('serviceRegistry'));
    return registry;
  };
  const storeFile = resolve(baseDir, config.dataDir, 'incident.sqlite');
  let opened: Store | undefined;
  const store = async (): Promise<Store> => {
    const { openStore } = await import('#src/app/open-store.ts');
    opened ??= openStore(storeFile, loaded);
    return opened;
  };
  // Looking for changes must not make a store where none is.
  const readChanges: ChangeReader = async (names, span) =>
    existsSync(storeFile)
      ? asCollected(await (await store()).listChanges(names, span))
      : { deploys: [], flags: [], events: [] };
  const readPast = (exceptId: string | undefined) =>
    pastReader(async () => (existsSync(storeFile) ? store() : null), exceptId);
  const readKept: KeptPageReader = async (service, span) => {
    if (!existsSync(storeFile)) return [];
    const { asKeptPages } = await import('#src/app/kept-pages.ts');
    return asKeptPages(await (await store()).listScrapes(service, span));
  };
  const run: App['respond'] = async (request, onStep) => {
    const { createRespondParts } = await import('#src/app/respond-parts.ts');
    const wiring = { loaded, parts, services, onStep, readChanges, readPast, readKept };
    return respond(request, createRespondParts(wiring));
  };
  return {
    configFile: loaded.file,
    registryFile,
    settings: () => effectiveSettings(loaded),
    services,
    requireService: (name, where) => requireService(services(), name, where),
    now: parts.clock.now,
    addChange: async (change) => (await store()).addChange(change),
    listChanges: async () => {
      const end = parts.clock.now() + 60_000;
      const start = end - config.collect.changeDays * 86_400_000;
      return (await store()).listChanges([...services().keys()], { start, end });
    },
    readAlertFile: async (path, stdin) => {
      const { readAlertFile } = await import('#src/intake/alert-file.ts');
      return readAlertFile(path, stdin);
    },
    respond: run,
    fix: async (result, request) => {
      const { fixResult } = await import('#src/app/fix.ts');
      const { logger, clock } = parts;
      return fixResult(result, request, { loaded, services, logger, clock });
    },
    render: async (result, options) => {
      const { renderTerminal } = await import('#src/report/renderers/terminal.ts');
      return renderTerminal(result, options);
    },
    readLogs: async (request) => {
      const { readLogs } = await import('#src/app/read-logs.ts');
      return readLogs(request);
    },
    renderLogs: async (report, options) => {
      const { renderLogReport } = await import('#src/logs/view/render-report.ts');
      return renderLogReport(report, options);
    },
    stackTraces: async (request) => {
      const { readStackTracesOf } = await import('#src/app/stack-traces.ts');
      return readStackTracesOf(request);
    },
    renderStackTraces: async (view, options) => {
      const { renderTraces } = await import('#src/stacktrace/view/terminal.ts');
      return renderTraces(view, options);
    },
    evaluate: async (folder, options) => {
      const { evaluate } = await import('#src/app/evaluate.ts');
      return evaluate(folder, options, (request) => run(request));
    },
    desk: async () => {
      const { createDesk } = await import('#src/app/desk.ts');
      return createDesk(existsSync(storeFile) ? await store() : null, parts.clock.now);
    },
    transcript: async (id) => {
      const { readTranscript } = await import('#src/app/model-transcript.ts');
      return readTranscript(resolve(baseDir, config.dataDir), id);
    },
    diagnose: async ({ sendTest }, signal) => {
      const { examine } = await import('#src/app/doctor/examine.ts');
      const { CHECKS } = await import('#src/app/doctor/registry.ts');
      const { clock, http } = parts;
      const given = { loaded, registryFile, storeFile, services, http, clock, sendTest };
      return examine(CHECKS, given, signal);
    },
    listen: async (options) => {
      const { startListening } = await import('#src/app/listen.ts');
      return startListening(
        { loaded, registryFile, storeFile, clock: parts.clock, http: parts.http },
        options,
      );
    },
    watch: async (options) => {
      const { startWatching } = await import('#src/app/watch.ts');
      const { clock, http } = parts;
      return startWatching({ loaded, registryFile, storeFile, clock, http }, options);
    },
    investigateFor: async (work, signal, onStep, recordDir) => {
      const { investigateFor } = await import('#src/app/investigate-for.ts');
      return investigateFor(work, signal, onStep, {
        services: services(),
        respond: run,
        recordDir,
      });
    },
    report: async ({ topic, signal, ...options }) => {
      const { reportSubjects } = await import('#src/app/report-subjects.ts');
      const { writeReport } = await import('#src/app/report-write.ts');
      const replay = (bundleDir: string) => run({ depth: 'investigate', bundleDir, signal });
      const desk = async () => {
        const { createDesk } = await import('#src/app/desk.ts');
        return createDesk(existsSync(storeFile) ? await store() : null, parts.clock.now);
      };
      return writeReport(await reportSubjects(topic, desk, replay), options);
    },
    demo: async (request) => {
      const { runDemo } = await import('#src/app/demo.ts');
      // The demo's own configuration is the only one that is looked at.
      const appOf = (file: string): App => createApp(loadConfig({ file, env: {} }), parts);
      return runDemo(request, { clock: parts.clock, appOf });
    },
    close: async () => opened?.close(),
  };
}

export type LoadAppOptions = {
  file: string | undefined;
  flags: Readonly<Record<string, unknown>>;
  logger: Logger;
  colorFlag: boolean | undefined;
  isTty: boolean;
};

/** Loads the configuration and makes the application of it. @throws InputError */
export function loadApp(options: LoadAppOptions): { app: App; color: boolean } {
  const env = processEnvironment();
  const loaded = loadConfig({ file: options.file, flags: options.flags, env });
  return {
    app: createApp(loaded, { logger: options.logger }),
    color: wantsColor({
      flag: options.colorFlag,
      noColor: env.NO_COLOR,
      forceColor: env.FORCE_COLOR,
      isTty: options.isTty,
    }),
  };
}
