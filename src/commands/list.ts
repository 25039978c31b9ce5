import type { Command, CommandContext } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { incidentLine } from '#src/commands/incident-lines.ts';
import { UsageError } from '#src/domain/errors.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd } from '#src/platform/terminal-text.ts';

const MOST = 10_000;

/** `incident list`: the incidents of the store, newest first; with `--failed` what was given up. */
export const command: Command = {
  options: [
    { flags: '--open', about: 'only those that are not resolved' },
    { flags: '--failed', about: 'what was given up: investigations and side effects' },
    { flags: '--service <name>', about: 'only those with alerts of this service' },
    { flags: '--limit <number>', about: 'how many at the most (default: 20)' },
  ],
  examples: ['incident list --open', 'incident list --failed', 'incident list --json --limit 500'],
  async run(input, context) {
    const { app, output, isJson } = context;
    const limit = Number(textOption(input, 'limit') ?? '20');
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
      throw new UsageError(`expected a number from 1 to ${MOST}`, { where: '--limit' });
    }
    const desk = await app.desk();
    const service = textOption(input, 'service');
    const failed = input.options.failed === true;
    const incidents = await desk.list({
      limit,
      open: input.options.open === true,
      failed,
      ...(service === undefined ? {} : { service }),
    });
    const effects = failed ? await desk.deadEffects() : [];
    if (isJson) {
      const document = failed ? { incidents, sideEffects: effects } : { incidents };
      await output.write(`${JSON.stringify(document, null, 2)}\n`);
      return 0;
    }
    if (incidents.length + effects.length === 0) {
      await output.write(failed ? 'Nothing was given up.\n' : 'No incidents.\n');
      return 0;
    }
    const lines = [
      ...incidents.map((summary) => incidentLine(summary, context)),
      ...effects.map((effect) => effectLine(effect, context)),
    ];
    await output.write(lines.join(''));
    return 0;
  },
};

type DeadEffect = Awaited<
  ReturnType<Awaited<ReturnType<CommandContext['app']['desk']>>['deadEffects']>
>[number];

function effectLine(
  { id, kind, target, attempts, lastError, incidentId }: DeadEffect,
  { style }: CommandContext,
): string {
  const what = `${kind} to ${oneLine(target)}${incidentId ? ` for ${incidentId}` : ''}`;
  const why = oneLine(lastError ?? '').slice(0, 200);
  return `${padEnd(String(id), 16)}${style.bad('given up')}  ${what} after ${attempts} attempts: ${why}\n`;
}
