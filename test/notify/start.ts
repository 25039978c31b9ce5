import { createEffectPlanner, createSender } from '#src/app/side-effects.ts';
import { configSchema } from '#src/config/schema.ts';
import type { SideEffect } from '#src/domain/side-effect.ts';
import { createHttp } from '#src/platform/http.ts';
import type { Store } from '#src/store/contract.ts';
import { type Started, startDaemon } from '../daemon/start.ts';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import type { daemonSettings } from '../helpers/daemon-parts.ts';
import { resultOf } from '../helpers/results.ts';
import { waitUntil } from '../helpers/wait-until.ts';

export type NotifyingDaemon = Started & {
  /** An alert fires. @returns the id of its incident */
  fire(service: string, labels?: Record<string, string>): Promise<string>;
  /** All messages are delivered, given up or cancelled. */
  settled(): Promise<void>;
  effects(
    id: string,
  ): Promise<{ kind: string; target: string; state: string; lastError: string | null }[]>;
  sent: SideEffect[];
};

/** A whole daemon whose messages go where a configuration says. */
export async function startNotifying(
  config: Record<string, unknown>,
  options: {
    settings?: Parameters<typeof daemonSettings>[0];
    result?: typeof resultOf;
    investigate?: () => Promise<void>;
    storePath?: string;
    /** Waits between attempts. */
    isPatient?: boolean;
  } = {},
): Promise<NotifyingDaemon> {
  const loaded = { config: configSchema.parse(config), baseDir: '/nowhere' };
  const kept: { store?: Store } = {};
  const http = createHttp();
  const sender = createSender(loaded, {
    http,
    now: Date.now,
    services: () => new Map(),
    readIncident: async (id) => kept.store?.readIncident(id) ?? null,
    proposeFix: async () => 'none',
  });
  const sent: SideEffect[] = [];
  const started = await startDaemon({
    planEffects: createEffectPlanner(loaded),
    parts: {
      // A retry that is due at once is made at once; one that is not is looked for twice a second.
      random: () => (options.isPatient ? 0.5 : 0),
      sender: {
        send: (effect, signal) => {
          sent.push(effect);
          return sender.send(effect, signal);
        },
      },
      investigate: async ({ incidentId, service, alerts }) => {
        await options.investigate?.();
        return (options.result ?? resultOf)(incidentId, service, alerts);
      },
    },
    ...(options.settings ? { settings: options.settings } : {}),
    ...(options.storePath ? { storePath: options.storePath } : {}),
  });
  kept.store = started.store;
  const { store, call } = started;
  return {
    ...started,
    sent,
    fire: async (service, labels = {}) => {
      const alert = alertOf(
        { alertname: 'Down', service, severity: 'critical', ...labels },
        Date.now() - 60_000,
      );
      await call('/alerts', { json: payloadOf([alert]) });
      let id = '';
      await waitUntil('there is an incident', async () => {
        const incidents = await store.listIncidents({ limit: 200 });
        id = incidents.find((incident) => incident.services.includes(service))?.id ?? '';
        return id !== '';
      });
      return id;
    },
    settled: () =>
      waitUntil(
        'every message is settled',
        async () => {
          const now = Date.now();
          const jobs = await store.jobDepth(now);
          const { waiting, running } = await store.outboxDepth(now);
          return jobs.waiting + jobs.running + waiting + running === 0;
        },
        15_000,
      ),
    effects: async (id) => (await store.readIncident(id))?.effects ?? [],
  };
}
