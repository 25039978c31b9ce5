import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bundle } from '#src/domain/bundle.ts';
import { canonicalBundle } from '#src/evidence/bundle/canonical.ts';
import { readBundle } from '#src/evidence/bundle/read.ts';
import { redactBundle } from '#src/evidence/bundle/redact.ts';
import { writeBundle } from '#src/evidence/bundle/write.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const time = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.toWellFormed());
const labels = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), text, { maxKeys: 3 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0);

const bundles: fc.Arbitrary<Bundle> = fc.record({
  manifest: fc.record({
    schema: fc.constant('incident-bundle/v1' as const),
    capturedAt: time,
    window: fc.record({ start: time, end: time }),
    baseline: fc.record({ start: time, end: time }),
    service: text,
  }),
  alertGroup: fc.constant(null),
  rules: fc.array(fc.record({ name: text, query: text, duration: fc.nat() }), { maxLength: 2 }),
  gaps: fc.array(fc.record({ source: text, why: text, hint: text }), { maxLength: 3 }),
  services: fc
    .dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.record({ owner: text }), { maxKeys: 3 })
    .map((all) => new Map(Object.entries(all))),
  metrics: fc.array(
    fc.record({
      metric: labels,
      values: fc.array(fc.tuple(number, text), { maxLength: 4 }),
      query: text,
      service: text,
      type: fc.constantFrom('counter' as const, 'gauge' as const),
    }),
    { maxLength: 4 },
  ),
  logs: fc.array(fc.record({ timestamp: time, service: text, line: text, labels }), {
    maxLength: 5,
  }),
  health: fc.array(
    fc.record({ timestamp: time, service: text, url: text, status: fc.nat({ max: 599 }) }),
    { maxLength: 3 },
  ),
  changes: fc.record({
    commits: fc.array(
      fc.record({
        sha: text,
        author: text,
        timestamp: time,
        message: text,
        files: fc.array(text, { maxLength: 2 }),
        diff: fc.option(text),
        service: text,
      }),
      { maxLength: 3 },
    ),
    deploys: fc.array(fc.record({ timestamp: time, service: text, commit: text, version: text }), {
      maxLength: 3,
    }),
    flags: fc.array(fc.record({ timestamp: time, name: text, from: text, to: text }), {
      maxLength: 3,
    }),
  }),
  spans: fc.array(
    fc.record({
      traceId: text,
      spanId: text,
      service: text,
      name: text,
      start: time,
      durationMs: number,
      status: fc.constantFrom('OK' as const, 'ERROR' as const),
      attributes: labels,
    }),
    { maxLength: 3 },
  ),
  events: fc.array(fc.record({ timestamp: time, source: text, title: text }), { maxLength: 3 }),
  runbooks: fc
    .array(fc.record({ name: fc.stringMatching(/^[a-z]{1,8}\.md$/), text }), { maxLength: 2 })
    .map((all) => [...new Map(all.map((one) => [one.name, one])).values()]),
  past: fc.array(fc.record({ id: text, title: text }), { maxLength: 2 }),
  repositories: fc.constant([]),
});

const read = async (dir: string): Promise<Bundle> =>
  canonicalBundle(await readBundle(dir, parseAlertmanagerPayload));
const noExport = async (): Promise<void> => {};

describe('bundles', () => {
  it('come back as they were written, whatever they hold', async () => {
    const dir = tempDir();
    await fc.assert(
      fc.asyncProperty(bundles, async (bundle) => {
        const written = canonicalBundle(bundle);
        await writeBundle(written, dir, noExport);
        expect(await read(dir)).toEqual(written);
      }),
      { numRuns: 60 },
    );
  });

  it('do not change when they are redacted a second time', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        const once = redactBundle(
          bundle,
          createRedactor({ enabled: true, addresses: false, patterns: {} }),
        );
        const twice = redactBundle(
          once,
          createRedactor({ enabled: true, addresses: false, patterns: {} }),
        );
        expect(twice).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it('replace an older one, but for what somebody expects of it', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'expected.json'), '{}');
    const [first, second] = fc.sample(bundles, { numRuns: 2, seed: 7 }) as [Bundle, Bundle];
    const repository = { service: 'a/../b', kind: 'fast-export' as const, file: 'x' };
    await writeBundle({ ...first, repositories: [repository] }, dir, async (_service, file) =>
      writeFileSync(file, 'x'),
    );
    expect(readdirSync(join(dir, 'repos'))).toEqual(['a_.._b.fast-export']);
    await writeBundle(canonicalBundle(second), dir, noExport);
    expect(await read(dir)).toEqual(canonicalBundle(second));
    expect(existsSync(join(dir, 'expected.json'))).toBe(true);
    expect(existsSync(join(dir, 'repos'))).toBe(false);
    expect(statSync(join(dir, 'bundle.json')).mode & 0o077).toBe(0);
  });

  it('have no manifest when the writing was cut short', async () => {
    const dir = tempDir();
    const [bundle] = fc.sample(bundles, { numRuns: 1, seed: 3 }) as [Bundle];
    await writeBundle(canonicalBundle(bundle), dir, noExport);
    const repositories = [{ service: 'a', kind: 'fast-export' as const, file: 'x' }];
    const failing = writeBundle({ ...bundle, repositories }, dir, async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    await expect(failing).rejects.toThrow('cannot be written (no space left on the disk)');
    expect(existsSync(join(dir, 'bundle.json'))).toBe(false);
  });

  it('cannot be written over a file', async () => {
    const [bundle] = fc.sample(bundles, { numRuns: 1 }) as [Bundle];
    const file = join(tempDir(), 'file');
    writeFileSync(file, 'x');
    await expect(writeBundle(bundle, file, noExport)).rejects.toThrow(/cannot be written/);
    expect(readFileSync(file, 'utf8')).toBe('x');
    mkdirSync(join(tempDir(), 'x'));
  });
});
