import type { Command, CommandContext } from '#src/commands/contract.ts';
import { incidentLine, noSuchIncident } from '#src/commands/incident-lines.ts';
import type { IncidentView } from '#src/domain/incident-record.ts';
import { neutralize, oneLine } from '#src/platform/sanitize.ts';
import type { Style } from '#src/platform/style.ts';
import { padEnd, truncate } from '#src/platform/terminal-text.ts';

/** `incident show`: one incident with its result, what was sent, and others like it. */
export const command: Command = {
  args: [{ syntax: '<id>', about: 'id of the incident, or the beginning of it' }],
  options: [{ flags: '--transcript', about: 'what models were asked for it, and what they said' }],
  examples: ['incident show inc-4f1d', 'incident show inc-4f1d --json'],
  async run(input, context) {
    const { app, output, isJson, style } = context;
    const [id = ''] = input.args;
    const view = await (await app.desk()).read(id);
    if (!view) throw await noSuchIncident(app, id);
    if (input.options.transcript === true) {
      const turns = await app.transcript(view.summary.id);
      if (!turns) context.say('incident: no model was asked for this incident');
      else if (isJson) await output.write(`${JSON.stringify(turns, null, 2)}\n`);
      else for (const turn of turns) await output.write(turnText(turn, style));
      return 0;
    }
    if (isJson) {
      // The document of the formats; without a result the incident alone.
      const { result, incident, summary, job } = view;
      await output.write(`${JSON.stringify(result ?? { incident, summary, job }, null, 2)}\n`);
      return 0;
    }
    if (view.result) {
      await output.write(await app.render(view.result, { columns: output.columns, style }));
    } else await output.write(incidentLine(view.summary, context));
    await output.write(aroundIt(view, context));
    return 0;
  },
};

/** A turn of a talk; what was said is data for the terminal too. */
function turnText({ who, text }: { who: string; text: string }, style: Style): string {
  return `${style.heading(oneLine(who))}\n${neutralize(text)}\n\n`;
}

/** What the store knows beyond the result. */
function aroundIt(
  { summary, incident, job, effects, similar }: IncidentView,
  { style, output }: CommandContext,
): string {
  const line = (text: string): string => `  ${truncate(oneLine(text), output.columns - 2)}`;
  const owner = summary.acknowledgedBy ? `, taken on by ${oneLine(summary.acknowledgedBy)}` : '';
  const parts: [heading: string, lines: string[]][] = [
    ['Incident', [line(`${summary.id}: ${summary.status}, ${summary.severity}${owner}`)]],
    ['Timeline', incident.timeline.map(({ at, what }) => line(`${padEnd(at, 26)}${what}`))],
    [
      'Investigation',
      job && job.state !== 'done'
        ? [line(`${job.state}${job.lastError ? `: ${job.lastError}` : ''}`)]
        : [],
    ],
    [
      'Sent',
      effects.map(({ kind, target, state, lastError }) =>
        line(`${kind} to ${target}: ${state}${lastError ? ` (${lastError})` : ''}`),
      ),
    ],
    ['Like it', similar.map(({ id, title, why }) => line(`${id} ${title}: ${why.join(', ')}`))],
  ];
  return parts
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => `\n${style.heading(heading)}\n${lines.join('\n')}\n`)
    .join('');
}
