import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '#src/domain/errors.ts';
import { readBundle } from '#src/evidence/bundle/read.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const MANIFEST = JSON.stringify({
  schema: 'incident-bundle/v1',
  capturedAt: '2026-03-01T12:00:00Z',
  window: { start: '2026-03-01T11:00:00Z', end: '2026-03-01T12:00:00Z' },
});

function bundleOf(files: Record<string, string>): string {
  const dir = tempDir();
  for (const [name, text] of Object.entries({ 'bundle.json': MANIFEST, ...files })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

const read = (files: Record<string, string>) =>
  readBundle(bundleOf(files), parseAlertmanagerPayload);

describe('bundles of others', () => {
  it('needs nothing but a manifest', async () => {
    const bundle = await read({});
    expect(bundle.logs).toEqual([]);
    expect(bundle.alertGroup).toBeNull();
    expect(bundle.manifest.service).toBeUndefined();
  });

  it('takes series with numbers for text, labels that are none, blank lines and unknown fields', async () => {
    const bundle = await read({
      'metrics.ndjson':
        '{"metric":{"__name__":"a","n":1,"o":{},"z":null},"values":[[1,2],["3",null]],"extra":1,"signal":"nonsense"}\n\n{"values":[]}\n',
      'logs.ndjson': '{"timestamp":"2026-03-01 11:30","line":"x","labels":{"n":1}}',
    });
    expect(bundle.metrics).toEqual([
      {
        metric: { __name__: 'a', n: '1' },
        values: [
          [1, '2'],
          [3, 'NaN'],
        ],
      },
      { metric: {}, values: [] },
    ]);
    expect(bundle.logs).toEqual([{ timestamp: '2026-03-01 11:30', service: '', line: 'x' }]);
  });

  it('takes rules and services in the forms that people have', async () => {
    const bundle = await read({
      'rules.json':
        '{"status":"success","data":{"groups":[{"rules":[{"name":"A","query":"up == 0","duration":3,"type":"alerting"},{"name":"r","query":"x","type":"recording"}]}]}}',
      'services.json':
        '[{"name":"shop","health_url":"nonsense","depends_on":["db"],"team":"x"},{"no":"name"}]',
    });
    expect(bundle.rules.map(({ name, query }) => [name, query])).toEqual([['A', 'up == 0']]);
    expect([...bundle.services]).toEqual([['shop', { depends_on: ['db'] }]]);
  });

  it('never looks at what is expected', async () => {
    await expect(read({ 'expected.json': '{broken' })).resolves.toBeDefined();
  });

  it.each([
    ['bundle.json', '{"schema":"incident-bundle/v2"}', /bundle\.json$/, /schema/],
    [
      'bundle.json',
      MANIFEST.replace('2026-03-01T11:00:00Z', 'yesterday'),
      /bundle\.json$/,
      /RFC 3339/,
    ],
    [
      'logs.ndjson',
      '{"timestamp":"2026-03-01T11:00:00Z","line":"x"}\n{"timestamp": nope}',
      /logs\.ndjson:2:16$/,
      /is not valid JSON/,
    ],
    [
      'logs.ndjson',
      '{"timestamp":"soon","line":"x"}',
      /logs\.ndjson:1$/,
      /timestamp: expected an RFC 3339 time/,
    ],
    ['metrics.ndjson', '[]', /metrics\.ndjson:1$/, /expected/],
    ['metrics.ndjson', '{"metric":{},"values":[[1]]}', /metrics\.ndjson:1$/, /values/],
    ['health.ndjson', '{"timestamp":"2026-03-01T11:00:00Z"}', /health\.ndjson:1$/, /service/],
    ['changes.json', '{"commits":[{"sha":1}]}', /changes\.json$/, /commits\.0\.sha/],
    ['alert.json', '{"version":"3","alerts":[]}', /alert\.json$/, /payload version "3"/],
    ['services.json', '"x"', /services\.json$/, /expected an object/],
    ['gaps.json', '{}', /gaps\.json$/, /expected/i],
  ])('says what is wrong in %s', async (name, text, where, message) => {
    const error = await read({ [name]: text }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).where).toMatch(where);
    expect((error as InputError).message).toMatch(message);
  });

  it('says so of a folder that is no bundle', async () => {
    await expect(readBundle(tempDir(), parseAlertmanagerPayload)).rejects.toThrow(
      'is not a bundle',
    );
  });
});
