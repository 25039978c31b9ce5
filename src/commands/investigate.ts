import { INCIDENT_OPTIONS } from '#src/commands/common-options.ts';
import type { Command } from '#src/commands/contract.ts';
import { runIncident } from '#src/commands/run-incident.ts';

/** `incident investigate`: the whole way to the root cause, or to why it cannot be known. */
export const command: Command = {
  options: INCIDENT_OPTIONS,
  examples: [
    'incident investigate --service weather-app1',
    'incident investigate --bundle fixtures/demo-code-bug --json',
  ],
  run: (input, context) => runIncident('investigate', input, context),
};
