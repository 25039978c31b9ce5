import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SourceSettings } from '#src/evidence/contract.ts';
import { createSources, SOURCES } from '#src/evidence/registry.ts';
import { createHttp } from '#src/platform/http.ts';
import { silentLogger } from '#src/platform/logger.ts';

const FOLDER = new URL('../../src/evidence/sources/', import.meta.url);
const TESTS = new URL('../evidence/sources/', import.meta.url);
const IDS = Object.keys(SOURCES).sort();

/** Nothing configured, nowhere to look: what a fresh machine has. */
const nothing: SourceSettings = {
  prometheus: { maxPoints: 10, maxSeries: 10, timeoutMs: 100 },
  loki: { maxLines: 10, timeoutMs: 100 },
  'log-files': { maxBytesPerFile: 1000, maxRecords: 10, hasLoki: false },
  health: { timeoutMs: 100 },
  'metrics-page': { timeoutMs: 100, scrapeGapMs: 1, hasPrometheus: false },
  git: { changeDays: 1 },
  'recorded-changes': { read: async () => ({ deploys: [], flags: [], events: [] }) },
  'github-deployments': { apiUrl: 'http://127.0.0.1:9', timeoutMs: 100, changeDays: 1 },
  tempo: { maxTraces: 1, timeoutMs: 100 },
  'past-incidents': { read: async () => [] },
  runbooks: { hosts: [], timeoutMs: 100 },
};

const sources = createSources(nothing, {
  http: createHttp(),
  logger: silentLogger,
  now: () => 1_000_000,
});

describe('the registry of evidence sources', () => {
  it('holds every file of the folder under its name', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
    expect(files.map((name) => name.slice(0, -3)).sort()).toEqual(IDS);
    expect(sources.map(({ id }) => id).sort()).toEqual(IDS);
  });

  it.each(IDS)('%s has a test that runs it', (id) => {
    const tests = readdirSync(TESTS).map((name) => readFileSync(new URL(name, TESTS), 'utf8'));
    const helpers = new URL('../helpers/', TESTS);
    if (existsSync(helpers)) {
      tests.push(
        ...readdirSync(helpers).map((name) => readFileSync(new URL(name, helpers), 'utf8')),
      );
    }
    expect(tests.some((text) => text.includes(`evidence/sources/${id}.ts`))).toBe(true);
  });

  it.each(sources)('$id gives a gap or nothing where it has nowhere to look', async (source) => {
    const target = { name: 'shop' };
    const span = { start: 0, end: 1000 };
    const request = { target, services: [target], alerts: [], window: span, baseline: span };
    const found = await source.collect(request, AbortSignal.timeout(1000));
    for (const gap of found.gaps ?? []) {
      expect(gap.source).toBe(source.id);
      // Not to have something is no fault, so it comes with what to do about it.
      expect(gap.hint).toMatch(/^(?:Set|Add|Name) /);
    }
  });
});
