import {
  BorderStyle,
  type HeadingLevel,
  ImageRun,
  InternalHyperlink,
  LineRuleType,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Rasterizer } from '#src/charts/chart-png.ts';
import { chartSvg } from '#src/charts/chart-svg.ts';
import type { Block, CiteRef, Fact } from '#src/report/model/report.ts';
import { columnWidths } from '#src/report/renderers/docx/widths.ts';

/** Inner width of an A4 page with the margins of the document, in twentieths of a point. */
export const PAGE_WIDTH = 9638;
const CHART_WIDTH = 640;

/** What blocks are drawn with; `instance` numbers the lists that count. */
export type DocxTools = {
  draw: Rasterizer;
  /** Bookmark of a piece of evidence in the appendix. */
  bookmark(id: string): string | null;
  nextInstance(): number;
};

/** A block as paragraphs and tables. */
export function blockElements(block: Block, tools: DocxTools, level: Level): (Paragraph | Table)[] {
  switch (block.type) {
    case 'heading':
      return [new Paragraph({ text: block.text, heading: level })];
    case 'paragraph':
      return [new Paragraph({ children: cited(block.text, block.cites, tools) })];
    case 'prompt':
      return [new Paragraph({ text: block.text, style: 'ToFillIn' })];
    case 'list': {
      const instance = tools.nextInstance();
      return block.items.map(
        ({ text, cites }) =>
          new Paragraph({
            numbering: { reference: block.style, level: 0, instance },
            children: cited(text, cites, tools),
          }),
      );
    }
    case 'facts':
      return [factTable(block.rows, tools), spacer()];
    case 'table':
      return [
        new Paragraph({ text: block.caption, style: 'Caption' }),
        table(block, tools),
        spacer(),
      ];
    case 'code':
      return [
        new Paragraph({ text: block.caption, style: 'Caption' }),
        ...code(block.text),
        spacer(),
      ];
    case 'chart':
      return chart(block, tools);
  }
}

export type Level = (typeof HeadingLevel)[keyof typeof HeadingLevel];

/** Lines of code as one paragraph with breaks, which may go over pages. */
export function code(text: string): Paragraph[] {
  const runs = text
    .split('\n')
    .map(
      (line, at) =>
        new TextRun({ text: line.replace(/\t/g, '    '), ...(at > 0 ? { break: 1 } : {}) }),
    );
  return [new Paragraph({ style: 'Code', children: runs })];
}

function spacer(): Paragraph {
  return new Paragraph({ spacing: { after: 0, line: 160, lineRule: LineRuleType.AUTO } });
}

function cited(text: string, cites: readonly CiteRef[], tools: DocxTools): ParagraphChild[] {
  const links = citeLinks(cites, tools);
  return links.length === 0 ? [new TextRun(text)] : [new TextRun(`${text} `), ...links];
}

/** `[M1] [C2]`, each a way to the bytes in the appendix. */
function citeLinks(cites: readonly CiteRef[], tools: DocxTools): ParagraphChild[] {
  return cites.flatMap(({ id }, at) => {
    const name = tools.bookmark(id);
    const link = name === null ? {} : { style: 'Hyperlink' };
    const label = new TextRun({ text: `[${id}]`, ...link, size: 17 });
    const gap = at > 0 ? [new TextRun(' ')] : [];
    return name === null
      ? [...gap, label]
      : [...gap, new InternalHyperlink({ anchor: name, children: [label] })];
  });
}

const THIN = { style: BorderStyle.SINGLE, size: 4, color: 'D9D9D9' };
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const BORDERS = {
  top: THIN,
  bottom: THIN,
  left: NONE,
  right: NONE,
  insideHorizontal: THIN,
  insideVertical: NONE,
};
const MARGINS = { left: 60, right: 100, top: 20, bottom: 20, marginUnitType: WidthType.DXA };

function cell(width: number, style: string, children: ParagraphChild[]): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: MARGINS,
    children: [new Paragraph({ style, children })],
  });
}

function grid(widths: readonly number[], rows: TableRow[]): Table {
  return new Table({
    width: { size: PAGE_WIDTH, type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders: BORDERS,
    rows,
  });
}

/** Names beside values. */
export function factTable(rows: readonly Fact[], tools: DocxTools): Table {
  const widths = [2200, PAGE_WIDTH - 2200] as const;
  return grid(
    widths,
    rows.map(
      ({ label, value, cites }) =>
        new TableRow({
          cantSplit: true,
          children: [
            cell(widths[0], 'CellHead', [new TextRun(label)]),
            cell(widths[1], 'Cell', cited(value, cites, tools)),
          ],
        }),
    ),
  );
}

function table(block: Extract<Block, { type: 'table' }>, tools: DocxTools): Table {
  const hasCites = block.rows.some(({ cites }) => cites.length > 0);
  const columns = hasCites ? [...block.columns, 'Evidence'] : block.columns;
  const texts = block.rows.map(({ cells, cites }) =>
    hasCites ? [...cells, cites.map(({ id }) => `[${id}]`).join(' ')] : cells,
  );
  const widths = columnWidths([columns, ...texts], PAGE_WIDTH);
  const width = (at: number): number => widths[at] ?? 0;
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map((name, at) => cell(width(at), 'CellHead', [new TextRun(name)])),
  });
  const rows = block.rows.map(
    ({ cells, cites }) =>
      new TableRow({
        cantSplit: true,
        children: [
          ...cells.map((text, at) => cell(width(at), 'Cell', [new TextRun(text)])),
          ...(hasCites ? [cell(width(cells.length), 'Cell', citeLinks(cites, tools))] : []),
        ],
      }),
  );
  return grid(widths, [head, ...rows]);
}

function chart(
  { signal, marks, alt, caption }: Extract<Block, { type: 'chart' }>,
  tools: DocxTools,
): Paragraph[] {
  const data = Buffer.from(tools.draw(chartSvg(signal, marks, { width: CHART_WIDTH })));
  // The header of a PNG has its width and height at bytes 16 and 20 (W3C PNG, 11.2.2).
  const height = Math.round((data.readUInt32BE(20) / data.readUInt32BE(16)) * CHART_WIDTH);
  const image = new ImageRun({
    type: 'png',
    data,
    transformation: { width: CHART_WIDTH, height },
    altText: { name: `Chart of ${signal.id}`, title: `Chart of ${signal.id}`, description: alt },
  });
  return [
    new Paragraph({ keepNext: true, children: [image] }),
    new Paragraph({
      style: 'FigureCaption',
      children: cited(caption, [{ id: signal.id, quotes: [] }], tools),
    }),
  ];
}
