import {
  Bookmark,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TableOfContents,
  TabStopType,
  TextRun,
} from 'docx';
import { loadRasterizer } from '#src/charts/chart-png.ts';
import type { EvidenceEntry, Report, ReportPart } from '#src/report/model/report.ts';
import {
  blockElements,
  code,
  type DocxTools,
  factTable,
  PAGE_WIDTH,
} from '#src/report/renderers/docx/blocks.ts';
import { normalisedPackage } from '#src/report/renderers/docx/normalise.ts';
import { pageNumbers } from '#src/report/renderers/docx/page-numbers.ts';
import { NUMBERING, STYLES } from '#src/report/renderers/docx/styles.ts';

const A4 = { width: 11906, height: 16838 };
const MARGIN = 1134;

type Content = Paragraph | Table | TableOfContents;

/** A report as the bytes of a Word document; equal reports give equal bytes. */
export async function wordDocument(report: Report): Promise<Uint8Array> {
  const draw = await loadRasterizer();
  const count = { instance: 0 };
  const toolsFor = (part: ReportPart | null): DocxTools => {
    const shown = new Set(part?.evidence.filter(({ isCited }) => isCited).map(({ id }) => id));
    return {
      draw,
      bookmark: (id) => (part && shown.has(id) ? bookmarkName(part.key, id) : null),
      nextInstance: () => ++count.instance,
    };
  };
  const single = report.parts.length === 1;
  const children: Content[] = [
    ...titlePage(report, toolsFor(null)),
    ...report.parts.flatMap((part) => partElements(part, single, toolsFor(part))),
  ];
  const document = new Document({
    title: report.title,
    subject: report.subtitle,
    creator: 'incident',
    lastModifiedBy: 'incident',
    description: `Evidence up to ${report.asOf}`,
    revision: 1,
    styles: STYLES ?? {},
    numbering: NUMBERING,
    pageNumbers,
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: A4,
            margin: {
              top: MARGIN,
              bottom: MARGIN,
              left: MARGIN,
              right: MARGIN,
              header: 560,
              footer: 560,
            },
          },
        },
        headers: { default: header(report), first: new Header({ children: [new Paragraph('')] }) },
        footers: { default: footer(report), first: footer(report) },
        children,
      },
    ],
  });
  return normalisedPackage(await Packer.toBuffer(document), report.asOf);
}

/** Word's names of bookmarks: a letter first, at most 40 characters. */
function bookmarkName(key: string, id: string): string {
  return `ev_${key}${id}`.replace(/\W/g, '_').slice(0, 40);
}

function titlePage(report: Report, tools: DocxTools): Content[] {
  const [first] = report.parts;
  const table = report.overview.flatMap((block) =>
    blockElements(block, tools, HeadingLevel.HEADING_2),
  );
  return [
    new Paragraph({ text: report.title, heading: HeadingLevel.TITLE }),
    new Paragraph({ text: report.subtitle, style: 'Subtitle' }),
    ...(report.parts.length === 1 && first ? [factTable(first.facts, tools)] : table),
    new Paragraph({ text: 'Contents', style: 'ContentsHeading', pageBreakBefore: true }),
    new TableOfContents('Contents', { hyperlink: true, headingStyleRange: '1-2' }),
  ];
}

function partElements(part: ReportPart, single: boolean, tools: DocxTools): Content[] {
  const section = single ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
  const inner = single ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3;
  const head = single
    ? []
    : [
        new Paragraph({ text: part.title, heading: HeadingLevel.HEADING_1, pageBreakBefore: true }),
        factTable(part.facts, tools),
      ];
  return [
    ...head,
    ...part.sections.flatMap(({ title, blocks }, at) => [
      new Paragraph({ text: title, heading: section, pageBreakBefore: single && at === 0 }),
      ...blocks.flatMap((block) => blockElements(block, tools, inner)),
    ]),
    new Paragraph({ text: 'Evidence', heading: section, pageBreakBefore: true }),
    new Paragraph('What is cited, with every stored byte.'),
    ...part.evidence
      .filter(({ isCited }) => isCited)
      .flatMap((entry) => entryElements(part.key, entry, tools)),
    ...rest(part),
  ];
}

function entryElements(key: string, entry: EvidenceEntry, tools: DocxTools): Content[] {
  const { id, summary, source, service, query, from, to, quotes, text } = entry;
  const facts: [string, string][] = [
    ['Source', source],
    ['Service', service],
    ['Query', query],
    ['Window', `${from} to ${to}`],
  ];
  return [
    new Paragraph({
      heading: HeadingLevel.HEADING_3,
      children: [
        new Bookmark({ id: bookmarkName(key, id), children: [new TextRun(`${id}  ${summary}`)] }),
      ],
    }),
    factTable(
      facts.flatMap(([label, value]) => (value === '' ? [] : [{ label, value, cites: [] }])),
      tools,
    ),
    new Paragraph({ text: 'Stored bytes', style: 'Caption' }),
    ...quotes.map((quote) => new Paragraph({ text: `Quoted: ${quote}`, style: 'Quoted' })),
    ...code(text),
    new Paragraph(''),
  ];
}

function rest(part: ReportPart): Content[] {
  const others = part.evidence.filter(({ isCited }) => !isCited);
  if (others.length === 0) return [];
  return [
    new Paragraph({ text: 'Not cited', heading: HeadingLevel.HEADING_3 }),
    ...others.map(
      ({ id, summary }) =>
        new Paragraph({
          numbering: { reference: 'bullet', level: 0 },
          children: [new TextRun(`${id}: ${summary}`)],
        }),
    ),
  ];
}

function header({ title, subtitle }: Report): Header {
  return new Header({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: PAGE_WIDTH }],
        children: [small(short(title)), small(`\t${subtitle}`)],
      }),
    ],
  });
}

function footer({ asOf }: Report): Footer {
  const numbers = [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES];
  return new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: PAGE_WIDTH }],
        children: [
          small(`Evidence up to ${asOf}`),
          new TextRun({ size: 17, color: '595959', children: ['\tPage ', ...numbers] }),
        ],
      }),
    ],
  });
}

function small(text: string): TextRun {
  return new TextRun({ text, size: 17, color: '595959' });
}

function short(title: string): string {
  return title.length <= 70 ? title : `${title.slice(0, 69).toWellFormed()}…`;
}
