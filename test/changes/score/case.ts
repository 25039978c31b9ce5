import type { ChangeAssessment, ChangesInput } from '#src/changes/contract.ts';
import type { Commit, Deploy, Flag } from '#src/domain/bundle.ts';
import { formatTime } from '#src/domain/time.ts';
import { diffOf } from '../classify/diff-of.ts';

/** Noon of a day; all times of a case are minutes from it. */
export const NOON = Date.UTC(2024, 4, 14, 12);
export const at = (minutes: number): number => NOON + minutes * 60_000;
const time = (minutes: number): string => formatTime(at(minutes));

export function commit(
  sha: string,
  minutes: number,
  path: string,
  body: string | null,
  more: Partial<Commit> = {},
): Commit {
  return {
    sha: sha.padEnd(40, '0'),
    author: 'dev',
    timestamp: time(minutes),
    message: 'change',
    files: [path],
    diff: body === null ? null : diffOf(path, body),
    ...more,
  };
}

export const sha = (short: string): string => short.padEnd(40, '0');
export const deploy = (service: string, short: string, minutes: number): Deploy => ({
  service,
  commit: sha(short),
  timestamp: time(minutes),
});
export const flag = (
  name: string,
  minutes: number,
  from: string,
  to: string,
  service?: string,
): Flag => ({
  name,
  timestamp: time(minutes),
  from,
  to,
  ...(service === undefined ? {} : { service }),
});

export function makeCase(parts: Partial<ChangesInput>): ChangesInput {
  return {
    ...{ commits: [], deploys: [], flags: [], onsets: [], healthy: [], topology: [] },
    ...{ logs: [], metrics: [], locations: [], blame: [] },
    ...parts,
  };
}

export const shop = [
  { name: 'web', dependsOn: ['orders', 'catalog'] },
  { name: 'orders', dependsOn: ['payments', 'db'] },
  { name: 'payments', dependsOn: ['bank'] },
  { name: 'catalog', dependsOn: ['db'] },
  { name: 'newsletter', dependsOn: [] },
];

export const TIGHT = `
 http:
   client:
-    timeout: 30s
+    timeout: 350ms
`;
export const COMMENT = `
-# old words
+# new words
 x = 1
`;
export const TIDY = `
 def render(order):
-    label = order.number
+    label = str(order.number)
     return {"label": label}
`;
export const SLOW = `
 def view(ids):
     for item in ids:
+        names.append(db.fetch_one(item))
     return names
`;
export const LEAK = `
 seen = {}
 
 def handle(event):
+    seen[event.id] = event
     store.put(event)
`;

export const timeouts: Pick<ChangesInput, 'logs' | 'metrics'> = {
  logs: [
    {
      text: 'POST /pay failed: ReadTimeout: payments did not answer within 350ms',
      service: 'orders',
      at: at(0),
      weight: 0.9,
      id: 'L1',
    },
  ],
  metrics: [
    {
      service: 'orders',
      signal: 'errors',
      direction: 'up',
      name: 'http_requests_total 5xx',
      at: at(0),
      weight: 0.9,
      id: 'M1',
    },
  ],
};

export function find(result: readonly ChangeAssessment[], id: string): ChangeAssessment {
  const one = result.find((assessment) => assessment.id === id || assessment.id === sha(id));
  if (!one) throw new Error(`${id} was not assessed`);
  return one;
}
