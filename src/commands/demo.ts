import type { Command } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';

/** `incident demo`: real services, a real bug, and what the program says of it. */
export const command: Command = {
  options: [{ flags: '--dir <dir>', about: 'where the demo is laid (default: .incident/demo)' }],
  async run(input, { app, output, style, say, signal, isJson }) {
    const dir = textOption(input, 'dir') ?? '.incident/demo';
    const { result, report, hints } = await app.demo({ dir, say, signal });
    if (!result) return 0;
    if (isJson) await output.write(`${JSON.stringify(result, null, 2)}\n`);
    else await output.write(await app.render(result, { columns: output.columns, style }));
    say(`\n${style.heading('What to try next')}\n${hints.map((hint) => `  ${hint}`).join('\n')}`);
    if (report !== null) say(`\nThe report of the look, for a browser:\n  ${report}`);
    return 0;
  },
};
