import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Result } from '#src/domain/result.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { payloadOf } from '../../helpers/alerts.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { type RealListen, TOKEN } from './listen.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const run = promisify(execFile);

/** The answer of the real program to a bundle of the repository. */
export async function investigate(bundle: string): Promise<Result> {
  const args = ['investigate', '--bundle', join(ROOT, 'fixtures/incidents', bundle), '--json'];
  // 10 says that the answer is inconclusive.
  const { stdout } = await run(process.execPath, [join(ROOT, 'bin/incident.js'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', TZ: 'UTC' },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { code?: unknown; stdout?: string }) => {
    if (error.code !== 10 || error.stdout === undefined) throw error;
    return { stdout: error.stdout };
  });
  return JSON.parse(stdout) as Result;
}

const HOUR = 3_600_000;

/** What each result is sent to; an hour later, so that the daemon leaves it to the test. */
const planEffects: EffectPlanner = ({ kind, incident, at }) =>
  kind !== 'investigated'
    ? []
    : ['slack', 'email', 'pagerduty'].map((target) => ({
        key: `${incident.id}-${target}`,
        kind: 'notify',
        target,
        lane: target,
        payload: {},
        notBefore: at + HOUR,
      }));

/**
 * Sends the alerts of a result to the daemon and brings the result, as its own investigation would.
 * @returns the id of the incident
 */
export async function bring(listen: RealListen, result: Result): Promise<string> {
  const store = openSqliteStore(listen.storeFile, { planEffects });
  try {
    const before = new Set((await store.listIncidents({ limit: 1000 })).map(({ id }) => id));
    const response = await fetch(`${listen.url}/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(payloadOf(result.incident.alerts)),
    });
    if (!response.ok) throw new Error(`alerts were refused: ${await response.text()}`);
    let id = '';
    await waitUntil(
      'the incident is there',
      async () => {
        const all = await store.listIncidents({ limit: 1000 });
        id = all.find((one) => !before.has(one.id))?.id ?? '';
        return id !== '';
      },
      20_000,
    );
    await settle(store, id, result);
    return id;
  } finally {
    await store.close();
  }
}

async function settle(
  store: ReturnType<typeof openSqliteStore>,
  id: string,
  result: Result,
): Promise<void> {
  const worker = { role: 'test', token: 'test' };
  const now = Date.now() + HOUR;
  for (;;) {
    const job = await store.claimJob({ worker, now, leaseMs: HOUR, maxAttempts: 3 });
    if (!job) throw new Error(`no investigation of ${id} is due`);
    if (job.incidentId !== id) continue;
    await store.completeJob(job, result, Date.now(), 1000);
    break;
  }
  const later = Date.now() + 2 * HOUR;
  const effects = await store.claimEffects({ worker, now: later, leaseMs: HOUR, limit: 10 });
  for (const effect of effects) {
    if (effect.target === 'slack') await store.completeEffect(effect, Date.now(), '1700000000.42');
    if (effect.target === 'email') {
      const error = 'smtp.example: 550 <b>mailbox</b> unavailable';
      await store.failEffect(effect, { at: Date.now(), error, retryAt: null });
    }
  }
}
