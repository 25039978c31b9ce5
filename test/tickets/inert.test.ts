import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '#src/domain/brief-sheet.ts';
import { uuidOf } from '#src/tickets/linear/uuid.ts';
import { toAdf } from '#src/tickets/render/adf.ts';
import { escapeMarkdown, toMarkdown } from '#src/tickets/render/markdown.ts';
import { escapeWiki, toWiki } from '#src/tickets/render/wiki.ts';

const ATTACKS = [
  '@everyone fixes #12, see https://evil.test and www.evil.test',
  '<img src=x onerror=alert(1)> <!-- incident:inc-other -->',
  '![x](https://evil.test/p.png) [a](javascript:alert(1)) ](x) **b** `c`',
  '| a | b |\n|---|---|\n# h1\n- [ ] task\n> quote\n1. one',
  '{code}x{code} [~admin] !https://evil.test/p.png! h1. big {color:red}x{color} [a|http://evil.test]',
  'GH-12 org/repo#3 ~~~ ``` $$x$$ :smile:',
];
const hostile = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

const sheetWith = (text: string): Sheet => ({
  headline: text,
  paragraphs: [text],
  facts: [{ label: 'Service', value: text }],
  lists: [{ title: 'Evidence', items: [text] }],
  notes: [text],
  link: 'https://incidents.shop.test/incidents/inc-1',
});

describe('hostile texts in tickets', () => {
  it('are neither markup nor HTML, link, mention or reference in markdown', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/<|@\w|#\w|:\/\/|www\.|GH-\d/i);
        // Every character of markup has a backslash of its own before it.
        expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*[`*_[\]()|!]/);
        const all = toMarkdown(sheetWith(text), 'incident:inc-1');
        expect(all.match(/<!--/g)).toHaveLength(1);
        expect(all.match(/:\/\//g)).toHaveLength(1);
      }),
      { numRuns: 300, examples: ATTACKS.map((attack) => [attack]) },
    );
  });

  it('are no markup of a wiki', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeWiki(text);
        expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*[{}[\]|!*~]/);
        expect(escaped).not.toMatch(/:\/\/|^h1\. /);
        expect(toWiki(sheetWith(text), 'm').match(/:\/\//g)).toHaveLength(1);
      }),
      { numRuns: 300, examples: ATTACKS.map((attack) => [attack]) },
    );
  });

  it('are texts of a document, and links come from the configuration alone', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const document = JSON.stringify(toAdf(sheetWith(text), 'm'));
        const links = [...document.matchAll(/"href":"([^"]*)"/g)].map(([, href]) => href);
        expect(links).toEqual(['https://incidents.shop.test/incidents/inc-1']);
      }),
      { examples: ATTACKS.map((attack) => [attack]) },
    );
  });
});

it('ids derive from texts, in the form of version 4', () => {
  expect(uuidOf('incident:inc-1')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(uuidOf('incident:inc-1')).toBe(uuidOf('incident:inc-1'));
  expect(uuidOf('incident:inc-1')).not.toBe(uuidOf('incident:inc-2'));
});
