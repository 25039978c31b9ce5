import { describe, expect, it } from 'vitest';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { isOnlyUnseen } from '#src/analysis/triage/telemetry-lost.ts';
import type { ServiceHarm } from '#src/metrics/contract.ts';

const START = Date.parse('2026-03-01T09:00:00Z');
const ONSET = START + 60 * 60_000;
const END = ONSET + 20 * 60_000;

function facts(message: string, isServing: boolean): Facts {
  const logs = [];
  for (let at = START; at < END; at += 10_000) {
    if (at >= ONSET && !isServing) break;
    logs.push({ timestamp: new Date(at).toISOString(), service: 'intake', line: 'stored' });
  }
  return {
    bundle: { logs },
    subject: { window: { start: START, end: END } },
    logs: { findings: [{ kind: 'new', template: message, samples: [] }] },
  } as unknown as Facts;
}

const harm = (kind: string): ServiceHarm => ({ kind, onset: ONSET }) as unknown as ServiceHarm;

describe('isOnlyUnseen', () => {
  const lost = 'internal/retry Exporting failed. Dropping data. error="connection refused"';

  it('sees that only measurements are missing while the log goes on', () => {
    expect(isOnlyUnseen(facts(lost, true), 'intake', [harm('traffic-drop')])).toBe(true);
  });

  it.each([
    ['the log stopped as well', facts(lost, false), [harm('traffic-drop')]],
    ['nothing says that measurements are lost', facts('cache miss', true), [harm('traffic-drop')]],
    ['errors are seen', facts(lost, true), [harm('traffic-drop'), harm('errors')]],
    ['there is no harm', facts(lost, true), []],
  ])('does not where %s', (_, given, harms) => {
    expect(isOnlyUnseen(given, 'intake', harms)).toBe(false);
  });
});
