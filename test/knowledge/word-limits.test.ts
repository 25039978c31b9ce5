import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '#src/knowledge/catalogue.ts';

/** Ids of the signatures one of whose phrases stands in the text. */
const found = (text: string): string[] =>
  CATALOGUE.filter(({ phrases }) => phrases.some(({ pattern }) => pattern.test(text))).map(
    ({ id }) => id,
  );

describe('phrases of signatures', () => {
  it('are not found inside other words', () => {
    expect(found('mongoserverselectionerror: connect econnrefused 10.0.0.7:27017')).not.toContain(
      'database-failover',
    );
    expect(found('{"status":"not ready","mongodb":"down"}')).not.toContain('bad-data');
  });

  it('are found where they stand', () => {
    expect(found('election of a new primary has begun')).toContain('database-failover');
    expect(found('record 17 could not be read')).toContain('bad-data');
  });
});
