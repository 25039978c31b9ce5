import { alertOf, payloadOf } from '../../helpers/alerts.ts';

/** Values that stand where others belong. */
const WRONG: unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x',
  '\u0000',
  [],
  {},
  [[]],
  { a: {} },
  ['firing'],
  '9'.repeat(400),
];

/** Places of a payload that hold something that is needed. */
const NEEDED: ((payload: Payload, value: unknown) => void)[] = [
  (payload, value) => Object.assign(payload, { version: value }),
  (payload, value) => Object.assign(payload, { alerts: value }),
  (payload, value) => Object.assign(payload, { alerts: [value] }),
  (payload, value) => Object.assign(payload.alerts[0] ?? {}, { labels: value }),
  (payload, value) => Object.assign(payload.alerts[0] ?? {}, { startsAt: value }),
  (payload, value) => Object.assign(payload.alerts[0] ?? {}, { status: value }),
];
type Payload = { alerts: Record<string, unknown>[] };

/**
 * Bodies that are no payload of Alertmanager: cut, flipped, doubled, of other encodings, of wrong
 * shapes and types, deep, and noise. The same seed gives the same ones.
 */
export function* malformedBodies(count: number, seed: number): Generator<string | Buffer> {
  const random = randomOf(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const valid = JSON.stringify(
    payloadOf([
      alertOf({ alertname: 'Down', service: 'shop' }, Date.parse('2026-03-01T10:00:00Z')),
    ]),
  );
  const kinds: (() => string | Buffer)[] = [
    () => valid.slice(0, below(valid.length)),
    () => valid + ['}', ',', '{}', '\u0000', ' x', valid][below(6)],
    () => valid.slice(1 + below(valid.length - 1)),
    () => valid.replaceAll('"', ["'", '“', ''][below(3)] ?? ''),
    () => valid.replaceAll(':', ['=', '::', ' '][below(3)] ?? ''),
    () => valid.replace(/,/g, (comma) => (random() < 0.3 ? ',,' : comma)).replace(/,/, ',,'),
    () => Buffer.from(valid, 'utf16le'),
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(valid, 'utf16le')]),
    () => noise(1 + below(2000), random),
    () => '['.repeat(1 + below(100_000)),
    () => `${'{"a":'.repeat(1 + below(20_000))}1`,
    () => JSON.stringify(WRONG[below(WRONG.length)]),
    () => JSON.stringify({ ...JSON.parse(valid), version: String(below(4)) }),
    () => wrongType(valid, below),
    () => valid.replace('"4"', `${'9'.repeat(1 + below(400))}`),
    () => valid.replace('{', '{"version":"1",').replace('"version":"4"', '"version":4'),
    () => (random() < 0.02 ? ' '.repeat(1024 * 1024 + 1 + below(1000)) : '\n'.repeat(below(50))),
    () => `--${below(1e6)}\r\ncontent-disposition: form-data; name="a"\r\n\r\n${valid}\r\n`,
    () => `alerts=${encodeURIComponent(valid)}`,
    () => valid.replace('2026-03-01T10:00:00', ['2026-13-41T99:00:00', 'now', '-'][below(3)] ?? ''),
  ];
  for (let number = 0; number < count; number++) {
    const make = kinds[number % kinds.length] as () => string | Buffer;
    yield make();
  }
}

function wrongType(valid: string, below: (most: number) => number): string {
  const payload = JSON.parse(valid) as Payload;
  const place = NEEDED[below(NEEDED.length)];
  place?.(payload, ['x', 5, true, [[]], [5]][below(5)]);
  return JSON.stringify(payload);
}

function noise(length: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** A small generator with a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
