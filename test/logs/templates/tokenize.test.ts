import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from '#src/logs/templates/tokenize.ts';

const pattern = (message: string) => tokenize(message).join(' ');

describe('tokenize', () => {
  test.each([
    [
      'numbers and units',
      'took 12ms, read 1,234 bytes at 3.5 MB/s in 1m30s',
      'took <*> , read <*> at <*> in <*>',
    ],
    [
      'addresses',
      'from /10.0.0.1:80 via fe80::1:2 and 7c:0f:aa:bb:cc:dd',
      'from <*> via <*> and <*>',
    ],
    ['ids', 'block blk_-123 of 550e8400-e29b-41d4-a716-446655440000', 'block blk_<*> of <*>'],
    ['hex', 'at 0x1f2e and deadbeef and a1b2c3d4e5f6', 'at <*> and <*> and <*>'],
    ['names with numbers', 'node-17 eth0 ssh2', 'node-<*> eth<*> ssh<*>'],
    [
      'paths and URLs',
      'open /var/log/a-b.txt of C:\\a\\b at https://x.y/z?a=b',
      'open <*> of <*> at <*>',
    ],
    ['hosts and ports', 'db.example.org:5432 is up', '<*> is up'],
    ['mail addresses', 'mail to bob@example.org failed', 'mail to <*> failed'],
    ['quoted text', 'cannot open "my file" as \'x y\'', 'cannot open <*> as <*>'],
    ['an apostrophe', "can't keep it", "can't keep it"],
    [
      'keys and values',
      'user=bob tag="a b" rect=R(0, 0 - 1, 2) x= y=',
      'user=<*> tag=<*> rect=<*> x=<*> y=<*>',
    ],
    ['spaced values', 'errorCode = 4, name = View', 'errorCode = <*> , name = <*>'],
    ['literals', 'ready is true, next null', 'ready is <*> , next <*>'],
    ['braces', 'done Intent { act=x cmp=y } and Token{1f ab}', 'done Intent <*> and Token{<*>}'],
    ['lists of any length', 'delete 1 2 3 4 and [a, b, c]', 'delete <+> and [ <*> ]'],
    ['word lists', 'users: ann, bob, eve', 'users : <+>'],
    ['request lines', '1.2.3.4 "GET /a HTTP/1.1" 200', '<*> GET <*> HTTP<*> <*>'],
    ['dates in messages', 'since Mon Jul 3 10:00:00 2005', 'since <+>'],
    ['statements', 'slow query: SELECT a, b FROM t WHERE x = 1', 'slow query : SELECT <*>'],
    ['a value before a colon', '10.0.0.1:Got it', '<*> : Got it'],
    ['hidden calls', 'Cache.get() of chdir(/tmp/x)', 'Cache.get() of chdir(<*>)'],
  ])('%s', (_name, message, expected) => {
    expect(pattern(message)).toBe(expected);
  });

  test('tells alike what differs in values only', () => {
    const value = fc.oneof(
      fc.nat().map(String),
      fc.ipV4(),
      fc.uuid(),
      fc.nat().map((n) => `0x${n.toString(16)}`),
      fc.nat().map((n) => `${n}ms`),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(pattern(`worker gave ${a} to peer`)).toBe(pattern(`worker gave ${b} to peer`));
      }),
    );
  });

  test('is bounded and linear on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (text) => {
        expect(tokenize(text).length).toBeLessThanOrEqual(256);
      }),
    );
    const hostile = [
      '"',
      "'",
      '{',
      '[',
      '(',
      '<',
      '=',
      'a=',
      'a:',
      '1,',
      'SELECT ',
      '/',
      '\\',
      'a.b.',
      'x1',
      '`',
    ];
    for (const part of hostile) {
      const start = performance.now();
      tokenize(part.repeat(40_000));
      tokenize(`${part} `.repeat(40_000));
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});
