/** The daemon with a fake investigation, as a process of its own. Arguments: store file,
 * number of meshes, services of each,
 * settings of retention. */
import { createDaemon } from '#src/daemon/daemon.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { daemonParts, daemonSettings } from '../../test/helpers/daemon-parts.ts';
import { mesh, meshes } from './mesh.ts';

const [file = 'bench.sqlite', clusters = '1', each = '200', retention = '{}'] =
  process.argv.slice(2);
const store = openSqliteStore(file, { busyMs: 20 });
let investigations = 0;
const services = clusters === '1' ? mesh(Number(each)) : meshes(Number(clusters), Number(each));
const parts = daemonParts(store, services);
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
    retention: { maxIncidents: 1_000_000, ...JSON.parse(retention) },
  }),
);
const { url } = await daemon.start();
process.send?.({ port: Number(new URL(url ?? '').port) });
process.on('message', async (message) => {
  if (message === 'state') {
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({
      rssMb: Math.round(rss / 1024 / 1024),
      heapMb: Math.round(heapUsed / 1024 / 1024),
      incidents: (await store.listIncidents({ limit: 100_000 })).length,
    });
  } else if (message === 'idle') {
    const started = performance.now();
    await daemon.idle();
    const { user, system } = process.cpuUsage();
    const incidents = await store.listIncidents({ limit: 100_000 });
    process.send?.({
      investigations,
      incidents: incidents.map(({ service, alerts }) => ({ service, alerts: alerts.total })),
      idleMs: performance.now() - started,
      // Kilobytes on every system that Node runs on.
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
      cpuMs: (user + system) / 1000,
      rssMb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
    });
  } else {
    await daemon.stop();
    await store.close();
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(0));
