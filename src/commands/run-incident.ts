import type { CommandContext, CommandInput } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import type { Gap } from '#src/domain/bundle.ts';
import { type ExitCode, ThresholdError, UsageError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';
import { parseTimeOrAge } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { Depth, Step } from '#src/respond.ts';

/** Runs the flow to a depth and prints the result: the work of `triage` and `investigate`. */
export async function runIncident(
  depth: Depth,
  input: CommandInput,
  context: CommandContext,
): Promise<ExitCode> {
  const { app, output, style, isJson } = context;
  const showsSecrets = input.options.showSecrets === true;
  if (showsSecrets && (isJson || !output.isTty)) {
    throw new UsageError('secrets are shown on a terminal only', {
      where: '--show-secrets',
      hint: 'Leave it out with --json and where the output goes to a file or another program.',
    });
  }
  let restore = (text: string): string => text;
  const result = await resultFor(depth, input, context, (back) => {
    if (showsSecrets) restore = back;
  });
  context.progress(null);
  await output.write(
    isJson
      ? `${JSON.stringify(result, null, 2)}\n`
      : restore(await app.render(result, { columns: output.columns, style })),
  );
  const unheard = unheardModel(input, result);
  if (unheard) throw unheard;
  for (const { source, why, hint } of modelProblems(result))
    context.say(modelLine(source, why, hint));
  return result.rootCause?.verdict === 'inconclusive' ? 10 : 0;
}

/** Runs the flow to a depth on what the options name. @throws UsageError for options that do not fit */
export async function resultFor(
  depth: Depth,
  input: CommandInput,
  context: CommandContext,
  onRedacted?: (restore: (text: string) => string) => void,
): Promise<Result> {
  const { app } = context;
  const alertFile = textOption(input, 'alertFile');
  const bundleDir = textOption(input, 'bundle');
  if (alertFile !== undefined && bundleDir !== undefined) {
    throw new UsageError('--alert-file and --bundle exclude each other', {
      hint: 'A bundle brings its own alert.json.',
    });
  }
  const alertGroup =
    alertFile === undefined ? undefined : await app.readAlertFile(alertFile, context.stdin);
  return app.respond(
    {
      depth,
      service: textOption(input, 'service'),
      alertGroup,
      bundleDir,
      recordDir: textOption(input, 'record'),
      since: timeOption(input, 'since', app.now()),
      until: timeOption(input, 'until', app.now()),
      onRedacted,
      signal: context.signal,
    },
    (step) => {
      if (step.step !== 'note') context.progress(describe(step));
      else if (context.isVerbose && step.detail) context.say(step.detail);
    },
  );
}

/** The error of a model that `--require-model` asks for and that was not heard; else null. */
export function unheardModel(input: CommandInput, result: Result): ThresholdError | null {
  if (input.options.requireModel !== true) return null;
  const [silent] = modelProblems(result);
  if (result.model !== null && silent === undefined) return null;
  return new ThresholdError(silent?.why ?? 'no model was asked', {
    where: '--require-model',
    hint: silent?.hint ?? 'Name one with --model.',
  });
}

/** Why models gave nothing; the answer is then the rules' alone. */
function modelProblems({ gaps }: Result): Gap[] {
  return gaps.filter(({ source }) => source === 'model' || source.startsWith('model '));
}

function modelLine(source: string, why: string, hint: string | undefined): string {
  const end = hint ? `. ${hint}` : '';
  return oneLine(`incident: ${source}: ${why}${end} The answer is the rules’ alone.`);
}

function timeOption(input: CommandInput, name: string, now: number): number | undefined {
  const text = textOption(input, name);
  if (text === undefined) return undefined;
  const millis = parseTimeOrAge(text, now);
  if (millis === null) {
    throw new UsageError(`"${text}" is neither a time nor an age`, {
      where: `--${name}`,
      hint: 'Give RFC 3339, e.g. 2026-03-01T10:00:00Z, or an age such as 90s, 15m, 2h, 3d.',
    });
  }
  return millis;
}

function describe(step: Step): string {
  const words: Record<Step['step'], string> = {
    intake: 'asking for alerts',
    collect: 'collecting evidence',
    analyse: 'analysing',
    model: 'asking a model',
    record: 'recording',
    note: 'note',
  };
  return step.detail ? `${words[step.step]}: ${step.detail}` : words[step.step];
}
