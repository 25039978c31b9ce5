import { existsSync } from 'node:fs';
import type { Check, Finding } from '#src/app/doctor/contract.ts';
import { badFinding } from '#src/app/doctor/examine.ts';
import { openStore } from '#src/app/open-store.ts';
import type { Store } from '#src/store/contract.ts';

const MOST_SHOWN = 3;
/** Alerts or messages that wait for longer are stuck, while a daemon runs. */
const STUCK_MS = 10 * 60_000;

/** Whether the store is sound and can be written, and what was given up or is stuck in it. */
export const store: Check = {
  id: 'store',
  limitMs: 30_000,
  run: async ({ loaded, storeFile, clock }) => {
    if (!existsSync(storeFile)) {
      return [{ status: 'off', what: `nothing kept yet in ${storeFile}` }];
    }
    const opened = openStore(storeFile, loaded, { check: true });
    try {
      await opened.probe();
      const sound: Finding = { status: 'good', what: `${storeFile} is sound and can be written` };
      return [sound, ...(await deadLetters(opened)), ...(await stuck(opened, clock.now()))];
    } catch (error) {
      return [badFinding(error)];
    } finally {
      await opened.close();
    }
  },
};

async function deadLetters(opened: Store): Promise<Finding[]> {
  const now = 0;
  const [effects, jobs] = [await opened.outboxDepth(now), await opened.jobDepth(now)];
  const findings: Finding[] = (await opened.listDeadEffects(MOST_SHOWN)).map(
    ({ id, kind, target, lastError }) => ({
      status: 'bad',
      what: `${kind} to ${target} was given up: ${lastError ?? 'unknown'}`,
      mend: `incident retry ${id}`,
    }),
  );
  if (effects.dead > MOST_SHOWN) {
    const what = `${effects.dead - MOST_SHOWN} more messages were given up`;
    findings.push({ status: 'bad', what, mend: 'incident list --failed' });
  }
  if (jobs.dead > 0) {
    const what = `${jobs.dead} investigations were given up`;
    findings.push({ status: 'bad', what, mend: 'incident list --failed' });
  }
  return findings;
}

async function stuck(opened: Store, now: number): Promise<Finding[]> {
  const waits = [
    { what: 'alerts wait to be sorted', oldest: (await opened.inboxDepth()).oldest },
    { what: 'investigations wait', oldest: (await opened.jobDepth(now)).oldest },
    { what: 'messages wait to be sent', oldest: (await opened.outboxDepth(now)).oldest },
  ];
  return waits
    .filter(({ oldest }) => oldest !== null && now - oldest > STUCK_MS)
    .map(({ what }) => ({ status: 'bad', what, mend: 'Start "incident listen".' }));
}
