import { describe, expect, it } from 'vitest';
import type { ChangesInput } from '#src/changes/contract.ts';
import { assessChanges } from '#src/changes/score.ts';
import { at, find, flag, makeCase, shop } from './case.ts';

const harmed: Partial<ChangesInput> = {
  onsets: [{ service: 'orders', at: at(0) }],
  firstFailing: 'orders',
  topology: shop,
  metrics: [
    {
      ...{ service: 'orders', signal: 'latency', direction: 'up', name: 'p99' },
      ...{ at: at(0), weight: 0.9 },
    },
  ],
};
const score = (flags: ChangesInput['flags'], more: Partial<ChangesInput> = {}): number => {
  const input = makeCase({ ...harmed, ...more, flags });
  return find(assessChanges(input), flags[0]?.name ?? '').score;
};

describe('flags', () => {
  it('suspects a large step more than a small one', () => {
    const small = score([flag('basket.depth', -1, '35%', '50%', 'orders')]);
    const large = score([flag('basket.depth', -1, '6', '45', 'orders')]);
    expect(large).toBeGreaterThan(small + 0.1);
  });

  it('looks at the step of a roll-out that came before the harm', () => {
    const steps = score([
      flag('fast', -10_000, '0%', '10%', 'orders'),
      flag('fast', -1, '10%', '100%', 'orders'),
    ]);
    expect(steps).toBeGreaterThan(score([flag('fast', -10_000, '0%', '10%', 'orders')]) + 0.2);
  });

  it('suspects one that was set just before more than one that was set minutes before', () => {
    expect(score([flag('fast', -1, 'off', 'on', 'orders')])).toBeGreaterThan(
      score([flag('fast', -8, 'off', 'on', 'orders')]),
    );
  });

  it('suspects one whose name the evidence speaks of', () => {
    const logs = [
      { text: 'substitutions: gave up after 2s', service: 'orders', at: at(0), weight: 0.9 },
    ];
    expect(
      score([flag('substitutions.depth', -1, 'off', 'on', 'orders')], { logs }),
    ).toBeGreaterThan(score([flag('footer.colour', -1, 'off', 'on', 'orders')], { logs }));
  });
});

describe('late harm', () => {
  it('does not follow from a migration that ran long ago', () => {
    const body = '\n+ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT 0;\n';
    const judge = (days: number): number =>
      find(
        assessChanges(
          makeCase({
            ...harmed,
            commits: [
              {
                ...{ sha: 'm'.padEnd(40, '0'), author: '', message: '', service: 'orders' },
                timestamp: new Date(at(-days * 1440)).toISOString(),
                files: ['migrations/7.sql'],
                diff: `diff --git a/migrations/7.sql b/migrations/7.sql\nnew file mode 100644\n--- /dev/null\n+++ b/migrations/7.sql\n@@ -0,0 +1 @@${body}`,
              },
            ],
            logs: [
              {
                ...{ text: 'lock wait timeout exceeded', service: 'orders' },
                ...{ at: at(0), weight: 0.9 },
              },
            ],
          }),
        ),
        'm',
      ).score;
    expect(judge(1)).toBeGreaterThan(3 * judge(200));
  });
});
