/**
 * `npm run demo:fault -- <name> [--off]`: switches a fault of the running demo services, and prints
 * when it truly began.
 */
import { parseArgs } from 'node:util';
import { FAULTS, isFault } from './run/faults.ts';
import { CONTROL_PORT } from './run/ports.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    off: { type: 'boolean', default: false },
    control: { type: 'string', default: `http://127.0.0.1:${CONTROL_PORT}` },
  },
});
const [name = ''] = positionals;
if (!isFault(name)) {
  const known = Object.entries(FAULTS).map(([fault, about]) => `  ${fault.padEnd(18)}${about}`);
  process.stderr.write(
    `usage: npm run demo:fault -- <name> [--off] [--control <url>]\n${known.join('\n')}\n`,
  );
  process.exit(2);
}
try {
  const method = values.off ? 'DELETE' : 'PUT';
  const answer = await fetch(`${values.control}/-/faults/${name}`, { method });
  const body = (await answer.json()) as { at?: string; error?: string };
  if (!answer.ok) throw new Error(body.error ?? `HTTP ${answer.status}`);
  process.stdout.write(`${name} is ${values.off ? 'off' : 'on'} since ${body.at}\n`);
} catch (error) {
  const why = error instanceof TypeError ? `nothing answers at ${values.control}` : String(error);
  process.stderr.write(`demo: ${why}. Start the services with "npm run demo:services".\n`);
  process.exit(1);
}
