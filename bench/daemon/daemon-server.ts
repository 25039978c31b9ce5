/** The daemon with a fake investigation, as a process of its own. Arguments: store file, number of services. */
import { createDaemon } from '#src/daemon/daemon.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { daemonParts, daemonSettings } from '../../test/helpers/daemon-parts.ts';
import { mesh } from './mesh.ts';

const [file = 'bench.sqlite', count = '200'] = process.argv.slice(2);
const store = openSqliteStore(file, { busyMs: 20 });
let investigations = 0;
const parts = daemonParts(store, mesh(Number(count)));
const daemon = createDaemon(
  {
    ...parts,
    investigate: async (request, signal, onStep) => {
      investigations++;
      return parts.investigate(request, signal, onStep);
    },
  },
  daemonSettings({
    work: { settleMs: 5000, debounceMs: 30_000, maxQueuedAlerts: 1_000_000 },
    retention: { maxIncidents: 1_000_000 },
  }),
);
const { url } = await daemon.start();
process.send?.({ port: Number(new URL(url ?? '').port) });
process.on('message', async (message) => {
  if (message === 'idle') {
    const started = performance.now();
    await daemon.idle();
    const open = await store.listIncidents({ limit: 100_000 });
    const memory = process.memoryUsage.rss() / 1024 / 1024;
    process.send?.({
      investigations,
      incidents: open.length,
      idleMs: performance.now() - started,
      rssMb: Math.round(memory),
      cpu: process.cpuUsage(),
    });
  } else {
    await daemon.stop();
    await store.close();
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(0));
