import type { ChangeToAdd } from '#src/app.ts';
import type { Command, CommandInput } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { UsageError } from '#src/domain/errors.ts';
import { formatTime, parseTimeOrAge } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd } from '#src/platform/terminal-text.ts';

/** `incident change add|list`: deploys, flags and other changes, told by people and CI jobs. */
export const command: Command = {
  args: [{ syntax: '<action>', about: 'add or list' }],
  options: [
    { flags: '--service <name>', about: 'service that changed' },
    { flags: '--commit <sha>', about: 'commit that went live' },
    { flags: '--version <version>', about: 'version that went live' },
    { flags: '--flag <name>', about: 'feature flag that changed' },
    { flags: '--from <value>', about: 'value of the flag before' },
    { flags: '--to <value>', about: 'value of the flag now' },
    { flags: '--note <text>', about: 'any other change, in words' },
    { flags: '--at <time>', about: 'when: RFC 3339 or an age such as 10m (default: now)' },
  ],
  examples: [
    'incident change add --service weather-app1 --commit "$GIT_SHA" --version 1.4.2',
    'incident change add --flag new-checkout --from off --to on',
    'incident change list',
  ],
  async run(input, context) {
    const [action] = input.args;
    if (action === 'list') return list(input, context);
    if (action !== 'add') {
      throw new UsageError(`unknown action "${oneLine(action ?? '')}"`, {
        hint: 'Use "incident change add" or "incident change list".',
      });
    }
    const change = readChange(input, context.app.now());
    if (change.service) context.app.requireService(change.service, '--service');
    const isNew = await context.app.addChange(change);
    if (context.isJson)
      await context.output.write(`${JSON.stringify({ added: isNew, change }, null, 2)}\n`);
    else
      await context.output.write(
        isNew ? `added: ${describe(change)}\n` : `known already: ${describe(change)}\n`,
      );
    return 0;
  },
};

async function list(
  _input: CommandInput,
  { app, output, isJson, style }: Parameters<Command['run']>[1],
): Promise<0> {
  const changes = await app.listChanges();
  if (isJson) await output.write(`${JSON.stringify({ changes }, null, 2)}\n`);
  else if (changes.length === 0) await output.write('No changes in the last 14 days.\n');
  else {
    const lines = changes.map(
      (change) => `${style.dim(padEnd(change.timestamp, 22))}${describe(change)}\n`,
    );
    await output.write(lines.join(''));
  }
  return 0;
}

function readChange(input: CommandInput, now: number): ChangeToAdd {
  const at = textOption(input, 'at');
  const millis = at === undefined ? now : parseTimeOrAge(at, now);
  if (millis === null || millis > now + 60_000) {
    throw new UsageError(`"${oneLine(at ?? '')}" is not a time in the past`, {
      where: '--at',
      hint: 'Give an RFC 3339 time or an age such as 10m.',
    });
  }
  const timestamp = formatTime(millis);
  const service = textOption(input, 'service');
  const named = service === undefined ? {} : { service };
  const flag = textOption(input, 'flag');
  if (flag !== undefined) {
    const from = textOption(input, 'from');
    const to = textOption(input, 'to');
    return {
      kind: 'flag',
      timestamp,
      name: flag,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...named,
    };
  }
  const commit = textOption(input, 'commit');
  const version = textOption(input, 'version');
  if (commit !== undefined || version !== undefined) {
    if (service === undefined) throw new UsageError('a deploy needs --service');
    return {
      kind: 'deploy',
      timestamp,
      service,
      commit: commit ?? '',
      ...(version === undefined ? {} : { version }),
    };
  }
  const note = textOption(input, 'note');
  if (note !== undefined)
    return { kind: 'note', timestamp, source: 'change', title: note, ...named };
  throw new UsageError('nothing to add', {
    hint: 'Give --commit or --version, or --flag, or --note.',
  });
}

function describe(change: ChangeToAdd): string {
  const service = change.service ? ` of ${oneLine(change.service)}` : '';
  if (change.kind === 'deploy') {
    return `deploy${service}: ${oneLine([change.version, change.commit.slice(0, 12)].filter(Boolean).join(' '))}`;
  }
  if (change.kind === 'flag') {
    return `flag ${oneLine(change.name)}${service}: ${oneLine(change.from ?? '?')} → ${oneLine(change.to ?? '?')}`;
  }
  return `note${service}: ${oneLine(change.title)}`;
}
