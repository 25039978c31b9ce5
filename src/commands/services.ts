import type { Command } from '#src/commands/contract.ts';
import { padEnd, truncate } from '#src/platform/terminal-text.ts';

/** `incident services`: the services of the registry and what is known of each. */
export const command: Command = {
  options: [],
  async run(_input, { app, output, style, isJson }) {
    const services = [...app.services().values()];
    if (isJson) {
      await output.write(`${JSON.stringify({ services }, null, 2)}\n`);
      return 0;
    }
    if (services.length === 0) {
      await output.write(`No services: ${app.registryFile} has no entries.\n`);
      return 0;
    }
    const width = Math.max(...services.map((service) => service.name.length), 7) + 2;
    const lines = services.map((service) => {
      const sees = [
        service.health_url && 'health',
        service.metrics_url && 'metrics',
        service.log_paths && 'logs',
        service.repo_path && 'git',
        service.selectors && 'selectors',
        service.runbook && 'runbook',
      ].filter(Boolean);
      const calls = service.depends_on?.length ? `calls ${service.depends_on.join(', ')}` : '';
      const facts = [sees.join(' ') || 'name only', calls].filter(Boolean).join('; ');
      const room = output.columns - width;
      return `${style.accent(padEnd(service.name, width))}${truncate(facts, room)}\n`;
    });
    await output.write(lines.join(''));
    return 0;
  },
};
