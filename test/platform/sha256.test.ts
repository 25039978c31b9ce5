import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '#src/platform/sha256.ts';

const known = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('sha256Hex', () => {
  it('is what the standard says of "abc"', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is right around the ends of blocks', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'x'.repeat(length);
      expect(sha256Hex(text)).toBe(known(text));
    }
  });

  it('is the digest that Node gives, of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256Hex(text)).toBe(known(text));
      }),
    );
  });
});
