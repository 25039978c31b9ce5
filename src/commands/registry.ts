import type { Command } from '#src/commands/contract.ts';

/** A line of the help and the way to the command, which is loaded when it is called. */
export type CommandEntry = {
  about: string;
  load: () => Promise<Command>;
  /** Left out of the help: not for people. */
  hidden?: boolean;
};

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
  fix: {
    about: 'a proven change for the cause, or why there is none',
    load: async () => (await import('#src/commands/fix.ts')).command,
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
  listen: {
    about: 'take alerts in over HTTP and investigate them',
    load: async () => (await import('#src/commands/listen.ts')).command,
  },
  watch: {
    about: 'look after services without Prometheus, and investigate trouble',
    load: async () => (await import('#src/commands/watch.ts')).command,
  },
  list: {
    about: 'list incidents, or what was given up',
    load: async () => (await import('#src/commands/list.ts')).command,
  },
  show: {
    about: 'everything about one incident',
    load: async () => (await import('#src/commands/show.ts')).command,
  },
  ack: {
    about: 'take an incident on',
    load: async () => (await import('#src/commands/ack.ts')).command,
  },
  resolve: {
    about: 'end an incident, or say that it is mitigated',
    load: async () => (await import('#src/commands/resolve.ts')).command,
  },
  retry: {
    about: 'investigate an incident anew, or send again what was given up',
    load: async () => (await import('#src/commands/retry.ts')).command,
  },
  work: {
    about: 'one investigation for the daemon',
    load: async () => (await import('#src/commands/work.ts')).command,
    hidden: true,
  },
  report: {
    about: 'write a document about an incident: Word, HTML, markdown, JSON',
    load: async () => (await import('#src/commands/report.ts')).command,
  },
  doctor: {
    about: 'check all that is configured, and say what mends it',
    load: async () => (await import('#src/commands/doctor.ts')).command,
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
