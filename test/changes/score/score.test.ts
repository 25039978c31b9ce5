import { describe, expect, it } from 'vitest';
import { assessChanges } from '#src/changes/score.ts';
import {
  at,
  COMMENT,
  commit,
  deploy,
  find,
  LEAK,
  makeCase,
  SLOW,
  sha,
  shop,
  TIDY,
  TIGHT,
  timeouts,
} from './case.ts';

describe('assessChanges', () => {
  it('finds a timeout that became too short among decoys', () => {
    const result = assessChanges(
      makeCase({
        ...timeouts,
        topology: shop,
        onsets: [{ service: 'orders', at: at(0) }],
        healthy: ['catalog', 'payments', 'newsletter'],
        commits: [
          commit('a1', -300, 'services/catalog/view.py', TIDY, { service: 'catalog' }),
          commit('b1', -20, 'services/orders/config.yml', TIGHT, { service: 'orders' }),
          commit('c1', -15, 'services/orders/core.py', COMMENT, { service: 'orders' }),
          commit('d1', -12, 'services/newsletter/send.py', TIDY, { service: 'newsletter' }),
          commit('e1', 9, 'services/orders/retry.yml', TIGHT, { service: 'orders' }),
        ],
        deploys: [
          deploy('orders', 'c1', -4),
          deploy('newsletter', 'd1', -2),
          deploy('orders', 'e1', 10),
        ],
      }),
    );
    expect(result.filter(({ kind }) => kind === 'commit')[0]?.id).toBe(sha('b1'));
    expect(find(result, 'b1').score).toBeGreaterThan(0.8);
    expect(find(result, 'b1').location).toEqual({ file: 'services/orders/config.yml', line: 12 });
    expect(find(result, 'c1').acquitted).toMatch(/comments/);
    expect(find(result, 'd1').acquitted).toMatch(/newsletter/);
    expect(find(result, 'e1').acquitted).toMatch(/10m after orders was harmed/);
    expect(find(result, 'a1').score).toBeLessThan(0.15);
    for (const one of result) expect(one.score).toBeLessThanOrEqual(1);
  });

  it('accepts harm that comes late where the mechanism and the symptoms are of that kind', () => {
    const common = {
      topology: shop,
      onsets: [{ service: 'orders', at: at(0) }],
      logs: [{ text: 'container orders was OOMKilled', service: 'orders', at: at(0), weight: 0.9 }],
      metrics: [
        {
          service: 'orders',
          signal: 'saturation',
          direction: 'up',
          name: 'process_resident_memory_bytes',
          at: at(-600),
          weight: 0.9,
          isRamp: true,
        } as const,
      ],
      commits: [
        commit('a1', -1300, 'services/orders/handle.py', LEAK, { service: 'orders' }),
        commit('b1', -30, 'services/orders/view.py', TIDY, { service: 'orders' }),
      ],
      deploys: [deploy('orders', 'a1', -1200), deploy('orders', 'b1', -10)],
    };
    const result = assessChanges(makeCase(common));
    expect(find(result, 'a1').score).toBeGreaterThan(0.55);
    expect(find(result, 'a1').factors.some(({ text }) => text.includes('comes late (leak)'))).toBe(
      true,
    );
    expect(find(result, 'b1').score).toBeLessThan(0.2);
  });

  it('follows a stack trace to the line that changed', () => {
    const result = assessChanges(
      makeCase({
        onsets: [{ service: 'api', at: at(0) }],
        topology: [{ name: 'api', dependsOn: [] }],
        logs: [{ text: "KeyError: 'X-Region'", service: 'api', at: at(0), weight: 0.95, id: 'L1' }],
        locations: [
          {
            file: 'api/handlers.py',
            line: 11,
            function: 'region',
            service: 'api',
            score: 1,
            id: 'K1',
          },
        ],
        blame: [{ sha: sha('a1'), score: 0.9, why: 'last changed the culprit line', id: 'K1' }],
        commits: [
          commit(
            'a1',
            -45,
            'api/handlers.py',
            `
 def region(headers):
-    return headers.get("X-Region", "eu")
+    return headers["X-Region"]
`,
          ),
          commit('b1', -8, 'api/other.py', TIDY),
        ],
      }),
    );
    expect(find(result, 'a1').score).toBeGreaterThan(0.95);
    expect(find(result, 'a1').location).toEqual({ file: 'api/handlers.py', line: 11 });
    expect(find(result, 'b1').score).toBeLessThan(0.4);
  });

  it('accuses nobody of a surge of traffic or of a broken network', () => {
    const commits = [
      commit('a1', -40, 'services/orders/view.py', TIDY, { service: 'orders' }),
      commit(
        'b1',
        -90,
        'services/orders/labels.py',
        `
-TITLE = "Orders"
+TITLE = "Your orders"
`,
        { service: 'orders' },
      ),
    ];
    const base = { topology: shop, onsets: [{ service: 'orders', at: at(0) }], commits };
    const surge = assessChanges(
      makeCase({
        ...base,
        metrics: [
          {
            service: 'orders',
            signal: 'traffic',
            direction: 'up',
            name: 'http_requests',
            at: at(-2),
            weight: 1,
          },
          {
            service: 'orders',
            signal: 'saturation',
            direction: 'up',
            name: 'container_cpu',
            at: at(0),
            weight: 0.9,
          },
          {
            service: 'orders',
            signal: 'latency',
            direction: 'up',
            name: 'http_duration',
            at: at(0),
            weight: 0.9,
          },
        ],
      }),
    );
    const network = assessChanges(
      makeCase({
        ...base,
        logs: [
          {
            text: 'dial tcp: lookup bank.example on 10.0.0.2:53: no such host',
            service: 'orders',
            at: at(0),
            weight: 1,
          },
        ],
      }),
    );
    for (const one of [...surge, ...network])
      expect(one.score, `${one.id} ${JSON.stringify(one.factors)}`).toBeLessThan(0.3);
  });

  it('counts healthy siblings with the same change against it', () => {
    const make = (healthy: string[]): number =>
      find(
        assessChanges(
          makeCase({
            topology: [
              { name: 'eu-api', dependsOn: [] },
              { name: 'us-api', dependsOn: [] },
              { name: 'ap-api', dependsOn: [] },
            ],
            onsets: [{ service: 'eu-api', at: at(0) }],
            healthy,
            metrics: [
              {
                service: 'eu-api',
                signal: 'latency',
                direction: 'up',
                name: 'latency',
                at: at(0),
                weight: 1,
              },
            ],
            commits: [commit('a1', -60, 'src/view.py', SLOW)],
            deploys: [
              deploy('eu-api', 'a1', -20),
              deploy('us-api', 'a1', -25),
              deploy('ap-api', 'a1', -30),
            ],
          }),
        ),
        'a1',
      ).score;
    expect(make([])).toBeGreaterThan(0.8);
    expect(make(['us-api'])).toBeLessThan(make([]) - 0.1);
    expect(make(['us-api', 'ap-api'])).toBeLessThan(0.5);
  });
});
