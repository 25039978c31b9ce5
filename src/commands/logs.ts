import type { App } from '#src/app.ts';
import {
  type Command,
  type CommandContext,
  type CommandInput,
  textOption,
} from '#src/commands/contract.ts';
import { UsageError } from '#src/domain/errors.ts';
import { parseTimeOrAge, type Span } from '#src/domain/time.ts';

type Report = Awaited<ReturnType<App['readLogs']>>;

/** `incident logs`: what a log says, in templates, and what is different in it. */
export const command: Command = {
  args: [{ syntax: '[files...]', about: 'log files, also .gz; "-" for standard input' }],
  options: [
    {
      flags: '--service <name>',
      about: 'service of the registry: its log files and its time zone',
    },
    { flags: '--since <time>', about: 'start of the window: RFC 3339 or an age such as 2h' },
    { flags: '--until <time>', about: 'end of the window' },
    {
      flags: '--baseline <time>',
      about: 'start of what the window is compared with, up to --since',
    },
    { flags: '--assign', about: 'with --json: the template id of each input line' },
  ],
  examples: [
    'incident logs /var/log/app.log',
    'incident logs app.log app.log.1.gz --since 30m --baseline 6h',
    'kubectl logs deploy/api | incident logs - --json',
  ],
  async run(input, context) {
    const service = serviceOf(input, context);
    const files = input.args.length > 0 ? input.args : pathsOf(service);
    const { window, baseline } = spansOf(input, context.app.now());
    let announced = 0;
    const report = await context.app.readLogs({
      files: files.length > 0 ? files : stdinOnly(context),
      stdin: context.stdin,
      service,
      window,
      baseline,
      assign: input.options.assign === true,
      signal: context.signal,
      onProgress: (bytes) => {
        if (bytes - announced < 250e6) return;
        announced = bytes;
        context.say(`${Math.round(bytes / 1e6)} MB read…`);
      },
    });
    if (context.isJson) await writeJson(report, context);
    else {
      const { columns } = context.output;
      await context.output.write(
        await context.app.renderLogs(report, { columns, style: context.style }),
      );
    }
    return 0;
  },
};

function serviceOf(input: CommandInput, { app }: CommandContext) {
  const name = textOption(input, 'service');
  return name === undefined ? undefined : app.requireService(name, '--service');
}

function pathsOf(service: ReturnType<typeof serviceOf>): string[] {
  const { service: own, error, api } = service?.log_paths ?? {};
  return [own, error, api].flatMap((paths) => paths ?? []);
}

/** Without files, what is piped in is the log. */
function stdinOnly({ stdin }: CommandContext): string[] {
  if (stdin.isTTY !== true) return ['-'];
  throw new UsageError('no log named', { hint: 'Name a file, pipe a log in, or give --service.' });
}

function spansOf(input: CommandInput, now: number): { window?: Span; baseline?: Span } {
  const since = timeOption(input, 'since', now);
  const until = timeOption(input, 'until', now);
  const from = timeOption(input, 'baseline', now);
  if (from !== undefined && since === undefined) {
    throw new UsageError('--baseline needs --since', {
      where: '--baseline',
      hint: 'The baseline ends where the window begins.',
    });
  }
  if (since === undefined && until === undefined) return {};
  const window = {
    start: since ?? Number.NEGATIVE_INFINITY,
    end: until ?? Number.POSITIVE_INFINITY,
  };
  if (window.end <= window.start)
    throw new UsageError('--until is not after --since', { where: '--until' });
  if (since === undefined) return { window };
  if (from !== undefined && from >= since)
    throw new UsageError('--baseline is not before --since', { where: '--baseline' });
  return { window, baseline: { start: from ?? Number.NEGATIVE_INFINITY, end: since } };
}

function timeOption(input: CommandInput, name: string, now: number): number | undefined {
  const text = textOption(input, name);
  if (text === undefined) return undefined;
  const time = parseTimeOrAge(text, now);
  if (time !== null) return time;
  throw new UsageError(`"${text}" is no time`, {
    where: `--${name}`,
    hint: 'Give RFC 3339, such as 2024-02-05T08:00:00Z, or an age, such as 30m.',
  });
}

const LINES_AT_ONCE = 50_000;

async function writeJson(report: Report, { output }: CommandContext): Promise<void> {
  const templates = report.templates.map(({ id, template, level, count, first, last, sample }) => ({
    id,
    template,
    level,
    count,
    first,
    last,
    sample,
  }));
  const { anomalies, stackTraces, lines, records, bytes, assignment } = report;
  const document = JSON.stringify(
    { templates, anomalies, stackTraces, lines, records, bytes },
    null,
    2,
  );
  if (!assignment) {
    await output.write(`${document}\n`);
    return;
  }
  // One id for each line can be far more than fits into one string.
  await output.write(`${document.slice(0, -2)},\n  "assignments": [`);
  for (let line = 0; line < lines; line += LINES_AT_ONCE) {
    const ids: string[] = [];
    for (let at = line; at < Math.min(lines, line + LINES_AT_ONCE); at++)
      ids.push(JSON.stringify(assignment(at)));
    await output.write(`${line === 0 ? '' : ','}${ids.join(',')}`);
  }
  await output.write(']\n}\n');
}
