import type { Command } from '#src/commands/contract.ts';
import { padEnd } from '#src/platform/terminal-text.ts';

/** `incident config`: every effective setting with its origin; secrets are masked. */
export const command: Command = {
  options: [],
  examples: ['incident config', 'PROMETHEUS_URL=http://prom:9090 incident config --json'],
  async run(_input, { app, output, style, isJson }) {
    const settings = app.settings();
    if (isJson) {
      const document = { file: app.configFile, registry: app.registryFile, settings };
      await output.write(`${JSON.stringify(document, null, 2)}\n`);
      return 0;
    }
    const keyWidth = Math.max(...settings.map(({ key }) => key.length)) + 2;
    const lines = settings.map(({ key, value, origin }) => {
      const from =
        origin === 'default' ? style.dim(`  (${origin})`) : style.accent(`  (${origin})`);
      return `${padEnd(key, keyWidth)}${JSON.stringify(value)}${from}\n`;
    });
    await output.write(
      `${style.dim(`file: ${app.configFile ?? 'none'}`)}\n${style.dim(`registry: ${app.registryFile}`)}\n${lines.join('')}`,
    );
    return 0;
  },
};
