import { expect, test } from 'vitest';
import { buildReport } from '#src/report/model/build-report.ts';
import type { Block, Report } from '#src/report/model/report.ts';
import { EVIL, sampleSubject } from './sample.ts';

const report = buildReport([sampleSubject()], { postmortem: false });

function blocks(of: Report, id: string): Block[] {
  return of.parts[0]?.sections.find((section) => section.id === id)?.blocks ?? [];
}

/** All texts of a report, with the ids that each rests on. */
function sentencesOf(of: Report): { text: string; ids: string[] }[] {
  return of.parts.flatMap(({ sections }) =>
    sections.flatMap(({ blocks: all }) =>
      all.flatMap((block) => {
        if (block.type === 'list')
          return block.items.map(({ text, cites }) => ({ text, ids: cites.map(({ id }) => id) }));
        if (block.type === 'table')
          return block.rows.map(({ cells, cites }) => ({
            text: cells.join(' | '),
            ids: cites.map(({ id }) => id),
          }));
        return block.type === 'paragraph'
          ? [{ text: block.text, ids: block.cites.map(({ id }) => id) }]
          : [];
      }),
    ),
  );
}

test('a report has every section, in the order in which it is read', () => {
  expect(report.parts[0]?.sections.map(({ id }) => id)).toEqual([
    'summary',
    'impact',
    'timeline',
    'signals',
    'triage',
    'investigation',
    'root-cause',
    'acquitted',
    'fix',
    'runbooks',
    'actions',
    'sent',
    'gaps',
    'verification',
  ]);
});

test('the summary says what, since when, why and what to do, with what each rests on', () => {
  const [list] = blocks(report, 'summary');
  expect(
    list?.type === 'list' && list.items.map(({ text, cites }) => [text, cites.map(({ id }) => id)]),
  ).toEqual([
    ['Requests fail.', ['A1']],
    ['It began at 14:12:00 UTC, 3m before the alert.', []],
    ['Likely cause (confidence 71 %): Commit da164d01fb of orders broke it.', ['C1', 'M1']],
    ['To do: Roll back.', ['C1']],
    ['One source could not be seen, which lowers the confidence.', []],
  ]);
});

test('the timeline is in order, and each row names its evidence or that a person did it', () => {
  const [table] = blocks(report, 'timeline');
  expect(
    table?.type === 'table' && table.rows.map(({ cells, cites }) => [...cells, cites[0]?.id]),
  ).toEqual([
    ['14:11:00', 'deploy of orders', 'C2'],
    ['14:15:00', 'orders fires', 'A1'],
    ['14:18:00', 'acknowledged by ana (as recorded)', undefined],
  ]);
});

test('a sentence whose citation does not hold is left out and counted', () => {
  const subject = sampleSubject();
  subject.result.triage.indicators.push(
    { text: 'points at nothing', cites: [{ id: 'M9' }] },
    { text: 'quotes what nobody said', cites: [{ id: 'L1', quote: 'never logged' }] },
    { text: 'quotes a line of a diff', cites: [{ id: 'C1', quote: 'pool.max = 20 pool.max = 1' }] },
  );
  const texts = sentencesOf(buildReport([subject], { postmortem: false })).map(({ text }) => text);
  expect(texts).not.toContain('points at nothing');
  expect(texts).not.toContain('quotes what nobody said');
  expect(texts).toContain('quotes a line of a diff');
  expect(texts).toContain('2 sentences were left out, since what they cite does not hold.');
});

test('the appendix holds the stored bytes of what is cited, and only names the rest', () => {
  const entries = new Map(report.parts[0]?.evidence.map((entry) => [entry.id, entry]));
  expect(entries.get('C1')?.text).toContain('+pool.max = 1');
  expect(entries.get('C1')?.quotes).toEqual(['+pool.max = 1', 'pool.max = 1']);
  expect(entries.get('L1')?.text).toContain('orders no connection');
  expect(entries.get('M1')?.text).toContain('14:12:00 0.2');
  expect(entries.get('E1')).toMatchObject({ isCited: false, text: '' });
});

test('the steps of a runbook are a checklist that cites the runbook', () => {
  const lists = blocks(report, 'runbooks').filter((block) => block.type === 'list');
  expect(lists).toEqual([
    {
      type: 'list',
      style: 'check',
      items: [
        { text: 'Look at the pool.', cites: [{ id: 'R1', quotes: [] }] },
        { text: 'Call orders', cites: [{ id: 'R1', quotes: [] }] },
      ],
    },
  ]);
});

test('a postmortem is filled in with what is known, asks the rest, and names nobody', () => {
  const postmortem = buildReport([sampleSubject()], { postmortem: true });
  const text = JSON.stringify(postmortem);
  expect(text).not.toContain('Ana Blamed');
  expect(blocks(postmortem, 'trigger')).toContainEqual(
    expect.objectContaining({
      type: 'list',
      items: [{ text: 'commit of orders', cites: [{ id: 'C1', quotes: [] }] }],
    }),
  );
  const prompts = postmortem.parts[0]?.sections.flatMap(({ blocks: all }) =>
    all.filter(({ type }) => type === 'prompt'),
  );
  expect(prompts?.length).toBeGreaterThan(5);
  expect(text).toContain('"label":"From onset to alert","value":"3m"');
  expect(text).toContain('"label":"From alert to a person","value":"3m"');
});

test('several incidents stand in one document under keys of their own', () => {
  const both = buildReport([sampleSubject(), sampleSubject('till')], { postmortem: false });
  expect(both.parts.map(({ key }) => key)).toEqual(['i1-', 'i2-']);
  expect(both.title).toBe('2 incidents');
  expect(both.overview[0]).toMatchObject({ type: 'table', rows: [{}, {}] });
});

test('a triage alone is a report too', () => {
  const subject = sampleSubject();
  const bare = buildReport(
    [
      {
        ...subject,
        result: { ...subject.result, investigation: null, rootCause: null, fix: null },
      },
    ],
    { postmortem: false },
  );
  expect(JSON.stringify(bare)).toContain('The cause was not looked for: this is a triage.');
});

test('nothing that moves the cursor, reorders or hides text gets into a report', () => {
  const evil = JSON.stringify(buildReport([sampleSubject(EVIL)], { postmortem: false }));
  expect(evil).not.toMatch(/\\u202e|\u202e|\\u001b|\\u0000/);
});

test('the same result gives the same report', () => {
  expect(buildReport([sampleSubject()], { postmortem: false })).toEqual(report);
});
