/**
 * `npm run demo:services`: the demo's services, kept running until Ctrl-C, for everything else to
 * be tried on them. Faults are switched by `npm run demo:fault`, through a port of ours.
 */
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { FAULTS, isFault, setFault } from './run/faults.ts';
import { CONTROL_PORT, freePort } from './run/ports.ts';
import { layStage } from './run/stage.ts';

const stage = await layStage(resolve('.incident/demo'), { now: Date.now() });
const end = async (code: number): Promise<void> => {
  await stage.processes.stopAll();
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void end(0));

const control = createServer((request, response) => {
  const name = /^\/-\/faults\/([a-z0-9-]{1,40})$/.exec(request.url ?? '')?.[1] ?? '';
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(body)}\n`);
  };
  if (!isFault(name) || (request.method !== 'PUT' && request.method !== 'DELETE')) {
    return answer(404, { error: 'unknown fault', known: Object.keys(FAULTS) });
  }
  const isOn = request.method === 'PUT';
  setFault(stage, name, isOn).then(
    (at) => answer(200, { fault: name, on: isOn, at: new Date(at).toISOString() }),
    (error: unknown) => answer(500, { error: String(error) }),
  );
});

try {
  await stage.start();
  const port = await freePort(CONTROL_PORT);
  await new Promise<void>((done) => control.listen(port, '127.0.0.1', done));
  const isUsual = port === CONTROL_PORT;
  process.stdout.write(
    [
      `weather-app1       ${stage.weatherUrl}/weather/latitude=52.5&longitude=13.4`,
      `mongo-api-service  ${stage.itemsUrl}/items/`,
      `configuration      ${stage.configFile}`,
      '',
      'In other terminals:',
      `  npm run demo:traffic -- --weather ${stage.weatherUrl} --items ${stage.itemsUrl}`,
      `  npm run demo:fault -- provider-500${isUsual ? '' : ` --control http://127.0.0.1:${port}`}`,
      `  npx incident triage --service weather-app1 --config ${stage.configFile}`,
      '',
      'Ctrl-C ends all of it.',
      '',
    ].join('\n'),
  );
} catch (error) {
  process.stderr.write(`demo: ${String(error)}\n`);
  await end(1);
}
