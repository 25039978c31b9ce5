import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configSchema } from '#src/config/schema.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import { createHttp } from '#src/platform/http.ts';
import type { TicketRef, TrackerSettings } from '#src/tickets/contract.ts';
import { createTracker, TRACKERS } from '#src/tickets/registry.ts';
import { WORLDS } from '../tickets/worlds.ts';

const FOLDER = new URL('../../src/tickets/trackers/', import.meta.url);
const IDS = Object.keys(TRACKERS).sort() as (keyof TrackerSettings)[];

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const timeoutMs = 500;
const settings: TrackerSettings = {
  'github-issues': {
    apiUrl: NOWHERE,
    token: 't',
    repositoryOf: () => 'a/b',
    labels: [],
    timeoutMs,
  },
  jira: {
    url: NOWHERE,
    deployment: 'cloud',
    apiToken: 't',
    project: 'OPS',
    issueType: 'Bug',
    labels: [],
    timeoutMs,
  },
  linear: { url: NOWHERE, apiKey: 'k', team: 'OPS', timeoutMs },
};
const trackers = IDS.map((id) =>
  createTracker(id, settings[id], { http: createHttp(), now: () => 0 }),
);

describe('the registry of trackers', () => {
  it('holds every file of the folder under its name, and the configuration knows each', () => {
    const files = readdirSync(FOLDER).map((name) => name.replace(/\.ts$/, ''));
    expect(files.sort()).toEqual(IDS);
    expect(trackers.map(({ id }) => id).sort()).toEqual(IDS);
    for (const tracker of IDS) {
      expect(configSchema.parse({ tickets: { tracker } }).tickets.tracker).toBe(tracker);
      expect(Object.keys(WORLDS).some((name) => name.startsWith(tracker))).toBe(true);
    }
  });

  it.each(trackers)(
    '$id fails in a way that is tried again where nobody listens',
    async (tracker) => {
      const signal = AbortSignal.timeout(5000);
      const ref: TicketRef = { id: '1', key: 'OPS-1', url: NOWHERE };
      for (const work of [
        tracker.find('incident:inc-1', 'shop', signal),
        tracker.close(ref, signal),
        tracker.check(signal),
      ]) {
        await expect(work).rejects.toThrow(UpstreamError);
        await expect(work).rejects.toMatchObject({ isRetryable: true });
      }
    },
  );
});
