import { userInfo } from 'node:os';
import type { Command } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { incidentLine, noSuchIncident, whoActs } from '#src/commands/incident-lines.ts';

/** `incident resolve`: somebody ends an incident, or says that its effects are gone. */
export const command: Command = {
  args: [{ syntax: '<id>', about: 'id of the incident, or the beginning of it' }],
  options: [
    { flags: '--mitigated', about: 'its effects are gone, the cause is not' },
    { flags: '--by <name>', about: 'who says so (default: this account)' },
    { flags: '--note <text>', about: 'a line for the timeline' },
  ],
  examples: [
    'incident resolve inc-4f1d --note "rolled back"',
    'incident resolve inc-4f1d --mitigated',
  ],
  async run(input, context) {
    const { app, output, isJson } = context;
    const [id = ''] = input.args;
    const note = textOption(input, 'note');
    const summary = await (await app.desk()).act(id, {
      kind: input.options.mitigated === true ? 'mitigate' : 'resolve',
      by: whoActs(textOption(input, 'by'), userInfo().username),
      ...(note === undefined ? {} : { note }),
    });
    if (!summary) throw await noSuchIncident(app, id);
    await output.write(
      isJson ? `${JSON.stringify(summary, null, 2)}\n` : incidentLine(summary, context),
    );
    return 0;
  },
};
