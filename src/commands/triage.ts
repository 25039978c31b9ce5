import { INCIDENT_OPTIONS } from '#src/commands/common-options.ts';
import type { Command } from '#src/commands/contract.ts';
import { runIncident } from '#src/commands/run-incident.ts';

/** `incident triage`: what is failing, how bad, since when, who else suffers. */
export const command: Command = {
  options: INCIDENT_OPTIONS,
  examples: [
    'incident triage --service weather-app1',
    'curl -s …/alert.json | incident triage --alert-file -',
    'incident triage --bundle fixtures/demo-code-bug',
  ],
  run: (input, context) => runIncident('triage', input, context),
};
