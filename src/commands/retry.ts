import type { Command } from '#src/commands/contract.ts';
import { noSuchIncident } from '#src/commands/incident-lines.ts';
import { UsageError } from '#src/domain/errors.ts';

/** `incident retry`: what was given up is tried again by the daemon. */
export const command: Command = {
  args: [
    { syntax: '<id>', about: 'an incident, or the number of a side effect of "list --failed"' },
  ],
  options: [],
  examples: ['incident retry inc-4f1d', 'incident retry 17'],
  async run(input, { app, output, isJson }) {
    const [id = ''] = input.args;
    const desk = await app.desk();
    if (/^\d{1,15}$/.test(id)) {
      if (!(await desk.retryEffect(Number(id)))) {
        throw new UsageError(`no side effect ${id} was given up`, {
          hint: 'See "incident list --failed".',
        });
      }
    } else if (!(await desk.retryJob(id))) throw await noSuchIncident(app, id);
    await output.write(
      isJson ? `${JSON.stringify({ id, queued: true })}\n` : `queued again: ${id}\n`,
    );
    return 0;
  },
};
