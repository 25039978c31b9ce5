/** `npm run demo:traffic`: a steady stream of requests to the demo services, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { startTraffic } from './run/requests.ts';

const { values } = parseArgs({
  options: {
    weather: { type: 'string', default: 'http://127.0.0.1:8000' },
    items: { type: 'string', default: 'http://127.0.0.1:9000' },
    rate: { type: 'string', default: '15' },
  },
});
const rate = Number(values.rate);
if (!(rate > 0 && rate <= 1000)) {
  process.stderr.write('demo: --rate must be a number of requests a second, at most 1000\n');
  process.exit(2);
}
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort());
}
const traffic = startTraffic({
  weatherUrl: values.weather,
  itemsUrl: values.items,
  rate,
  signal: stop.signal,
});
const report = setInterval(() => {
  const { sent, failed } = traffic.count;
  process.stdout.write(`${new Date().toISOString()} ${sent} sent, ${failed} failed\n`);
}, 5000);
await traffic.done;
clearInterval(report);
