import { expect, it } from 'vitest';
import { bodyOf } from '#src/fix/pull-request/body.ts';
import { fixName } from '#src/fix/pull-request/names.ts';
import { ownersOf } from '#src/fix/pull-request/reviewers.ts';
import { skeletonOf } from '#src/fix/pull-request/skeleton.ts';
import { blaming } from '../helpers/shop.ts';

it('names a fix after the alert that came first, so that it is found again', () => {
  const result = blaming('c'.repeat(40));
  const name = fixName(result, 'revert');
  expect(name.fingerprint).toBe('f00dfeedf00dfeed');
  expect(fixName(structuredClone(result), 'revert')).toEqual(name);
  expect(fixName(result, 'patch').short).not.toBe(name.short);
  expect(fixName(blaming('d'.repeat(40)), 'revert').short).not.toBe(name.short);
  const hostile = structuredClone(result);
  for (const alert of hostile.incident.alerts) alert.fingerprint = '../../main --force';
  expect(fixName(hostile, 'revert').fingerprint).toMatch(/^[0-9a-f]{16}$/);
});

it('finds the owners of files: the last line that matches counts, addresses do not', () => {
  const file = [
    '# who',
    '* @all',
    'src/ @src @org/team # and more',
    '/src/a.js mail@example.org',
    '[x]',
  ].join('\n');
  expect(ownersOf(file, ['README.md'])).toEqual(['all']);
  expect(ownersOf(file, ['src/b.js', 'README.md'])).toEqual(['src', 'org/team', 'all']);
  expect(ownersOf(file, ['src/a.js'])).toEqual([]);
});

it('writes a body in which nothing from outside does anything', () => {
  const result = blaming('c'.repeat(40), {
    statement:
      'Boom <img src=x> @everyone fixes #12 ![x](https://evil.test) `code` | cell\n# Head\u202e',
    cites: [{ id: 'L1', quote: 'a `` b <script>' }],
  });
  result.evidence.push({
    ...{
      id: 'L1',
      kind: 'log',
      source: 'loki',
      query: '',
      service: 'shop',
      summary: '[click](javascript:x) @here',
    },
    window: { start: '', end: '' },
    data: { type: 'text', title: '', text: '' },
  });
  const body = bodyOf({
    result,
    service: { name: 'shop', test_command: 'npm test' },
    patch: {
      ...{ strategy: 'revert', title: 't', changes: [], why: 'Because.', risk: '', test: null },
      ...{ tree: '', diff: '', files: [] },
    },
    steps: [{ step: 'tests', ok: true, before: 'fails | with', after: 'passes', seconds: 1 }],
    guards: [],
    why: 'A revert was asked for.',
    branch: 'incident/a-b',
    marker: 'incident-fix: a-b',
    incidentUrl: 'https://pages.test/incidents/x',
    isReproduced: true,
  });
  expect(body).not.toMatch(/(^|[^\\])<img|@everyone|@here|#12|https:\/\/evil|\u202e/);
  expect(body).not.toMatch(/\n# Head/);
  expect(body).toContain('``` a `` b <script> ```');
  expect(body).toContain('fails \\| with');
  expect(body).toContain('` npm test `');
  expect(body).toContain('<https://pages.test/incidents/x>');
});

it.each([
  ['src/cart.ts', 'Cart.total', "test('total does not fail with TypeError', () => {"],
  ['shop/cart.py', 'total', 'def test_total_does_not_fail_with_typeerror():'],
  ['cart.go', 'shop.(*Cart).Total', 'func TestTotalDoesNotFailWithTypeError(t *testing.T) {'],
  ['src/Cart.java', 'shop.Cart.total', 'void totalDoesNotFailWithTypeError() {'],
  ['cart.zig', 'total', null],
])('begins a test for %s', (file, call, wanted) => {
  const result = blaming('c'.repeat(40), { location: { file, line: 3 } });
  const frame = { line: 3, inApp: true };
  result.investigation?.stackTraces.push({
    ...{ id: 'K1', service: 'shop', language: '', type: 'TypeError', message: 'no', count: 1 },
    ...{ first: null, last: null, causes: [] },
    frames: [
      { ...frame, file: 'lib/other.ts', function: 'other', inApp: false },
      { ...frame, file: `/app/${file}`, function: call },
    ],
  });
  const skeleton = skeletonOf(result);
  if (wanted === null) expect(skeleton).toBeNull();
  else expect(skeleton?.text).toContain(wanted);
});
