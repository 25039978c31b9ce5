import type { Diagnosis } from '#src/app.ts';
import type { Command } from '#src/commands/contract.ts';
import type { Style } from '#src/platform/style.ts';
import { padEnd } from '#src/platform/terminal-text.ts';

/** `incident doctor`: looks at everything that is configured, a line each. */
export const command: Command = {
  options: [{ flags: '--send-test', about: 'send a test message by mail, Slack and webhook' }],
  examples: ['incident doctor', 'incident doctor --send-test', 'incident doctor --json'],
  async run(input, { app, output, style, progress, signal, isJson }) {
    progress('looking at everything that is configured');
    const diagnosis = await app.diagnose({ sendTest: input.options.sendTest === true }, signal);
    progress(null);
    await output.write(
      isJson
        ? `${JSON.stringify(diagnosis, null, 2)}\n`
        : diagnosis.findings.map((finding) => line(finding, style)).join(''),
    );
    return diagnosis.isHealthy ? 0 : 1;
  },
};

const WIDTH = 15;

function line({ check, status, what, mend }: Diagnosis['findings'][number], style: Style): string {
  const marks = {
    good: style.good('✓'),
    bad: style.bad('✗'),
    note: style.warn('!'),
    off: style.dim('–'),
  };
  const isQuiet = status === 'off';
  const hint = mend === undefined ? '' : ` → ${mend}`;
  const text = isQuiet ? style.dim(`${what}${hint}`) : `${what}${style.accent(hint)}`;
  return `${marks[status]} ${padEnd(check, WIDTH)}${text}\n`;
}
