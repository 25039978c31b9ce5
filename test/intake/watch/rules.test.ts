import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import type { Finding } from '#src/intake/watch/contract.ts';
import { advance, type RuleState, readRuleState } from '#src/intake/watch/rules.ts';

const DOWN: Finding = {
  alertname: 'ServiceDown',
  service: 'shop',
  severity: 'critical',
  summary: 'shop is down',
  description: 'connection refused',
};
const START = Date.parse('2026-03-01T10:00:00Z');

/** Looks every ten seconds, each seeing what it is given; null is a look that cannot tell. */
function run(looks: (Finding[] | null)[], forMs = 30_000) {
  let troubles: RuleState['troubles'] = {};
  return looks.map((findings, index) => {
    const result = advance(troubles, {
      findings: findings ?? [],
      isUnknown: () => findings === null,
      now: START + index * 10_000,
      forMs,
    });
    troubles = result.troubles;
    return result;
  });
}

const told = (looks: ReturnType<typeof run>): string[][] =>
  looks.map(({ alerts }) => alerts.map(({ status }) => status));

describe('the rules of the watch', () => {
  it('fire when trouble has lasted, from when it was seen first, and end with it', () => {
    const looks = run([[DOWN], [DOWN], [DOWN], [DOWN], [DOWN], []]);
    expect(told(looks)).toEqual([[], [], [], ['firing'], [], ['resolved']]);
    expect(looks[3]?.alerts[0]).toEqual({
      status: 'firing',
      labels: { alertname: 'ServiceDown', service: 'shop', severity: 'critical' },
      annotations: { summary: 'shop is down', description: 'connection refused' },
      startsAt: '2026-03-01T10:00:00Z',
      endsAt: null,
      fingerprint: fingerprintOf({
        alertname: 'ServiceDown',
        service: 'shop',
        severity: 'critical',
      }),
    });
    expect(looks[5]?.alerts[0]?.endsAt).toBe('2026-03-01T10:00:50Z');
    expect(looks.map(({ firing }) => firing.length)).toEqual([0, 0, 0, 1, 1, 0]);
  });

  it('forget trouble that was short, and begin anew with the next', () => {
    expect(told(run([[DOWN], [DOWN], [], [DOWN], [DOWN], [DOWN]]))).toEqual([
      ...[[], [], [], [], [], []],
    ]);
  });

  it('leave things as they are while nothing can be told', () => {
    const looks = run([[DOWN], null, null, null, [DOWN], null, []]);
    expect(told(looks)).toEqual([[], [], [], [], ['firing'], [], ['resolved']]);
    expect(looks[5]?.firing).toHaveLength(1);
  });

  it('fire at once without a time to wait, and tell of what goes on once an hour', () => {
    const looks = run(
      Array.from({ length: 400 }, () => [DOWN]),
      0,
    );
    const at = told(looks).flatMap((statuses, index) => (statuses.length > 0 ? [index] : []));
    expect(at).toEqual([0, 360]);
    expect(
      new Set(looks.flatMap(({ alerts }) => alerts).map(({ startsAt }) => startsAt)).size,
    ).toBe(1);
  });

  it('survive a clock that jumps back', () => {
    const first = advance({}, { findings: [DOWN], isUnknown: () => false, now: START, forMs: 0 });
    const back = START - 86_400_000;
    const second = advance(first.troubles, {
      findings: [],
      isUnknown: () => false,
      now: back,
      forMs: 0,
    });
    const [ended] = second.alerts;
    expect(Date.parse(ended?.endsAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(ended?.startsAt ?? ''),
    );
  });

  it('give every end a beginning, whatever is seen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('down', 'fine', 'unknown'), { maxLength: 40 }),
        fc.constantFrom(0, 10_000, 30_000),
        (seen, forMs) => {
          const looks = run(
            seen.map((what) => (what === 'down' ? [DOWN] : what === 'fine' ? [] : null)),
            forMs,
          );
          let isFiring = false;
          for (const [index, { alerts, firing }] of looks.entries()) {
            for (const { status } of alerts) {
              if (status === 'resolved') expect(isFiring).toBe(true);
              isFiring = status === 'firing';
            }
            expect(firing.length > 0).toBe(isFiring);
            if (seen[index] === 'fine') expect(isFiring).toBe(false);
          }
        },
      ),
    );
  });
});

describe('the kept state of the rules', () => {
  it('is empty where it is broken', () => {
    const empty = { version: 1, troubles: {}, errors: {} };
    for (const text of [null, '', '{', '[]', '{"version":2}', '{"version":1,"troubles":[]}']) {
      expect(readRuleState(text)).toEqual(empty);
    }
  });

  it('goes on where it was', () => {
    const [look] = run([[DOWN]]);
    const kept = { version: 1 as const, troubles: look?.troubles ?? {}, errors: { shop: [START] } };
    expect(readRuleState(JSON.stringify(kept))).toEqual(kept);
  });
});
