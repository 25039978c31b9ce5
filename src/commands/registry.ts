import type { Command } from '#src/commands/contract.ts';

/** A line of the help and the way to the command, which is loaded when it is called. */
export type CommandEntry = { about: string; load: () => Promise<Command> };

/**
 * Every command. Add one by writing `commands/<name>.ts` that exports `command`, and a line here.
 */
export const COMMANDS = {
  triage: {
    about: 'what is failing, how bad, since when, who else suffers',
    load: async () => (await import('#src/commands/triage.ts')).command,
  },
  stacktrace: {
    about: 'find the stack traces of a log, and the code and commits behind them',
    load: async () => (await import('#src/commands/stacktrace.ts')).command,
  },
  investigate: {
    about: 'the whole way to the cause, or to why it cannot be known',
    load: async () => (await import('#src/commands/investigate.ts')).command,
  },
  eval: {
    about: 'grade the answers to bundles that say what is right',
    load: async () => (await import('#src/commands/eval.ts')).command,
  },
  change: {
    about: 'tell of a deploy, a flag or another change',
    load: async () => (await import('#src/commands/change.ts')).command,
  },
  logs: {
    about: 'what a log says: templates, what is different, stack traces',
    load: async () => (await import('#src/commands/logs.ts')).command,
  },
  services: {
    about: 'list the services of the registry',
    load: async () => (await import('#src/commands/services.ts')).command,
  },
  demo: {
    about: 'start demo services with a real bug, and look at it',
    load: async () => (await import('#src/commands/demo.ts')).command,
  },
  config: {
    about: 'show every setting with its origin, secrets masked',
    load: async () => (await import('#src/commands/config.ts')).command,
  },
} satisfies Record<string, CommandEntry>;
