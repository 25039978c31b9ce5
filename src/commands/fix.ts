import { INCIDENT_OPTIONS } from '#src/commands/common-options.ts';
import type { Command, CommandContext, CommandInput } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { resultFor, unheardModel } from '#src/commands/run-incident.ts';
import { type ExitCode, UsageError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';

const STRATEGIES = ['auto', 'revert', 'patch'] as const;

/** `incident fix`: a proven change for the cause, or none. */
export const command: Command = {
  options: [
    ...INCIDENT_OPTIONS,
    { flags: '--incident <id>', about: 'an incident of the store, by the beginning of its id' },
    { flags: '--strategy <way>', about: 'revert, patch, or auto (default)', choices: STRATEGIES },
    { flags: '--open-pr', about: 'open a draft pull request; without it nothing is written' },
    {
      flags: '--push-only <remote>',
      about: 'write the branch to a repository on this machine instead',
    },
  ],
  examples: [
    'incident fix --service weather-app1',
    'incident fix --bundle fixtures/demo-code-bug --push-only ../remote.git',
    'incident fix --incident inc-1a2b3c4d5e --open-pr',
  ],
  run: async (input, context) => {
    const { app, output, style, isJson } = context;
    const openPullRequest = input.options.openPr === true;
    const pushTo = textOption(input, 'pushOnly');
    if (openPullRequest && pushTo !== undefined) {
      throw new UsageError('--open-pr and --push-only exclude each other');
    }
    const found = await resultOf(input, context);
    const strategy = strategyOf(input);
    const unheard = unheardModel(input, found);
    // A patch is always a model's, so one that was asked for makes up for a silent investigation.
    const mayHandOver = unheard === null || strategy === 'patch';
    const result = await app.fix(found, {
      strategy,
      openPullRequest: openPullRequest && mayHandOver,
      pushTo: mayHandOver ? pushTo : undefined,
      bundleDir: textOption(input, 'bundle'),
      signal: context.signal,
      onStep: ({ step, detail }) => context.progress(detail ? `${step}: ${detail}` : step),
    });
    context.progress(null);
    await output.write(
      isJson
        ? `${JSON.stringify(result, null, 2)}\n`
        : await app.render(result, { columns: output.columns, style }),
    );
    if (unheard && !(mayHandOver && result.fix?.strategy === 'patch')) throw unheard;
    return exitCodeOf(result, openPullRequest || pushTo !== undefined);
  },
};

function strategyOf(input: CommandInput): (typeof STRATEGIES)[number] {
  const name = textOption(input, 'strategy');
  return STRATEGIES.find((strategy) => strategy === name) ?? 'auto';
}

/** The result that is to be fixed: of the store, or of an investigation now. */
async function resultOf(input: CommandInput, context: CommandContext): Promise<Result> {
  const id = textOption(input, 'incident');
  if (id === undefined) return resultFor('investigate', input, context);
  const desk = await context.app.desk();
  const found = await desk.read(id);
  if (!found?.result) {
    throw new UsageError(
      found ? `incident ${id} has no result yet` : `there is no incident "${id}"`,
      { hint: 'Look at incident list.' },
    );
  }
  return found.result;
}

/** A guard that refuses what was asked for is 4; a cause that is not known is 10. */
function exitCodeOf({ fix, rootCause }: Result, wasAsked: boolean): ExitCode {
  if (wasAsked && fix?.decision !== 'open-pr') return 4;
  return rootCause?.verdict === 'inconclusive' ? 10 : 0;
}
