import type { ChartMark, SignalEvidence } from '#src/charts/contract.ts';
import type { EvidenceKind } from '#src/domain/evidence.ts';

/**
 * A report as every renderer draws it: parts, one an incident, of sections of blocks. It holds no
 * clock, no locale and no markup. All texts are inert (`sanitize.ts`) and well-formed Unicode;
 * renderers escape for their own syntax. Times in texts are UTC.
 */
export type Report = {
  schema: 'incident-report/v1';
  kind: 'report' | 'postmortem';
  title: string;
  subtitle: string;
  /** The last moment that the evidence tells of, RFC 3339; stands for the date of the document. */
  asOf: string;
  /** One row an incident, where there are several. */
  overview: Block[];
  parts: ReportPart[];
};

/** What the report says about one incident. */
export type ReportPart = {
  /** Begins every anchor of the part: ids of evidence repeat from incident to incident. */
  key: string;
  title: string;
  severity: string;
  facts: Fact[];
  sections: Section[];
  evidence: EvidenceEntry[];
};

export type Section = { id: string; title: string; blocks: Block[] };

/** A sentence with the evidence that it rests on, and what is quoted from it. */
export type CitedText = { text: string; cites: CiteRef[] };
export type CiteRef = { id: string; quotes: string[] };

export type Fact = { label: string; value: string; cites: CiteRef[] };

export type Block =
  | { type: 'heading'; text: string }
  | ({ type: 'paragraph' } & CitedText)
  /** Left for people to fill in. */
  | { type: 'prompt'; text: string }
  | { type: 'list'; style: 'bullet' | 'number' | 'check'; items: CitedText[] }
  | { type: 'facts'; rows: Fact[] }
  | { type: 'table'; caption: string; columns: string[]; rows: TableRow[] }
  | { type: 'code'; caption: string; text: string }
  /** `alt` says in words all that the picture shows, `caption` what it shows. */
  | { type: 'chart'; signal: SignalEvidence; marks: ChartMark[]; caption: string; alt: string };

/** As many cells as columns; what the row rests on stands in a column of its own. */
export type TableRow = { cells: string[]; cites: CiteRef[] };

/** A piece of evidence with its stored bytes as text. */
export type EvidenceEntry = {
  id: string;
  kind: EvidenceKind;
  service: string;
  source: string;
  query: string;
  from: string;
  to: string;
  summary: string;
  isCited: boolean;
  /** What the report quotes from it. */
  quotes: string[];
  /** Of evidence that is not cited only the summary is shown, and this is empty. */
  text: string;
};
