/**
 * The daemon with its real store, server and outbox, an investigation in stages and a sender that
 * posts to the URL of the second argument. The first one is the store's file.
 */
import { randomUUID } from 'node:crypto';
import { createDaemon } from '#src/daemon/daemon.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import type { EffectPlanner, SideEffectSender } from '#src/domain/side-effect.ts';
import { pause } from '#src/platform/pause.ts';
import { takeRole } from '#src/store/sqlite/role-lock.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { daemonParts, daemonSettings } from '../../helpers/daemon-parts.ts';
import { resultOf } from '../../helpers/results.ts';
import { pass } from './kill-switch.ts';

const [file = '', receiver = ''] = process.argv.slice(2);

/** The nonce tells one decision from another, should the same key ever be decided twice. */
const planEffects: EffectPlanner = ({ kind, incident }) => [
  {
    key: `${incident.id}:${kind}:${incident.revision}`,
    kind: 'notify',
    target: 'receiver',
    lane: incident.id,
    payload: { incident: incident.id, kind, nonce: randomUUID() },
  },
];

const sender: SideEffectSender = {
  send: async ({ key, payload }, signal) => {
    pass('send-before');
    const response = await fetch(receiver, {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: JSON.stringify({ ...(payload as object), pid: process.pid }),
      signal,
    }).catch((error: Error) => {
      throw new UpstreamError(error.message, { isRetryable: true });
    });
    await response.text();
    pass('send-accepted');
    if (!response.ok) throw new UpstreamError(`${response.status}`, { isRetryable: true });
    return {};
  },
};

const store = openSqliteStore(file, { busyMs: 20, planEffects });
takeRole(file, 'listen');
const daemon = createDaemon(
  daemonParts(store, [], {
    sender,
    investigate: async ({ incidentId, service, alerts }) => {
      for (const stage of ['collect', 'analyse', 'conclude']) {
        pass(`stage-${stage}`);
        await pause(3);
      }
      return resultOf(incidentId, service, alerts);
    },
  }),
  daemonSettings({ work: { debounceMs: 50, retryBaseMs: 10, retryMostMs: 100 } }),
);
const { url } = await daemon.start();
process.send?.({ url });
process.on('message', async (message) => {
  if (message !== 'finish') return;
  await daemon.idle();
  await daemon.stop();
  await store.close();
  process.exit(0);
});
process.on('disconnect', () => process.exit(1));
