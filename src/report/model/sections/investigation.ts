import type { Hypothesis, Investigation } from '#src/domain/result.ts';
import { type Material, plain } from '#src/report/model/material.ts';
import type { Block, CiteRef, TableRow } from '#src/report/model/report.ts';
import { inline, percent, shortSha } from '#src/report/model/text.ts';

const MOST_ROWS = 12;

/** Agent 2: what the runtime says, with every explanation that was weighed. */
export function investigationBlocks(material: Material): Block[] {
  const { investigation } = material.result;
  if (!investigation)
    return [{ type: 'paragraph', ...plain('It was not investigated: this is a triage.') }];
  return [
    ...hypotheses(material, investigation.hypotheses),
    ...suspects(material, investigation),
    ...traces(material, investigation),
  ];
}

function hypotheses(material: Material, all: readonly Hypothesis[]): Block[] {
  if (all.length === 0)
    return [{ type: 'paragraph', ...plain('No explanation was found to weigh.') }];
  const blocks: Block[] = [
    { type: 'heading', text: 'Explanations that were weighed' },
    {
      type: 'table',
      caption: 'Best first; the score says how well the evidence fits, 0 to 100 %',
      columns: ['', 'Explanation', 'Kind', 'State', 'Score'],
      rows: all.map(({ id, statement, category, status, score, supports, contradicts }) => ({
        cells: [inline(id), inline(statement), category, status, percent(score)],
        cites: material.citations.refs([...supports, ...contradicts]),
      })),
    },
    { type: 'heading', text: 'For and against' },
    {
      type: 'table',
      caption: 'What would settle each',
      columns: ['', 'For', 'Against', 'Test'],
      rows: all.slice(0, MOST_ROWS).map(({ id, supports, contradicts, test }) => ({
        cells: [inline(id), ids(material, supports), ids(material, contradicts), inline(test)],
        cites: [],
      })),
    },
  ];
  return blocks;
}

function ids({ citations }: Material, cites: Parameters<Material['citations']['refs']>[0]): string {
  return (
    citations
      .refs(cites)
      .map(({ id }: CiteRef) => id)
      .join(', ') || '–'
  );
}

function suspects(material: Material, { suspects: all }: Investigation): Block[] {
  const { citations } = material;
  const table = (caption: string, columns: string[], rows: TableRow[]): Block[] =>
    rows.length > 0 ? [{ type: 'table', caption, columns, rows: rows.slice(0, MOST_ROWS) }] : [];
  const blocks = [
    ...table(
      'Services and their signals, most suspect first',
      ['Service', 'Signal', 'Score'],
      all.services.map(({ service, metric, score, cites }) => ({
        cells: [inline(service), inline(metric ?? '–'), percent(score)],
        cites: citations.refs(cites),
      })),
    ),
    ...table(
      'Commits, most suspect first',
      ['Commit', 'Why it is looked at', 'Score'],
      all.commits.map(({ sha, reasons, score, cites }) => ({
        cells: [shortSha(sha), reasons.map(inline).join('; '), percent(score)],
        cites: citations.refs(cites),
      })),
    ),
    ...table(
      'Places in the code, most suspect first',
      ['Place', 'Function', 'Score'],
      all.locations.map(({ file, line, function: name, score, cites }) => ({
        cells: [`${inline(file)}:${line}`, inline(name ?? '–'), percent(score)],
        cites: citations.refs(cites),
      })),
    ),
  ];
  return blocks.length > 0 ? [{ type: 'heading', text: 'Suspects' }, ...blocks] : [];
}

function traces({ citations, result }: Material, { stackTraces }: Investigation): Block[] {
  if (stackTraces.length === 0) return [];
  const known = new Set(result.evidence.map(({ id }) => id));
  const rows = stackTraces
    .slice(0, MOST_ROWS)
    .map(({ id, service, type, message, count, frames }) => {
      const own = frames.find(({ inApp }) => inApp) ?? frames[0];
      const place = own ? `${inline(own.file)}:${own.line ?? '?'}` : '–';
      return {
        cells: [inline(`${type}: ${message}`), inline(service ?? '–'), place, String(count)],
        cites: known.has(id) ? citations.refs([{ id }]) : [],
      };
    });
  return [
    { type: 'heading', text: 'Stack traces' },
    {
      type: 'table',
      caption: 'By first appearance',
      columns: ['Error', 'Service', 'Thrown at', 'Times'],
      rows,
    },
  ];
}
