import type { WatchCycle, Watching, WatchOutcome } from '#src/app.ts';
import type { Command, CommandContext } from '#src/commands/contract.ts';
import { incidentLine } from '#src/commands/incident-lines.ts';
import { logOptions } from '#src/commands/listen.ts';
import type { ExitCode } from '#src/domain/errors.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd } from '#src/platform/terminal-text.ts';

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
    {
      flags: '--log-file <file>',
      about: 'also write the log here, rotated by size',
      configKey: 'listen.logFile',
    },
  ],
  examples: ['incident watch', 'incident watch --interval 30', 'incident watch --once --json'],
  async run(input, context) {
    const { app, signal, say, isJson, isVerbose } = context;
    const once = input.options.once === true;
    const log = logOptions(input, context);
    // Who looks once wants the answer, not a diary.
    const level = once && !isVerbose ? 'error' : log.level;
    const watching = await app.watch({ ...log, level, once });
    try {
      if (once) return await lookOnce(watching, context);
      if (!isJson) say('watching; Ctrl-C ends it');
      await watching.run(tellerOf(context), signal);
      return 0;
    } finally {
      await watching.stop();
    }
  },
};

async function lookOnce(watching: Watching, context: CommandContext): Promise<ExitCode> {
  const { app, output, progress, signal, isJson, style } = context;
  progress('looking at all services');
  const cycle = await watching.look(signal);
  progress(cycle.firing.length > 0 ? 'investigating' : null);
  const { incidents } = await watching.outcomeOf(cycle, signal);
  progress(null);
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
function tellerOf(context: CommandContext): Parameters<Watching['run']>[0] {
  const { output, isJson, style } = context;
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
    found: async ({ incidents }: WatchOutcome) => {
      for (const { summary } of incidents) {
        if (known.get(summary.id) === summary.revision) continue;
        known.set(summary.id, summary.revision);
        await output.write(
          isJson ? `${JSON.stringify({ incident: summary })}\n` : incidentLine(summary, context),
        );
      }
    },
  };
}
