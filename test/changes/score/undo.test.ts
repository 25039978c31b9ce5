import { describe, expect, it } from 'vitest';
import type { ChangeAssessment } from '#src/changes/contract.ts';
import { assessChanges } from '#src/changes/score.ts';
import {
  at,
  COMMENT,
  commit,
  deploy,
  find,
  flag,
  LEAK,
  makeCase,
  NOON,
  sha,
  shop,
  TIDY,
  TIGHT,
  timeouts,
} from './case.ts';

describe('assessChanges on what followed', () => {
  it('learns from a roll-back', () => {
    const make = (endedAt: number | null): ChangeAssessment =>
      find(
        assessChanges(
          makeCase({
            topology: shop,
            onsets: [{ service: 'orders', at: at(0), endedAt }],
            metrics: [
              {
                service: 'orders',
                signal: 'errors',
                direction: 'up',
                name: 'errors',
                at: at(0),
                weight: 1,
              },
              {
                service: 'orders',
                signal: 'errors',
                direction: 'up',
                name: 'errors',
                at: at(120),
                weight: 0.1,
              },
            ],
            commits: [
              commit('a0', -900, 'README.md', COMMENT, { service: 'orders' }),
              commit('a1', -60, 'src/view.py', TIDY, { service: 'orders' }),
            ],
            deploys: [
              deploy('orders', 'a0', -800),
              deploy('orders', 'a1', -5),
              deploy('orders', 'a0', 30),
            ],
          }),
        ),
        'a1',
      );
    const cured = make(at(33));
    const uncured = make(null);
    expect(cured.score).toBeGreaterThan(0.85);
    expect(cured.factors.some(({ id, text }) => id === 'undo' && text.includes('recovered'))).toBe(
      true,
    );
    expect(uncured.score).toBeLessThan(0.25);
    expect(
      uncured.factors.some(({ id, text }) => id === 'undo' && text.includes('stayed harmed')),
    ).toBe(true);
  });

  it('judges flags by their direction and by what followed', () => {
    const result = assessChanges(
      makeCase({
        topology: shop,
        onsets: [{ service: 'orders', at: at(0), endedAt: at(41) }],
        logs: [
          {
            text: 'new_checkout: coupon lookup failed with TypeError',
            service: 'orders',
            at: at(0),
            weight: 0.9,
          },
        ],
        flags: [
          flag('new_checkout', -2, 'false', 'true', 'orders'),
          flag('new_checkout', 40, 'true', 'false', 'orders'),
          flag('dark_mode', 12, 'false', 'true', 'web'),
        ],
        commits: [commit('a1', -5000, 'src/view.py', TIDY, { service: 'orders' })],
      }),
    );
    expect(find(result, 'new_checkout').score).toBeGreaterThan(0.85);
    expect(find(result, 'dark_mode').acquitted).toMatch(/after/);
    expect(find(result, 'a1').score).toBeLessThan(0.15);
  });

  it('knows that a commit was never deployed, or taken back before the harm', () => {
    const revert = {
      message: `Revert "tighten"\n\nThis reverts commit ${sha('a1')}.`,
      service: 'orders',
    };
    const result = assessChanges(
      makeCase({
        ...timeouts,
        topology: shop,
        onsets: [{ service: 'orders', at: at(0) }],
        commits: [
          commit('a1', -200, 'services/orders/config.yml', TIGHT, {
            service: 'orders',
            message: 'tighten',
          }),
          commit(
            'a2',
            -100,
            'services/orders/config.yml',
            TIGHT.replace(/^-/gm, '#').replace(/^\+/gm, '-').replace(/^#/gm, '+'),
            revert,
          ),
          commit('a3', -30, 'services/orders/pool.yml', TIGHT, { service: 'orders' }),
        ],
        deploys: [deploy('orders', 'a1', -190), deploy('orders', 'a2', -90)],
      }),
    );
    expect(find(result, 'a1').acquitted).toMatch(/taken back/);
    expect(find(result, 'a3').acquitted).toMatch(/never deployed to orders/);
  });

  it('finds the pool that the logs count', () => {
    const result = assessChanges(
      makeCase({
        topology: shop,
        onsets: [{ service: 'catalog', at: at(0) }],
        logs: [
          {
            text: 'HikariPool-1 - Connection is not available, request timed out after 30000ms (total=4, active=4, idle=0, waiting=37)',
            service: 'catalog',
            at: at(0),
            weight: 0.95,
          },
        ],
        metrics: [
          {
            service: 'catalog',
            signal: 'latency',
            direction: 'up',
            name: 'http_server_requests_seconds',
            at: at(0),
            weight: 0.9,
          },
        ],
        commits: [
          commit(
            'a1',
            -300,
            'catalog/application.properties',
            `
-spring.datasource.hikari.maximum-pool-size=40
+spring.datasource.hikari.maximum-pool-size=4
`,
            { service: 'catalog' },
          ),
          commit(
            'b1',
            -12,
            'catalog/View.java',
            `
-        return name.trim();
+        return name.strip();
`,
            { service: 'catalog' },
          ),
        ],
        deploys: [deploy('catalog', 'a1', -290), deploy('catalog', 'b1', -10)],
      }),
    );
    expect(find(result, 'a1').score).toBeGreaterThan(0.6);
    expect(find(result, 'b1').score).toBeLessThan(0.3);
    expect(find(result, 'a1').score).toBeGreaterThan(2 * find(result, 'b1').score);
  });

  it('says little without a diff, and nothing without harm', () => {
    const input = makeCase({
      topology: shop,
      onsets: [{ service: 'orders', at: at(0) }],
      metrics: [
        {
          service: 'orders',
          signal: 'errors',
          direction: 'up',
          name: 'errors',
          at: at(0),
          weight: 1,
        },
      ],
      commits: [
        commit('a1', -10, 'services/orders/core.py', null),
        commit('b1', -10, 'docs/x.md', null),
      ],
    });
    const result = assessChanges(input);
    expect(find(result, 'a1').score).toBeGreaterThan(0.2);
    expect(find(result, 'a1').score).toBeLessThan(0.75);
    expect(find(result, 'b1').acquitted).toMatch(/documentation/);
    const calm = assessChanges({ ...input, onsets: [], metrics: [] });
    for (const one of calm) expect(one.score).toBeLessThan(0.3);
  });

  it('holds a dependency that broke first, and not its callers', () => {
    const result = assessChanges(
      makeCase({
        topology: shop,
        onsets: [
          { service: 'payments', at: at(0) },
          { service: 'orders', at: at(1) },
          { service: 'web', at: at(2) },
        ],
        firstFailing: 'payments',
        logs: [
          {
            text: "TypeError: Cannot read properties of undefined (reading 'iban')",
            service: 'payments',
            at: at(0),
            weight: 0.95,
          },
          { text: 'upstream payments answered 500', service: 'orders', at: at(1), weight: 0.7 },
        ],
        metrics: [],
        commits: [
          commit(
            'a1',
            -30,
            'services/payments/charge.js',
            `
 function iban(account) {
-  return account?.bank?.iban;
+  return account.bank.iban;
 }
`,
            { service: 'payments' },
          ),
          commit(
            'b1',
            -9,
            'services/web/cart.js',
            `
 function total(cart) {
-  return cart.lines.reduce(sum, 0);
+  return cart.lines.reduce(sum, cart.shipping);
 }
`,
            { service: 'web' },
          ),
        ],
        deploys: [deploy('payments', 'a1', -6), deploy('web', 'b1', -3)],
      }),
    );
    expect(find(result, 'a1').score).toBeGreaterThan(0.85);
    expect(find(result, 'b1').score).toBeLessThan(0.3);
  });

  it('does not depend on the order of its input', () => {
    const input = makeCase({
      ...timeouts,
      topology: shop,
      onsets: [
        { service: 'orders', at: at(0) },
        { service: 'web', at: at(1) },
      ],
      commits: [
        commit('b1', -20, 'a.yml', TIGHT),
        commit('a1', -20, 'b.yml', TIGHT),
        commit('c1', -20, 'c.py', LEAK),
      ],
      deploys: [deploy('orders', 'a1', -4), deploy('web', 'c1', -2)],
    });
    const turned = {
      ...input,
      commits: [...input.commits].reverse(),
      deploys: [...input.deploys].reverse(),
      onsets: [...input.onsets].reverse(),
      topology: [...input.topology].reverse(),
    };
    expect(JSON.stringify(assessChanges(turned))).toBe(JSON.stringify(assessChanges(input)));
    expect(NOON).toBeGreaterThan(0);
  });
});
