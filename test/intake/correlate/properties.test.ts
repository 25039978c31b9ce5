import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Alert } from '#src/domain/alert.ts';
import { alertOf } from '../../helpers/alerts.ts';
import { MINUTE, START, World } from './world.ts';

const SERVICES = ['a', 'b', 'c', 'd'].map((name, index) => ({
  name,
  depends_on: ['a', 'b', 'c', 'd'].slice(index + 1, index + 2),
}));

type Step = { service: string; rule: string; start: number; resolved: boolean; after: number };
const step: fc.Arbitrary<Step> = fc.record({
  service: fc.constantFrom('a', 'b', 'c', 'd', 'x'),
  rule: fc.constantFrom('Down', 'Slow'),
  start: fc.integer({ min: 0, max: 40 }),
  resolved: fc.boolean(),
  after: fc.integer({ min: 0, max: 20 }),
});

const alertAt = ({ service, rule, start, resolved, after }: Step): Alert =>
  alertOf(
    { alertname: rule, service },
    START + start * MINUTE,
    resolved ? { endsAt: START + (start + after) * MINUTE } : {},
  );

const run = (steps: readonly Step[], size: number): World => {
  const world = new World(SERVICES);
  for (let at = 0; at < steps.length; at += size) {
    world.deliver(steps.slice(at, at + size).map(alertAt), START + (at + 41) * MINUTE);
  }
  return world;
};

it('keeps every alert exactly once, whatever comes in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (steps, size) => {
        const world = run(steps, size);
        const keys = world.occurrences.map((one) => `${one.fingerprint}@${one.startsAt}`);
        expect(new Set(keys).size).toBe(keys.length);
        const firing = new Set(
          steps
            .filter((one) => !one.resolved)
            .map((one) => `${alertAt(one).fingerprint}@${START + one.start * MINUTE}`),
        );
        for (const key of firing) expect(keys).toContain(key);
        const delivered = world.plans.reduce(
          (sum, plan) => sum + plan.started.length + plan.repeated.length,
          0,
        );
        const settled = world.plans.reduce(
          (sum, plan) => sum + plan.ended.length + plan.resumed.length,
          0,
        );
        expect(delivered + settled).toBeGreaterThanOrEqual(steps.length);
      },
    ),
    { numRuns: 300 },
  );
});

it('counts what fires, and resolves exactly the incidents where nothing does', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (steps, size) => {
        const world = run(steps, size);
        for (const incident of world.list) {
          const own = world.occurrences.filter((one) => one.incidentId === incident.id);
          const firing = own.filter((one) => one.endsAt === null).length;
          const total = (pick: 'firing' | 'total'): number =>
            incident.parts.reduce((sum, part) => sum + part[pick], 0);
          expect(total('firing')).toBe(firing);
          expect(total('total')).toBe(own.length);
          if (firing > 0) expect(incident.status).toBe('open');
          else expect(['resolved', 'mitigated']).toContain(incident.status);
          if (incident.status === 'resolved') expect(firing).toBe(0);
          expect(incident.parts.some((part) => part.service === incident.service)).toBe(true);
        }
        // Whatever has an incident has one that is there.
        for (const { incidentId } of world.occurrences) {
          if (incidentId !== null) expect(world.list.map(({ id }) => id)).toContain(incidentId);
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('gives the same plan for the same input', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      expect(run(steps, 3).plans).toEqual(run(steps, 3).plans);
    }),
    { numRuns: 50 },
  );
});
