import type { WatchCycle, Watching, WatchOutcome } from '#src/app.ts';
import type { Command, CommandContext, CommandInput } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { incidentLine } from '#src/commands/incident-lines.ts';
import { logOptions } from '#src/commands/listen.ts';
import { type ExitCode, UsageError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd } from '#src/platform/terminal-text.ts';

const FORMATS = ['docx', 'html', 'markdown', 'json'] as const;
const FOLDER = 'reports';
/** Services without trouble that a report of one look tells of. */
const MOST_HEALTHY = 20;

/** `incident watch`: looks after services that no Prometheus watches. */
export const command: Command = {
  options: [
    { flags: '--once', about: 'look once, investigate what is found, and end with 0 or 11' },
    {
      flags: '--interval <seconds>',
      about: 'between two looks (default: 15)',
      configKey: 'watch.intervalSeconds',
    },
    {
      flags: '--tail <lines>',
      about: 'lines of each log that the first look begins with (default: 200)',
      configKey: 'watch.tail',
    },
    {
      flags: '--max-events <number>',
      about: 'error records of a log that one look keeps (default: 500)',
      configKey: 'watch.maxEvents',
    },
    { flags: '--report', about: 'with --once: write a report about all services to reports/' },
    {
      flags: '--report-dir <dir>',
      about:
        'write a report here of each look that found something, and of the first clean one after',
    },
    {
      flags: '--report-format <format>',
      about: 'of the reports (default: html)',
      choices: FORMATS,
    },
    {
      flags: '--log-file <file>',
      about: 'also write the log here, rotated by size',
      configKey: 'listen.logFile',
    },
  ],
  examples: [
    'incident watch',
    'incident watch --interval 30 --report-dir reports --report-format docx',
    'incident watch --once --json',
  ],
  async run(input, context) {
    const { app, signal, say, isJson, isVerbose } = context;
    const once = input.options.once === true;
    const report = reportOf(input);
    if (input.options.report === true && !once) {
      throw new UsageError('--report goes with --once', {
        where: '--report',
        hint: 'A watch that goes on takes --report-dir.',
      });
    }
    const log = logOptions(input, context);
    // Who looks once wants the answer, not a diary.
    const level = once && !isVerbose ? 'error' : log.level;
    const watching = await app.watch({ ...log, level, once });
    try {
      if (once) return await lookOnce(watching, report, context);
      if (!isJson) say('watching; Ctrl-C ends it');
      await watching.run(tellerOf(watching, report, context), signal);
      return 0;
    } finally {
      await watching.stop();
    }
  },
};

type Report = { folder: string; format: (typeof FORMATS)[number] };

function reportOf(input: CommandInput): Report | null {
  const folder = textOption(input, 'reportDir');
  if (folder === undefined && input.options.report !== true) return null;
  const given = textOption(input, 'reportFormat');
  return { folder: folder ?? FOLDER, format: FORMATS.find((one) => one === given) ?? 'html' };
}

async function lookOnce(
  watching: Watching,
  report: Report | null,
  context: CommandContext,
): Promise<ExitCode> {
  const { app, output, progress, signal, isJson, style, say } = context;
  progress('looking at all services');
  const cycle = await watching.look(signal);
  progress(cycle.firing.length > 0 ? 'investigating' : null);
  const outcome = await watching.outcomeOf(cycle, signal);
  const { incidents } = outcome;
  progress(null);
  if (report) {
    const healthy = await resultsOfHealthy(cycle, context);
    const path = await watching.report(outcome, { ...report, healthy });
    if (path !== null) say(`report: ${path}`);
  }
  if (isJson) {
    const { at, looks, firing } = cycle;
    const found = incidents.map(({ result, incident }) => result ?? { incident });
    const document = { at: new Date(at).toISOString(), services: looks, firing, incidents: found };
    await output.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    await output.write(servicesOf(cycle, context));
    for (const { result, summary } of incidents) {
      await output.write('\n');
      await output.write(
        result
          ? await app.render(result, { columns: output.columns, style })
          : incidentLine(summary, context),
      );
    }
  }
  return cycle.firing.length > 0 ? 11 : 0;
}

/** What a triage says of the services that nothing was found of. */
async function resultsOfHealthy(
  { looks }: WatchCycle,
  { app, progress, signal }: CommandContext,
): Promise<Result[]> {
  const fine = looks.filter(({ findings }) => findings.length === 0).slice(0, MOST_HEALTHY);
  const results: Result[] = [];
  for (const { service } of fine) {
    progress(`looking at ${oneLine(service)}`);
    results.push(await app.respond({ depth: 'triage', service, signal }));
  }
  progress(null);
  return results;
}

/** Each service: fine, or what is wrong with it and what could not be looked at. */
function servicesOf({ looks }: WatchCycle, { style }: CommandContext): string {
  const width = Math.min(40, 2 + Math.max(...looks.map(({ service }) => service.length)));
  return looks
    .flatMap(({ service, findings, notes }) => {
      const said = [
        ...findings.map(({ alertname, summary }) => `${style.bad(alertname)}  ${oneLine(summary)}`),
        ...notes.map((note) => style.dim(oneLine(note))),
      ];
      if (findings.length === 0) said.unshift(style.good('fine'));
      return said.map((text, at) => `${padEnd(at === 0 ? oneLine(service) : '', width)}${text}\n`);
    })
    .join('');
}

/** What a watch that goes on says: alerts as they begin and end, and incidents as they change. */
function tellerOf(
  watching: Watching,
  report: Report | null,
  context: CommandContext,
): Parameters<Watching['run']>[0] {
  const { output, isJson, style, say } = context;
  const known = new Map<string, number>();
  return {
    looked: async ({ told }: WatchCycle) => {
      for (const alert of told) {
        const { alertname = '', service = '' } = alert.labels;
        const isOver = alert.status === 'resolved';
        const when = alert.endsAt ?? alert.startsAt;
        const what = isOver ? style.good('over') : style.bad('began');
        const text = oneLine(alert.annotations.summary ?? '');
        await output.write(
          isJson
            ? `${JSON.stringify({ alert })}\n`
            : `${when}  ${service}  ${alertname} ${what}: ${text}\n`,
        );
      }
    },
    found: async (outcome: WatchOutcome) => {
      const path = report ? await watching.report(outcome, { ...report, healthy: [] }) : null;
      if (path !== null) say(`report: ${path}`);
      for (const { summary } of outcome.incidents) {
        if (known.get(summary.id) === summary.revision) continue;
        known.set(summary.id, summary.revision);
        await output.write(
          isJson ? `${JSON.stringify({ incident: summary })}\n` : incidentLine(summary, context),
        );
      }
    },
  };
}
