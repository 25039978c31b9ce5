import type { StackFrame, StackTrace } from '#src/domain/stack-trace.ts';
import { formatTime } from '#src/domain/time.ts';
import type { ParsedTrace, StackTraceParser } from '#src/stacktrace/contract.ts';
import { messageKey, structureKey } from '#src/stacktrace/fingerprint.ts';
import { isInApp } from '#src/stacktrace/in-app.ts';
import { detached } from '#src/stacktrace/reading/detached.ts';

/** What a frame of the domain has no room for, but finding its place in the source may need. */
export type FrameDetail = {
  /** 1-based, as printed. */
  column: number | null;
  /** The source line, where the runtime printed it. */
  source: string | null;
};

/** Details by the very frame objects of the traces that were read together with them. */
export type FrameDetails = ReadonlyMap<StackFrame, FrameDetail>;

type Entry = {
  trace: StackTrace;
  count: number;
  first: number | null;
  last: number | null;
  seen: number;
};
type Family = { variants: Map<string, Entry>; isCollapsed: boolean };

/** Distinct traces that are kept, and how many of the rarest make room when there are more. */
const MAX_ENTRIES = 1000;
const EVICTED = 100;
/** Frames kept over all traces. */
const MAX_FRAMES = 150_000;
/** With more different messages than this the message holds free text; the structure alone counts. */
const MAX_VARIANTS = 8;

/** Counts equal traces once. Its memory is bounded; under pressure the rarest old traces are forgotten. */
export class TraceBook {
  readonly #parsers: ReadonlyMap<string, StackTraceParser>;
  readonly #ownCode: (service: string | null) => readonly string[];
  readonly #families = new Map<string, Family>();
  readonly #details = new Map<StackFrame, FrameDetail>();
  #entries = 0;
  #frames = 0;
  #seen = 0;

  /** @param ownCode prefixes of paths or qualified names that are known to be a service's own */
  constructor(
    parsers: ReadonlyMap<string, StackTraceParser>,
    ownCode: (service: string | null) => readonly string[],
  ) {
    this.#parsers = parsers;
    this.#ownCode = ownCode;
  }

  /** Counts one occurrence. `at` in milliseconds since the epoch. */
  add(parsed: ParsedTrace, service: string | null, at: number | null): void {
    const trace = this.#traceOf(parsed, service, this.#ownCode(service), []);
    const structure = structureKey(trace);
    const family = this.#families.get(structure) ?? {
      variants: new Map<string, Entry>(),
      isCollapsed: false,
    };
    if (family.variants.size === 0) this.#families.set(detached(structure), family);
    const message = family.isCollapsed ? '' : messageKey(trace);
    this.#seen += 1;
    const entry = family.variants.get(message);
    if (entry) {
      note(entry, at);
      return;
    }
    const details: [StackFrame, FrameDetail][] = [];
    const kept = this.#traceOf(copied(parsed), service, this.#ownCode(service), details);
    family.variants.set(detached(message), {
      trace: kept,
      count: 1,
      first: at,
      last: at,
      seen: this.#seen,
    });
    for (const [frame, detail] of details) this.#details.set(frame, detail);
    this.#entries += 1;
    this.#frames += frameCount(trace);
    if (family.variants.size > MAX_VARIANTS) this.#collapse(family);
    if (this.#entries > MAX_ENTRIES || this.#frames > MAX_FRAMES) this.#evict();
  }

  #traceOf(
    parsed: ParsedTrace,
    service: string | null,
    own: readonly string[],
    details: [StackFrame, FrameDetail][],
  ): StackTrace {
    const parser = this.#parsers.get(parsed.language);
    const frames = parsed.frames.map((frame) => {
      const { file, line, column, source } = frame;
      const made = { file, line, function: frame.function, inApp: isInApp(frame, parser, own) };
      if (column !== null || source !== undefined)
        details.push([made, { column, source: source ?? null }]);
      return made;
    });
    return {
      id: '',
      service,
      language: parsed.language,
      type: parsed.type,
      message: parsed.message,
      count: 0,
      first: null,
      last: null,
      frames,
      causes: parsed.causes.map((cause) => this.#traceOf(cause, service, own, details)),
    };
  }

  /** Makes one entry of all variants, the earliest one standing for them. */
  #collapse(family: Family): void {
    const all = [...family.variants.values()].sort((a, b) => a.seen - b.seen);
    const [kept, ...others] = all;
    if (!kept) return;
    for (const other of others) {
      kept.count += other.count;
      kept.first = least(kept.first, other.first);
      kept.last = greatest(kept.last, other.last);
      this.#forget(other);
    }
    family.variants = new Map([['', kept]]);
    family.isCollapsed = true;
  }

  #evict(): void {
    const all: { key: string; variant: string; entry: Entry }[] = [];
    for (const [key, family] of this.#families) {
      for (const [variant, entry] of family.variants) all.push({ key, variant, entry });
    }
    all.sort((a, b) => a.entry.count - b.entry.count || a.entry.seen - b.entry.seen);
    for (const { key, variant, entry } of all.slice(
      0,
      Math.max(1, Math.min(EVICTED, all.length - 1)),
    )) {
      const family = this.#families.get(key);
      family?.variants.delete(variant);
      if (family?.variants.size === 0) this.#families.delete(key);
      this.#forget(entry);
    }
  }

  #forget(entry: Entry): void {
    this.#entries -= 1;
    this.#frames -= frameCount(entry.trace);
    forEachFrame(entry.trace, (frame) => this.#details.delete(frame));
  }

  /** All distinct traces by first appearance, with their ids. */
  finish(): { traces: StackTrace[]; details: FrameDetails } {
    const entries = [...this.#families.values()].flatMap((family) => [...family.variants.values()]);
    entries.sort((a, b) => compareTimes(a.first, b.first) || a.seen - b.seen);
    for (const [at, entry] of entries.entries()) stamp(entry.trace, entry, `K${at + 1}`);
    return { traces: entries.map((entry) => entry.trace), details: this.#details };
  }
}

/** A copy whose texts do not keep the lines alive from which they were cut. */
function copied(trace: ParsedTrace): ParsedTrace {
  return JSON.parse(JSON.stringify(trace)) as ParsedTrace;
}

function note(entry: Entry, at: number | null): void {
  entry.count += 1;
  entry.first = least(entry.first, at);
  entry.last = greatest(entry.last, at);
}

/** A cause carries the id of its trace, which is the evidence to cite. */
function stamp(trace: StackTrace, entry: Entry, id: string): void {
  trace.id = id;
  trace.count = entry.count;
  trace.first = entry.first === null ? null : formatTime(entry.first);
  trace.last = entry.last === null ? null : formatTime(entry.last);
  for (const cause of trace.causes) stamp(cause, entry, id);
}

function frameCount(trace: StackTrace): number {
  let count = 1;
  forEachFrame(trace, () => {
    count += 1;
  });
  return count;
}

function forEachFrame(trace: StackTrace, visit: (frame: StackFrame) => void): void {
  for (const frame of trace.frames) visit(frame);
  for (const cause of trace.causes) forEachFrame(cause, visit);
}

const least = (a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : Math.min(a, b);
const greatest = (a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : Math.max(a, b);

/** Times that are not known come last. */
function compareTimes(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}
