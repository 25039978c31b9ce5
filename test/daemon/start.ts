import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DaemonParts, DaemonSettings } from '#src/daemon/contract.ts';
import { createDaemon, type Daemon } from '#src/daemon/daemon.ts';
import type { Service } from '#src/domain/service.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import type { Store } from '#src/store/contract.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { daemonParts, daemonSettings, TOKEN } from '../helpers/daemon-parts.ts';
import { tempDir } from '../helpers/temp-dir.ts';

export type Started = {
  daemon: Daemon;
  store: Store;
  url: string;
  storePath: string;
  /** Calls the daemon; `act` gives the token along. */
  call(path: string, init?: RequestInit & { json?: unknown; act?: boolean }): Promise<Answer>;
};

export type Answer = { status: number; headers: Headers; text: string; json: unknown };

/** A daemon with a store of its own on a free port; both end with the test. */
export async function startDaemon(
  options: {
    services?: Service[];
    parts?: Partial<DaemonParts>;
    settings?: Parameters<typeof daemonSettings>[0];
    planEffects?: EffectPlanner;
    storePath?: string;
    wrapStore?: (store: Store) => Store;
  } = {},
): Promise<Started> {
  const storePath = options.storePath ?? join(tempDir(), 'store.sqlite');
  const opened = openSqliteStore(storePath, {
    busyMs: 20,
    ...(options.planEffects ? { planEffects: options.planEffects } : {}),
  });
  const store = options.wrapStore?.(opened) ?? opened;
  const settings: DaemonSettings = daemonSettings(options.settings);
  const daemon = createDaemon(daemonParts(store, options.services, options.parts), settings);
  onTestFinished(async () => {
    await daemon.stop();
    await store.close().catch(() => {});
  });
  const { url } = await daemon.start();
  return { daemon, store, url: url ?? '', storePath, call: caller(url ?? '') };
}

function caller(url: string): Started['call'] {
  return async (path, { json, act, ...init } = {}) => {
    const response = await fetch(url + path, {
      redirect: 'manual',
      ...init,
      ...(json === undefined ? {} : { method: init.method ?? 'POST', body: JSON.stringify(json) }),
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(act ? { authorization: `Bearer ${TOKEN}` } : {}),
        ...init.headers,
      },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : null,
    };
  };
}
