import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TemplateMiner } from '#src/logs/templates/miner.ts';
import { Random } from '../../../bench/logs/corpus/random.ts';

function mine(messages: readonly string[], maxPatterns?: number) {
  const miner = new TemplateMiner(maxPatterns === undefined ? {} : { maxPatterns });
  const patterns = messages.map((message) => miner.add(message));
  const mined = miner.finish();
  return {
    texts: mined.templates.map(({ text }) => text).sort(),
    of: patterns.map((pattern) => mined.templates[mined.templateOf(pattern)]?.text),
    templates: mined.templates,
    size: miner.size,
  };
}

const USERS = ['ann', 'bob', 'carl', 'dora', 'eve', 'finn', 'gina', 'hugo'];

describe('TemplateMiner', () => {
  test('finds names that are words', () => {
    const messages = USERS.flatMap((user) => [
      `session opened for user ${user}`,
      `session closed for user ${user}`,
    ]);
    expect(mine(messages).texts).toEqual([
      'session closed for user <*>',
      'session opened for user <*>',
    ]);
  });

  test('finds names at the beginning', () => {
    const messages = USERS.flatMap((user) => [`${user} joined the game`, `${user} left the game`]);
    expect(mine(messages).texts).toEqual(['<*> joined the game', '<*> left the game']);
  });

  test('finds names of several words', () => {
    const rooms = ['Kitchen', 'Living Room', 'Bath', 'Kids Room', 'Garage', 'Office'];
    const messages = rooms.flatMap((room) => [
      `light ${room} turned on`,
      `light ${room} turned off`,
    ]);
    expect(mine(messages).texts).toEqual(['light <*> turned off', 'light <*> turned on']);
  });

  test('finds several names at once, few of which meet', () => {
    const random = new Random(7);
    const kinds = ['order', 'invoice', 'refund', 'voucher', 'basket', 'return'];
    const messages = Array.from(
      { length: 40 },
      () =>
        `sent ${random.pick(kinds)} of ${random.pick(USERS)} to ${random.pick(['warehouse', 'printer', 'archive', 'ledger'])}`,
    );
    expect(mine(messages).texts).toEqual(['sent <*> of <*> to <*>']);
  });

  test('does not take different events for a parameter', () => {
    const messages = [
      'starting up',
      'stopping now',
      'VM started',
      'VM stopped',
      'VM paused',
      'link is up',
      'link is down',
      'cache hit',
      'cache miss',
      'accepted password for 7',
      'failed password for 7',
    ];
    expect(mine(messages).texts).toHaveLength(messages.length);
  });

  test('makes one template of lists of any length', () => {
    const messages = [
      'deleted blk_1',
      'deleted blk_1 blk_2',
      'deleted blk_1 blk_2 blk_3 blk_4',
      'deleted blk_9 blk_8 blk_7',
    ];
    expect(mine(messages).texts).toHaveLength(1);
  });

  test('gives the same text the same id', () => {
    const a = mine(['disk 1 full', 'fan 2 slow']).templates;
    const b = mine(['fan 7 slow']).templates;
    expect(b[0]?.id).toBe(a.find(({ text }) => text === 'fan <*> slow')?.id);
    expect(b[0]?.id).toMatch(/^[0-9a-f]{10}$/);
  });

  test('counts messages', () => {
    expect(
      mine(['a 1', 'a 2', 'b 1'])
        .templates.map(({ count }) => count)
        .sort(),
    ).toEqual([1, 2]);
  });

  test('stays bounded when every message is new, and keeps each in a template', () => {
    const random = new Random(3);
    const word = () => random.from('abcdefghijklmnopqrstuvwxyz', 6);
    const messages = Array.from({ length: 4000 }, () => `${word()} ${word()} ${word()}`);
    const { size, of, templates } = mine(messages, 200);
    expect(size).toBeLessThanOrEqual(200);
    expect(of.every((text) => text !== undefined)).toBe(true);
    expect(templates.reduce((sum, { count }) => sum + count, 0)).toBe(4000);
  });

  test('finds the same when it had to compact on the way', () => {
    const random = new Random(5);
    const messages = Array.from({ length: 3000 }, () =>
      random.pick([
        `user ${random.pick(USERS)} paid ${random.from('ABCXYZ', 3)}${random.int(1, 99)}`,
        `order ${random.from('PQRST', 3)}${random.int(1, 9)} shipped to ${random.pick(USERS)}`,
      ]),
    );
    expect(mine(messages, 60).texts).toEqual(mine(messages).texts);
  });

  test('is deterministic, bounded and complete on any messages', () => {
    const words = fc.constantFrom(
      'a',
      'the',
      'user',
      'bob',
      'failed',
      '12',
      'x=1',
      '[',
      ']',
      'foo.bar',
      '',
      '(a, b)',
      ':',
      'NEW',
      '"q"',
    );
    const messages = fc.array(
      fc.array(words, { maxLength: 8 }).map((list) => list.join(' ')),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(messages, (all) => {
        const first = mine(all, 20);
        expect(mine(all, 20)).toEqual(first);
        expect(first.of.every((text) => text !== undefined)).toBe(true);
      }),
    );
  });
});
