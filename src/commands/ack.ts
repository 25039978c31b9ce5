import { userInfo } from 'node:os';
import type { Command } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { incidentLine, noSuchIncident, whoActs } from '#src/commands/incident-lines.ts';

/** `incident ack`: somebody takes an incident on. */
export const command: Command = {
  args: [{ syntax: '<id>', about: 'id of the incident, or the beginning of it' }],
  options: [
    { flags: '--by <name>', about: 'who takes it on (default: this account)' },
    { flags: '--note <text>', about: 'a line for the timeline' },
  ],
  examples: ['incident ack inc-4f1d', 'incident ack inc-4f1d --by ann --note "looking at it"'],
  async run(input, context) {
    const { app, output, isJson } = context;
    const [id = ''] = input.args;
    const note = textOption(input, 'note');
    const summary = await (await app.desk()).act(id, {
      kind: 'acknowledge',
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
