import type { StackFrame, StackTrace } from '#src/domain/stack-trace.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { Style } from '#src/platform/style.ts';
import { displayWidth, padEnd, truncate, wrap } from '#src/platform/terminal-text.ts';
import type { SuspectCommit } from '#src/stacktrace/locate/suspects.ts';
import type { CulpritLocation } from '#src/stacktrace/locate.ts';

/** What a commit is known by to people. */
export type CommitNote = { timestamp: string; author: string; subject: string };

export type TraceView = {
  stackTraces: readonly StackTrace[];
  locations: readonly CulpritLocation[];
  commits: readonly SuspectCommit[];
  /** By sha; commits without a note are shown by their sha alone. */
  notes: ReadonlyMap<string, CommitNote>;
  hasRepository: boolean;
};

const MOST_TRACES = 12;
const MOST_LOCATIONS = 8;
const MOST_COMMITS = 5;
const OWN_FRAMES = 4;
const WIDEST = 100;

/**
 * Stack traces for somebody at a terminal: of each the innermost cause first, because there it broke,
 * then the service's own frames; then the lines and commits that are suspected.
 */
export function renderTraces(view: TraceView, options: { columns: number; style: Style }): string {
  const page = new Page(Math.max(40, Math.min(options.columns, WIDEST)), options.style);
  if (view.stackTraces.length === 0) return 'No stack traces.\n';
  const often = [...view.stackTraces].sort(
    (a, b) => b.count - a.count || numberOf(a) - numberOf(b),
  );
  const all = view.stackTraces.length;
  const total = view.stackTraces.reduce((sum, trace) => sum + trace.count, 0);
  page.heading(`${all} stack trace${all === 1 ? '' : 's'}, ${total} time${total === 1 ? '' : 's'}`);
  for (const trace of often.slice(0, MOST_TRACES)) page.trace(trace, view.locations);
  if (all > MOST_TRACES)
    page.line(page.style.dim(`… and ${all - MOST_TRACES} more; --json shows them all`));
  if (view.hasRepository) {
    page.locations(view.locations.slice(0, MOST_LOCATIONS));
    page.commits(view.commits.slice(0, MOST_COMMITS), view.notes);
  }
  return page.text();
}

const numberOf = (trace: StackTrace): number => Number(trace.id.slice(1));

class Page {
  readonly #columns: number;
  readonly style: Style;
  readonly #lines: string[] = [];

  constructor(columns: number, style: Style) {
    this.#columns = columns;
    this.style = style;
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  line(text = ''): void {
    this.#lines.push(text);
  }

  heading(text: string): void {
    if (this.#lines.length > 0) this.line();
    this.line(this.style.heading(text));
  }

  trace(trace: StackTrace, locations: readonly CulpritLocation[]): void {
    this.line();
    const chain = innermostFirst(trace);
    const [inner, ...around] = chain;
    const facts = [`×${trace.count}`, trace.language, trace.service ?? '', period(trace)]
      .filter(Boolean)
      .join('  ');
    this.line(
      `${this.style.accent(padEnd(trace.id, 4))} ${this.style.bad(truncate(oneLine(inner?.type ?? trace.type), this.#columns - 6))}`,
    );
    this.#wrapped(oneLine(inner?.message ?? ''), 5, 3);
    this.line(`     ${this.style.dim(truncate(facts, this.#columns - 6))}`);
    this.#frames(inner ?? trace, locations);
    for (const outer of around.slice(0, 3)) {
      const text = `became ${oneLine(outer.type)}: ${oneLine(outer.message)}`;
      this.line(`     ${this.style.warn(truncate(text, this.#columns - 6))}`);
    }
  }

  #wrapped(text: string, indent: number, most: number): void {
    const lines = text === '' ? [] : wrap(text, this.#columns - indent - 1);
    for (const [at, line] of lines.slice(0, most).entries()) {
      const isCut = at === most - 1 && lines.length > most;
      this.line(`${' '.repeat(indent)}${line}${isCut ? '…' : ''}`);
    }
  }

  #frames(node: StackTrace, locations: readonly CulpritLocation[]): void {
    const own = node.frames.filter((frame) => frame.inApp);
    const shown = (own.length > 0 ? own : node.frames).slice(0, OWN_FRAMES);
    const width = Math.min(34, Math.max(0, ...shown.map((frame) => displayWidth(placeOf(frame)))));
    for (const frame of shown) {
      const place = padEnd(truncateFront(placeOf(frame), width), width);
      const room = this.#columns - width - 9;
      const name = truncate(oneLine(frame.function), Math.max(8, room));
      const isCulprit = locations.slice(0, 1).some((each) => sameEnd(each, frame));
      this.line(
        `     ${isCulprit ? this.style.bad('›') : ' '} ${place}  ${frame.inApp ? name : this.style.dim(name)}`,
      );
    }
    const hidden = node.frames.length - shown.length;
    if (hidden > 0)
      this.line(this.style.dim(`       … ${hidden} more frame${hidden === 1 ? '' : 's'}`));
  }

  locations(locations: readonly CulpritLocation[]): void {
    this.heading('Where it comes from');
    if (locations.length === 0) this.line('  No frame lies in the repository.');
    for (const { file, line, function: name, score } of locations) {
      const place = truncateFront(oneLine(`${file}:${line}`), this.#columns - 30);
      const called = name ? `  ${truncate(oneLine(name), 20)}` : '';
      this.line(`  ${this.style.accent(percent(score))}  ${place}${this.style.dim(called)}`);
    }
  }

  commits(commits: readonly SuspectCommit[], notes: ReadonlyMap<string, CommitNote>): void {
    this.heading('Suspect commits');
    if (commits.length === 0)
      this.line('  None: no change before the first occurrence touches these lines.');
    for (const { sha, score, reasons } of commits) {
      const note = notes.get(sha);
      const about = note ? `${note.timestamp.slice(0, 10)}  ${oneLine(note.subject)}` : '';
      this.line(
        `  ${this.style.accent(percent(score))}  ${sha.slice(0, 10)}  ${truncate(about, this.#columns - 22)}`,
      );
      for (const reason of reasons.slice(0, 2)) this.#wrapped(oneLine(reason), 8, 2);
    }
  }
}

const percent = (score: number): string => `${Math.round(score * 100)}%`.padStart(4);

function placeOf(frame: StackFrame): string {
  const file = oneLine(frame.file) || '(no file)';
  return frame.line === null ? file : `${file}:${frame.line}`;
}

/** The end of a path tells more than its beginning. */
function truncateFront(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return `…${[...text].slice(-(columns - 1)).join('')}`;
}

function sameEnd(location: CulpritLocation, frame: StackFrame): boolean {
  return (
    frame.line === location.line &&
    frame.file.replaceAll('\\', '/').endsWith(location.file.split('/').at(-1) ?? '\u0000')
  );
}

/** The chain of last causes, the innermost exception first. */
function innermostFirst(trace: StackTrace): StackTrace[] {
  const chain: StackTrace[] = [];
  for (let at: StackTrace | undefined = trace; at && chain.length < 12; at = at.causes.at(-1))
    chain.unshift(at);
  return chain;
}

function period({ first, last }: StackTrace): string {
  if (first === null || last === null) return '';
  return first === last ? first : `${first} to ${last}`;
}
