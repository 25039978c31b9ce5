import type { App } from '#src/app.ts';
import type { ExitCode } from '#src/domain/errors.ts';
import type { Logger } from '#src/platform/logger.ts';
import type { Output } from '#src/platform/output.ts';
import type { Style } from '#src/platform/style.ts';

/** An option as commander reads it, e.g. `--since <time>`. */
export type OptionSpec = {
  flags: string;
  about: string;
  /** The values that are accepted, where they are few. */
  choices?: readonly string[];
  /** May be given more than once; the value is then a list. */
  repeatable?: boolean;
  /** The configuration key that the option sets. */
  configKey?: string;
};

/** A positional argument, e.g. `<file>` (required), `[file]` or `[files...]`. */
export type ArgumentSpec = { syntax: string; about: string };

export type CommandInput = {
  /** Positional arguments; a variadic one is the tail of the list. */
  args: readonly string[];
  options: Readonly<Record<string, unknown>>;
};

/** What a command works with; everything from outside comes through here. */
export type CommandContext = {
  app: App;
  output: Output;
  logger: Logger;
  style: Style;
  /** Talk for a person on stderr: progress and hints; silent with `--quiet`. */
  say(text: string): void;
  /** Shows what is being done, on a terminal only; null takes it away. */
  progress(text: string | null): void;
  stdin: AsyncIterable<Uint8Array> & { isTTY?: boolean };
  /** Aborted by Ctrl-C and SIGTERM. */
  signal: AbortSignal;
  isJson: boolean;
  isVerbose: boolean;
};

/** A command as data. `run` gives the exit code; what it throws becomes one line on stderr. */
export type Command = {
  args?: readonly ArgumentSpec[];
  options: readonly OptionSpec[];
  /** Lines under the help, each an example. */
  examples?: readonly string[];
  run(input: CommandInput, context: CommandContext): Promise<ExitCode>;
};

/** An option of a command as text, or undefined. */
export function textOption(input: CommandInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === 'string' ? value : undefined;
}
