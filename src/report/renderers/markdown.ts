import { loadRasterizer } from '#src/charts/chart-png.ts';
import { chartSvg } from '#src/charts/chart-svg.ts';
import type { RenderedReport, ReportRenderer } from '#src/report/contract.ts';
import type {
  Block,
  CiteRef,
  EvidenceEntry,
  Report,
  ReportPart,
} from '#src/report/model/report.ts';

/** GitHub flavoured markdown; charts are PNG files beside it. */
export const renderer: ReportRenderer = {
  id: 'markdown',
  extension: 'md',
  isText: true,
  render: async (report, name) => ({
    document: Buffer.from(markdown(report, name)),
    pictures: name === null ? [] : await drawPictures(report, name),
  }),
};

async function drawPictures(report: Report, name: string): Promise<RenderedReport['pictures']> {
  const charts = report.parts.flatMap(({ key, sections }) =>
    sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === 'chart' ? [{ key, block }] : [])),
    ),
  );
  if (charts.length === 0) return [];
  const draw = await loadRasterizer();
  return charts.map(({ key, block }) => ({
    name: pictureName(name, key, block.signal.id),
    bytes: draw(chartSvg(block.signal, block.marks)),
  }));
}

function pictureName(name: string, key: string, id: string): string {
  return `${name}-${key}${id.replace(/[^\w-]/g, '_')}.png`;
}

function markdown(report: Report, name: string | null): string {
  const single = report.parts.length === 1;
  const lines = [
    `# ${escaped(report.title)}`,
    '',
    `${escaped(report.subtitle)}, evidence up to ${report.asOf}.`,
    '',
    ...report.overview.flatMap((block) => [...blockLines(block, name, ''), '']),
    ...report.parts.flatMap((part) => partLines(part, name, single)),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function partLines(part: ReportPart, name: string | null, single: boolean): string[] {
  const level = single ? '##' : '###';
  const facts = blockLines({ type: 'facts', rows: part.facts }, name, part.key);
  return [
    ...(single ? [] : [`## ${escaped(part.title)}`, '']),
    ...facts,
    '',
    ...part.sections.flatMap(({ title, blocks }) => [
      `${level} ${escaped(title)}`,
      '',
      ...blocks.flatMap((block) => [...blockLines(block, name, part.key), '']),
    ]),
    `${level} Evidence`,
    '',
    'What is cited, with every stored byte.',
    '',
    ...part.evidence.filter(({ isCited }) => isCited).flatMap((entry) => entryLines(entry, level)),
    ...part.evidence
      .filter(({ isCited }) => !isCited)
      .map(({ id, summary }) => `- ${escaped(id)} (not cited): ${escaped(summary)}`),
    '',
  ];
}

function blockLines(block: Block, name: string | null, key: string): string[] {
  switch (block.type) {
    case 'heading':
      return [`**${escaped(block.text)}**`];
    case 'paragraph':
      return [`${escaped(block.text)}${ids(block.cites)}`];
    case 'prompt':
      return [`> _${escaped(block.text)}_`];
    case 'list': {
      const lead = { bullet: '-', number: '1.', check: '- [ ]' }[block.style];
      return block.items.map(({ text, cites }) => `${lead} ${escaped(text)}${ids(cites)}`);
    }
    case 'facts':
      return table(
        ['', ''],
        block.rows.map(({ label, value, cites }) => [
          `**${escaped(label)}**`,
          escaped(value) + ids(cites),
        ]),
      );
    case 'table': {
      const hasCites = block.rows.some(({ cites }) => cites.length > 0);
      const rows = block.rows.map(({ cells, cites }) => [
        ...cells.map(escaped),
        ...(hasCites ? [plainIds(cites)] : []),
      ]);
      const columns = [...block.columns.map(escaped), ...(hasCites ? ['Evidence'] : [])];
      return [`${escaped(block.caption)}:`, '', ...table(columns, rows)];
    }
    case 'code':
      return [`${escaped(block.caption)}:`, '', ...fenced(block.text)];
    case 'chart':
      if (name === null) return [`${escaped(block.alt)} (${escaped(block.signal.id)})`];
      return [
        `![${escaped(block.alt)}](${encodeURI(pictureName(name, key, block.signal.id))})`,
        '',
        `${escaped(block.caption)} (${escaped(block.signal.id)})`,
      ];
  }
}

function table(columns: readonly string[], rows: readonly string[][]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)];
}

function ids(cites: readonly CiteRef[]): string {
  return cites.length === 0 ? '' : ` (${plainIds(cites)})`;
}

function plainIds(cites: readonly CiteRef[]): string {
  return cites.map(({ id }) => escaped(id)).join(', ');
}

function entryLines(entry: EvidenceEntry, level: string): string[] {
  const { id, summary, source, query, from, to, quotes, text } = entry;
  return [
    `${level}# ${escaped(id)}: ${escaped(summary)}`,
    '',
    `Source ${escaped(source)}, query ${escaped(query)}, ${escaped(from)} to ${escaped(to)}.`,
    '',
    ...quotes.map((quote) => `> ${escaped(quote)}`),
    ...(quotes.length > 0 ? [''] : []),
    ...fenced(text),
    '',
  ];
}

/** A fence longer than any run of backticks within. */
function fenced(text: string): string[] {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return [fence, text, fence];
}

/**
 * Outside text in markdown: every character that can begin or end markup is escaped, so nothing
 * becomes a link, a picture, a heading, HTML or a mention.
 */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~&$]/g, '\\$&')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/@/g, '@\u2060')
    .replace(/(https?|ftp):/gi, '$1\u2060:')
    .replace(/\bwww\./gi, 'www\u2060.');
}
