import { describe, expect, test } from 'vitest';
import type { LogRecord } from '#src/domain/bundle.ts';
import { analyseLogs } from '#src/logs/windows/analyse.ts';
import { Random } from '../../../bench/logs/corpus/random.ts';

const START = Date.UTC(2024, 1, 5, 8);
const MINUTE = 60_000;
const iso = (at: number) => new Date(at).toISOString();
const WINDOW = { start: iso(START + 60 * MINUTE), end: iso(START + 75 * MINUTE) };
const BASELINE = { start: iso(START), end: iso(START + 60 * MINUTE) };

class Scene {
  readonly records: LogRecord[] = [];
  readonly random = new Random(5);

  add(at: number, line: string, service = 'api'): void {
    this.records.push({ timestamp: iso(at), service, line: `${iso(at)} ${line}` });
  }

  /** Orders all along, and an error that is always there. */
  usual(): this {
    for (let at = START; at < START + 75 * MINUTE; at += 1000) {
      this.add(
        at,
        `INFO a.Orders: order ${this.random.int(1, 9999)} placed in ${this.random.int(3, 90)} ms`,
      );
      if (this.random.chance(0.03))
        this.add(
          at,
          `ERROR a.Mail: could not send mail to u${this.random.int(1, 99)}@x.org: timeout`,
        );
    }
    return this;
  }

  analyse(options: Partial<Parameters<typeof analyseLogs>[1]> = {}) {
    this.records.sort((a, b) =>
      a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0,
    );
    return analyseLogs(this.records, { window: WINDOW, baseline: BASELINE, ...options });
  }
}

describe('analyseLogs', () => {
  test('finds nothing where nothing is different', () => {
    const { anomalies, comparison } = new Scene().usual().analyse();
    expect(anomalies).toEqual([]);
    expect(comparison).toMatchObject({ against: 'baseline', notes: [] });
  });

  test('puts one new error above a flood of harmless new lines', () => {
    const scene = new Scene().usual();
    for (let at = START + 62 * MINUTE; at < START + 75 * MINUTE; at += 100)
      scene.add(at, `INFO a.Cache: refreshed entry ${scene.random.int(1, 9999)}`);
    scene.add(START + 66 * MINUTE, 'ERROR a.Pay: provider answered nonsense');
    const { anomalies } = scene.analyse();
    expect(anomalies.map(({ kind, template }) => [kind, template])).toEqual([
      ['new', 'provider answered nonsense'],
      ['new', 'refreshed entry <*>'],
    ]);
    expect(anomalies[0]).toMatchObject({
      count: 1,
      baselineCount: 0,
      level: 'error',
      onset: iso(START + 66 * MINUTE).replace('.000', ''),
      services: ['api'],
    });
    expect(anomalies[0]?.exemplars).toHaveLength(1);
    expect(anomalies[1]?.exemplars).toHaveLength(5);
  });

  test('finds an error that comes far more often, and when that began', () => {
    const scene = new Scene().usual();
    for (let at = START + 64 * MINUTE; at < START + 75 * MINUTE; at += 3000)
      scene.add(at, 'ERROR a.Mail: could not send mail to u1@x.org: timeout');
    const [first, ...rest] = scene.analyse().anomalies;
    expect(first).toMatchObject({
      kind: 'surging',
      template: 'could not send mail to <*>: timeout',
    });
    expect(Math.abs(Date.parse(first?.onset ?? '') - (START + 64 * MINUTE))).toBeLessThanOrEqual(
      2 * MINUTE,
    );
    expect(rest).toEqual([]);
  });

  test('finds work that is no longer done', () => {
    const scene = new Scene().usual();
    for (let at = START; at < START + 65 * MINUTE; at += 20_000)
      scene.add(at, 'INFO a.Job: heartbeat of exporter');
    const [first] = scene.analyse().anomalies;
    expect(first).toMatchObject({ kind: 'vanished', template: 'heartbeat of exporter' });
    expect(Math.abs(Date.parse(first?.onset ?? '') - (START + 65 * MINUTE))).toBeLessThanOrEqual(
      MINUTE,
    );
  });

  test('does not cry at bursts that are usual', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const scene = new Scene().usual();
      const random = new Random(seed);
      for (let at = START; at < START + 75 * MINUTE; at += 10_000) {
        if (random.chance(0.03))
          for (let i = 0; i < 40; i++)
            scene.add(at + i, `WARN a.Pool: slow query took ${i} ms`, 'db');
      }
      expect(scene.analyse().anomalies.filter(({ score }) => score > 0.3)).toEqual([]);
    }
  });

  test('reads requests and their errors from access lines', () => {
    const scene = new Scene();
    for (let at = START; at < START + 75 * MINUTE; at += 2000) {
      const fails = at >= START + 63 * MINUTE && scene.random.chance(0.4);
      scene.add(
        at,
        `INFO http: GET /v1/orders/${scene.random.int(1, 999)} ${fails ? 503 : 200} ${fails ? 900 : 20}ms`,
      );
    }
    const { anomalies, access } = scene.analyse();
    expect(anomalies[0]).toMatchObject({
      kind: 'new',
      template: 'GET /v1/orders/{} 503',
      level: 'error',
    });
    const points = access[0]?.points ?? [];
    expect(points[0]).toMatchObject({ requests: 30, serverErrors: 0, p50: 20 });
    expect(points.at(-1)?.serverErrors).toBeGreaterThan(3);
    expect(points.at(-1)?.p95).toBe(900);
  });

  test('takes a trace that comes line by line for one record', () => {
    const scene = new Scene().usual();
    const at = START + 70 * MINUTE;
    for (const [i, line] of [
      'ERROR a.Pay: it broke',
      'java.lang.IllegalStateException: no',
      '\tat a.B.c(B.java:1)',
    ].entries()) {
      scene.records.push({
        timestamp: iso(at + 1 + i),
        service: 'api',
        line: i === 0 ? `${iso(at)} ${line}` : line,
      });
    }
    const [first] = scene.analyse().anomalies;
    expect(first).toMatchObject({ template: 'it broke', count: 1 });
    expect(first?.exemplars[0]?.line.split('\n')).toHaveLength(3);
  });

  test("compares with the window's beginning when there is no baseline, and says so", () => {
    const scene = new Scene().usual();
    for (let at = START + 50 * MINUTE; at < START + 75 * MINUTE; at += 5000)
      scene.add(at, 'ERROR a.Db: connection refused');
    const { comparison, anomalies } = scene.analyse({
      window: { start: iso(START), end: WINDOW.end },
      baseline: undefined,
    });
    expect(comparison).toMatchObject({ against: 'start-of-window', confidence: 0.3 });
    expect(comparison.notes[0]).toContain('no records before the window');
    expect(anomalies[0]).toMatchObject({ kind: 'new', template: 'connection refused' });
  });

  test('says nothing of logs that are empty or bear no time', () => {
    expect(analyseLogs([], { window: WINDOW })).toMatchObject({
      anomalies: [],
      templates: [],
      comparison: { against: 'none', confidence: 0 },
    });
    const records = [{ timestamp: 'yesterday', service: 'a', line: 'ERROR boom' }];
    expect(analyseLogs(records, { window: WINDOW, baseline: BASELINE })).toMatchObject({
      undated: 1,
      anomalies: [],
    });
  });

  test('gives severities per service and minute', () => {
    const { severity } = new Scene().usual().analyse();
    expect(severity.map(({ service, level }) => [service, level])).toEqual([
      ['api', 'error'],
      ['api', 'info'],
    ]);
    expect(severity[1]?.perMinute).toHaveLength(75);
    expect(severity[1]?.perMinute[0]).toEqual([START / 1000, 60]);
  });

  test('gives the same for the same records', () => {
    const scene = new Scene().usual();
    expect(JSON.stringify(scene.analyse())).toBe(JSON.stringify(scene.analyse()));
  });
});
