import { setTimeout as delay } from 'node:timers/promises';
import { Command as Commander, CommanderError, Option } from 'commander';
import { GLOBAL_OPTIONS } from '#src/commands/common-options.ts';
import type { Command, CommandInput, OptionSpec } from '#src/commands/contract.ts';
import { COMMANDS, type CommandEntry } from '#src/commands/registry.ts';
import { type ExitCode, IncidentError, messageOf, UsageError } from '#src/domain/errors.ts';
import { createLogger, type LogLevel } from '#src/platform/logger.ts';
import { nearestNames } from '#src/platform/nearest.ts';
import { stdoutOutput } from '#src/platform/output.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { VERSION } from '#src/version.ts';

/** Signals end the work in an orderly way; a second one, or a slow ending, ends it at once. */
const GRACE_MS = 8000;
/** Signals that are no further apart are one. */
const TWICE_MS = 400;
/** A signal is heard so long after what it did to others, at the most. */
const SIGNAL_MS = 50;

async function main(argv: readonly string[]): Promise<number> {
  const abort = new AbortController();
  let interrupted: number | undefined;
  let interruptedAt = 0;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      const now = performance.now();
      // npm passes a Ctrl-C on that the terminal has sent us already: that is no second one.
      if (interrupted !== undefined && now - interruptedAt > TWICE_MS) process.exit(code);
      if (interrupted !== undefined) return;
      interrupted = code;
      interruptedAt = now;
      abort.abort(new Error('interrupted'));
      setTimeout(() => process.exit(code), GRACE_MS).unref();
    });
  }
  const code = await runCommand(argv, abort.signal);
  return interrupted ?? code;
}

/** Finds the command, loads it alone, and runs it. */
async function runCommand(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const entries = Object.entries<CommandEntry>(COMMANDS);
  const name = argv.find((word) => !word.startsWith('-'));
  const found = entries.find(([key]) => key === name);
  const isVerbose = argv.includes('--verbose');
  try {
    if (name !== undefined && name !== 'help' && !found) throw unknownCommand(name);
    const program = createProgram();
    let result: ExitCode = 0;
    for (const [key, entry] of entries) {
      const command = program
        .command(key, { hidden: entry.hidden === true })
        .description(entry.about);
      quiet(command);
      if (key !== name && !(name === 'help' && argv.includes(key))) continue;
      const definition = await entry.load();
      describe(command, definition);
      command.action(async (...args: unknown[]) => {
        const commander = args.at(-1) as Commander;
        result = await run(
          definition,
          {
            args: commander.args,
            options: commander.opts(),
          },
          signal,
        );
      });
    }
    if (argv.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync(['node', 'incident', ...argv]);
    return result;
  } catch (error) {
    const isOurs =
      error instanceof CommanderError || (error instanceof IncidentError && error.exitCode !== 1);
    // A Ctrl-C reaches the programs that we run as well, and their end may be told before the signal.
    if (!isOurs && !signal.aborted) await delay(SIGNAL_MS);
    if (signal.aborted && !isOurs) {
      process.stderr.write('incident: interrupted\n');
      return 1;
    }
    return report(error, isVerbose);
  }
}

function createProgram(): Commander {
  const program = new Commander('incident')
    .description('From an alert to a cited first draft of the answer.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help of a command')
    .addHelpText('after', '\nExample:\n  incident triage --service weather-app1')
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 80, 100) });
  return quiet(program);
}

/** Errors come out in our form, as one line, instead of commander's. */
function quiet(command: Commander): Commander {
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .showHelpAfterError(false);
}

function describe(command: Commander, definition: Command): void {
  for (const argument of definition.args ?? []) command.argument(argument.syntax, argument.about);
  for (const option of [...definition.options, ...GLOBAL_OPTIONS]) {
    command.addOption(toOption(option));
  }
  if (definition.examples) {
    command.addHelpText(
      'after',
      `\nExamples:\n${definition.examples.map((e) => `  ${e}`).join('\n')}`,
    );
  }
}

function toOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.about);
  if (spec.choices) option.choices([...spec.choices]);
  if (spec.repeatable) {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  return option;
}

async function run(
  definition: Command,
  input: CommandInput,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { loadApp } = await import('#src/app.ts');
  const { createStyle } = await import('#src/platform/style.ts');
  const { createProgress } = await import('#src/platform/progress.ts');
  const { options } = input;
  const isQuiet = options.quiet === true;
  const level: LogLevel = options.verbose === true ? 'debug' : isQuiet ? 'silent' : 'warn';
  const logger = createLogger({ level });
  const output = stdoutOutput();
  const flags: Record<string, unknown> = {};
  for (const spec of definition.options) {
    const key = new Option(spec.flags).attributeName();
    if (spec.configKey !== undefined && options[key] !== undefined) {
      flags[spec.configKey] = options[key];
    }
  }
  const { app, color } = loadApp({
    file: typeof options.config === 'string' ? options.config : undefined,
    flags,
    logger,
    colorFlag: options.color === false ? false : undefined,
    isTty: output.isTty,
  });
  const progress = await createProgress(!isQuiet);
  try {
    return await definition.run(input, {
      app,
      output,
      logger,
      style: createStyle(color),
      say: (text) => {
        if (!isQuiet) process.stderr.write(`${text}\n`);
      },
      progress,
      stdin: process.stdin,
      signal,
      isJson: options.json === true,
      isVerbose: options.verbose === true,
    });
  } finally {
    progress(null);
    await app.close();
  }
}

function unknownCommand(name: string): UsageError {
  const nearest = nearestNames(name, Object.keys(COMMANDS));
  return new UsageError(`unknown command "${oneLine(name)}"`, {
    hint: nearest.length > 0 ? `Did you mean ${nearest.join(', ')}?` : 'See "incident --help".',
  });
}

/** One line for a person: what failed, where, what to do. @returns the exit code */
function report(error: unknown, isVerbose: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    process.stderr.write(`incident: ${oneLine(error.message.replace(/^error: /, ''))}\n`);
    return 2;
  }
  const where = error instanceof IncidentError && error.where ? `${oneLine(error.where)}: ` : '';
  const hint = error instanceof IncidentError && error.hint ? ` ${oneLine(error.hint)}` : '';
  const message = oneLine(messageOf(error)).slice(0, 500);
  const end = hint && !/[.!?]$/.test(message) ? '.' : '';
  process.stderr.write(`incident: ${where}${message}${end}${hint}\n`);
  if (isVerbose) process.stderr.write(causeChain(error));
  else if (!(error instanceof IncidentError)) {
    process.stderr.write('incident: this is a defect; run again with --verbose and report it.\n');
  }
  return error instanceof IncidentError ? error.exitCode : 1;
}

function causeChain(error: unknown): string {
  const lines: string[] = [];
  for (let at: unknown = error, depth = 0; at !== undefined && depth < 8; depth++) {
    lines.push(`${depth === 0 ? '' : 'caused by: '}${at instanceof Error ? at.stack : String(at)}`);
    at = at instanceof Error ? at.cause : undefined;
  }
  return `${lines.join('\n')}\n`;
}

void main(process.argv.slice(2)).then((code) => process.exit(code));
