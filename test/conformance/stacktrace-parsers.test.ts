import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STACK_TRACE_PARSERS } from '#src/stacktrace/registry.ts';

const PARSERS = new URL('../../src/stacktrace/parsers/', import.meta.url);
const FIXTURES = new URL('../../fixtures/stacktraces/', import.meta.url);

describe('the registry of stack trace parsers', () => {
  it('holds every file of the folder under its name', () => {
    const files = readdirSync(PARSERS).map((file) => file.replace(/\.ts$/, ''));
    expect(Object.keys(STACK_TRACE_PARSERS).sort()).toEqual(files.sort());
    for (const [id, parser] of Object.entries(STACK_TRACE_PARSERS)) expect(parser.id).toBe(id);
  });

  it.each(Object.values(STACK_TRACE_PARSERS))(
    '$id has a fixture with what was printed and what is expected',
    (parser) => {
      const own = readdirSync(FIXTURES).filter((name) =>
        parser.languages.some((language) => name.startsWith(`${language}-`)),
      );
      expect(own.length).toBeGreaterThan(0);
      for (const name of own) {
        expect(existsSync(new URL(`${name}/output.txt`, FIXTURES)), name).toBe(true);
        expect(existsSync(new URL(`${name}/expected.json`, FIXTURES)), name).toBe(true);
      }
    },
  );

  it('gives each language to one parser', () => {
    const languages = Object.values(STACK_TRACE_PARSERS).flatMap((parser) => parser.languages);
    expect(new Set(languages).size).toBe(languages.length);
  });

  it.each(Object.values(STACK_TRACE_PARSERS))(
    '$id finds nothing in lines without a trace',
    (parser) => {
      for (const line of [
        '',
        'plain text',
        '    indented',
        '{"level":"info"}',
        '2026-01-02 03:04:05 INFO ready',
      ]) {
        expect(parser.anchor(line)).toBeNull();
      }
    },
  );
});
