/**
 * The daemon as a process of its own, which tells of its memory and its services when asked.
 * Arguments: the store's file and settings of its HTTP server.
 */
import { createDaemon } from '#src/daemon/daemon.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { daemonParts, daemonSettings } from '../../helpers/daemon-parts.ts';

const [file = '', http = '{}'] = process.argv.slice(2);
const store = openSqliteStore(file, { busyMs: 20 });
const daemon = createDaemon(daemonParts(store), daemonSettings({ http: JSON.parse(http) }));
const { url } = await daemon.start();
process.send?.({ port: Number(new URL(url ?? '').port) });
process.on('message', async () => {
  const incidents = await store.listIncidents({ limit: 10_000 }).catch(() => []);
  process.send?.({
    rss: process.memoryUsage.rss() / 1024 / 1024,
    services: [...new Set(incidents.flatMap(({ services }) => services))].sort(),
  });
});
process.on('disconnect', () => process.exit(0));
