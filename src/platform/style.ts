import { Chalk } from 'chalk';

/** Colours by meaning, so that renderers never name a colour. */
export type Style = {
  heading(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  good(text: string): string;
  /** Ids of evidence, commands to type, things to look for. */
  accent(text: string): string;
  dim(text: string): string;
  added(text: string): string;
  removed(text: string): string;
};

/** @param color false gives text without any escape sequence */
export function createStyle(color: boolean): Style {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return {
    heading: (text) => chalk.bold(text),
    bad: (text) => chalk.red.bold(text),
    warn: (text) => chalk.yellow(text),
    good: (text) => chalk.green(text),
    accent: (text) => chalk.cyan(text),
    dim: (text) => chalk.dim(text),
    added: (text) => chalk.green(text),
    removed: (text) => chalk.red(text),
  };
}

/** Whether to colour: `--no-color` and `NO_COLOR` forbid, `FORCE_COLOR` demands, else only on a terminal. */
export function wantsColor(options: {
  flag: boolean | undefined;
  noColor: string | undefined;
  forceColor: string | undefined;
  isTty: boolean;
}): boolean {
  if (options.flag === false) return false;
  if (options.noColor !== undefined && options.noColor !== '') return false;
  if (options.forceColor !== undefined && options.forceColor !== '0') return true;
  return options.isTty;
}
