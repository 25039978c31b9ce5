import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlToText } from '#src/knowledge/html-text.ts';
import { fittingRunbooks, fittingSection } from '#src/knowledge/runbook.ts';
import { sectionsOf } from '#src/knowledge/runbook-sections.ts';

const topic = {
  alerts: ['HighErrorRate'],
  services: ['checkout'],
  symptoms: ['more than 5 % of the payments are refused'],
};
const filler = `${'Words that are about nothing in particular. '.repeat(60)}\n`;

test('sections follow headings of both kinds, and not what looks like one in code', () => {
  const found = sectionsOf(
    'Intro\n\nTop\n===\na\n## One #\nb\n```\n# no heading\n```\n### Deep\nc\n## Two\nd',
  );
  expect(found.map(({ level, heading, path }) => [level, heading, path])).toEqual([
    [0, '', []],
    [1, 'Top', []],
    [2, 'One', ['Top']],
    [3, 'Deep', ['Top', 'One']],
    [2, 'Two', ['Top']],
  ]);
  expect(found[2]?.text).toContain('# no heading');
});

test('a short runbook is shown whole', () => {
  const runbook = { name: 'a.md', text: '# Disk\nnothing that fits' };
  expect(fittingSection(runbook, topic)).toEqual(runbook);
});

test('of a long runbook the section of the alert is shown, with what stands under it', () => {
  const text = [
    '# Shop',
    filler,
    '## Disk full',
    filler,
    '## High error rate',
    '1. Look at the payments.',
    '### When the bank is down',
    '2. Wait.',
    '## Certificates',
    filler,
  ].join('\n');
  expect(fittingSection({ name: 'shop.md', text }, topic).text).toBe(
    '(Shop)\n\n## High error rate\n1. Look at the payments.\n\n### When the bank is down\n2. Wait.',
  );
});

test('of a long runbook without a fitting section the beginning is shown', () => {
  const text = `# Cooking\n${'soup '.repeat(2000)}`;
  const { text: shown } = fittingSection({ name: 'x.md', text }, topic);
  expect(shown.length).toBeLessThan(4100);
  expect(shown.startsWith('# Cooking')).toBe(true);
});

test('from a folder come the runbooks that name the alert or the service, best first', () => {
  const found = fittingRunbooks(
    [
      { name: 'soup.md', text: '# Soup\nrefused payments' },
      { name: 'checkout.md', text: '# Who to call\nAna' },
      { name: 'alerts.md', text: '# high-error-rate\nof checkout: look' },
    ],
    topic,
  );
  expect(found.map(({ runbook }) => runbook.name)).toEqual(['alerts.md', 'checkout.md']);
});

test('a page becomes text with its headings and items, and nothing of it runs', () => {
  const page =
    '<head><title>x</title></head><body><h2>Steps</h2><script>bad()</script><ul><li>One &amp; two</li><li>Three</ul><p>End';
  expect(htmlToText(page)).toBe('## Steps\n\n- One & two\n- Three\n\nEnd');
});

test('hostile documents are read in a moment', () => {
  const started = performance.now();
  for (const text of [
    '<script>'.repeat(100_000),
    '<'.repeat(900_000),
    ' '.repeat(900_000),
    '# '.repeat(400_000),
    '```\n'.repeat(200_000),
    '- '.repeat(400_000),
    '&'.repeat(900_000),
    `${'#'.repeat(900_000)}\n`,
  ]) {
    htmlToText(text);
    sectionsOf(text);
    fittingRunbooks([{ name: 'x.md', text }], topic);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('any text gives sections that hold all of its words', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('# a', '## b', 'text', '---', '===', '```', '', '- x')),
      (lines) => {
        const joined = sectionsOf(lines.join('\n'))
          .map(({ text }) => text)
          .join('\n');
        const count = (word: string, all: string): number => all.split(word).length;
        expect(count('text', joined)).toBe(count('text', lines.join('\n')));
      },
    ),
  );
});
