import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../scripts/json-schemas.ts';

describe('docs/schema', () => {
  for (const [name, text] of schemaFiles()) {
    it(`${name} is what the program uses (else: node scripts/json-schemas.ts)`, () => {
      const path = join(import.meta.dirname, '..', '..', 'docs', 'schema', name);
      expect(readFileSync(path, 'utf8')).toBe(text);
    });
  }
});
