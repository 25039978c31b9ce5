import { relative, resolve } from 'node:path';
import type { Watching, WatchOptions } from '#src/app/watch.ts';
import type { WatchOutcome } from '#src/app/watch-loop.ts';
import type { Investigate } from '#src/daemon/contract.ts';
import type { Result } from '#src/domain/result.ts';
import type { WatchCycle } from '#src/intake/watch/watch-services.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd } from '#src/platform/terminal-text.ts';
import type { RespondRequest } from '#src/respond.ts';

/** The part of the application that a scan needs. */
export type ScanApp = {
  watch(options: WatchOptions): Promise<Watching>;
  investigateFor(
    ...args: [...Parameters<Investigate>, recordDir?: string | undefined]
  ): Promise<Result>;
  respond(request: RespondRequest): Promise<Result>;
};

export type ScanOptions = {
  /** The service that the answer is about. */
  service: string;
  /** Where what was seen of that service is recorded. */
  recordDir: string;
  /** Where the report goes. */
  reportDir: string;
  say(text: string): void;
  signal: AbortSignal;
};

/** The answer about the service, and the path of the report about all of them. */
export type Scan = { result: Result; report: string | null };

/**
 * What `incident watch --once --report` does, in this process: so nothing is left when it ends, and
 * what is seen is recorded. A look that finds nothing is followed by an investigation all the same.
 */
export async function scanServices(app: ScanApp, options: ScanOptions): Promise<Scan> {
  const { service, recordDir, reportDir, say, signal } = options;
  const watching = await app.watch({
    ...{ once: true, level: 'silent', format: 'text', write: () => {} },
    investigate: (work, stop, onStep) => {
      const isAbout = work.alerts.some(({ labels }) => labels.service === service);
      const dir = isAbout ? recordDir : undefined;
      return app.investigateFor(work, AbortSignal.any([stop, signal]), onStep, dir);
    },
  });
  try {
    const cycle = await watching.look(signal);
    say(linesOf(cycle));
    const outcome = await watching.outcomeOf(cycle, signal);
    signal.throwIfAborted();
    const healthy = await resultsOfHealthy(app, cycle, signal);
    const result =
      resultAbout(service, outcome) ??
      (await app.respond({ depth: 'investigate', service, recordDir, signal }));
    const folder = relative(process.cwd(), resolve(reportDir));
    const report = await watching.report(outcome, { folder, format: 'html', healthy });
    return { result, report };
  } finally {
    await watching.stop();
  }
}

/** Each service: fine, or what is wrong with it. */
function linesOf({ looks, firing }: WatchCycle): string {
  const width = 2 + Math.max(...looks.map(({ service }) => service.length));
  const lines = looks.flatMap(({ service, findings }) => {
    const said = findings.map(({ alertname, summary }) => `${alertname}: ${oneLine(summary)}`);
    if (said.length === 0) said.push('fine');
    return said.map((text, at) => `  ${padEnd(at === 0 ? service : '', width)}${text}`);
  });
  return [...lines, firing.length > 0 ? 'Investigating …\n' : ''].join('\n');
}

function resultAbout(service: string, { incidents }: WatchOutcome): Result | null {
  const about = incidents.find(({ summary }) => summary.services.includes(service));
  return about?.result ?? null;
}

async function resultsOfHealthy(
  app: ScanApp,
  { looks }: WatchCycle,
  signal: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { service, findings } of looks) {
    if (findings.length > 0) continue;
    results.push(await app.respond({ depth: 'triage', service, signal }));
  }
  return results;
}
