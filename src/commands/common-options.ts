import type { OptionSpec } from '#src/commands/contract.ts';

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: '--json', about: 'print one JSON document' },
  { flags: '--quiet', about: 'no progress and no hints on stderr' },
  { flags: '--verbose', about: 'say more on stderr, with the causes of errors' },
  {
    flags: '--config <file>',
    about: 'configuration file (default: the nearest incident.config.json)',
  },
  { flags: '--no-color', about: 'no colours' },
];

/** Options of the commands that may ask a language model. */
export const MODEL_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--model <source>',
    about: 'who helps to explain: a model, the recorded replies of a bundle, or nobody',
    choices: ['ollama', 'openai', 'recorded', 'none'],
    configKey: 'model.use',
  },
  { flags: '--require-model', about: 'exit 5 when no model could be heard' },
];

/** Options of the commands that look at an incident. */
export const INCIDENT_OPTIONS: readonly OptionSpec[] = [
  { flags: '--service <name>', about: 'service of the registry' },
  { flags: '--alert-file <file>', about: 'Alertmanager webhook payload, "-" for standard input' },
  { flags: '--bundle <dir>', about: 'replay a recorded bundle instead of looking at the world' },
  { flags: '--record <dir>', about: 'write all that was seen as a bundle' },
  { flags: '--since <time>', about: 'start of the incident window: RFC 3339 or an age such as 2h' },
  { flags: '--until <time>', about: 'end of the incident window: RFC 3339 or an age' },
  { flags: '--show-secrets', about: 'put redacted secrets back, on this terminal only' },
  ...MODEL_OPTIONS,
];
