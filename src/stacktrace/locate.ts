import type { RepositoryView } from '#src/domain/repository.ts';
import type { StackFrame, StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';
import { compareText } from '#src/platform/compare.ts';
import { type Candidate, candidates, traceWeights } from '#src/stacktrace/locate/culprit.ts';
import { type FileIndex, fileIndex } from '#src/stacktrace/locate/file-index.ts';
import { followLine } from '#src/stacktrace/locate/follow-line.ts';
import {
  definitionOf,
  enclosingFunction,
  functionAround,
} from '#src/stacktrace/locate/function-extent.ts';
import { type ResolvedFrame, resolveFrame } from '#src/stacktrace/locate/resolve-frame.ts';
import {
  type RunningRevision,
  runningRevision,
  startingRevision,
} from '#src/stacktrace/locate/running-revision.ts';
import { type SourceReader, sourceReader } from '#src/stacktrace/locate/source-reader.ts';
import {
  type BlamedPlace,
  type SuspectCommit,
  suspectCommits,
} from '#src/stacktrace/locate/suspects.ts';
import type { FrameDetails } from '#src/stacktrace/trace-book.ts';

/** A line of the repository's head that stack traces point to; `score` is 0..1. */
export type CulpritLocation = {
  file: string;
  line: number;
  function: string | null;
  score: number;
};

export type Located = { locations: CulpritLocation[]; commits: SuspectCommit[] };

export type LocateOptions = {
  /** Prefix of a path in the container or build → path in the repository. */
  pathMap?: Readonly<Record<string, string>>;
  /** What the reading of the traces kept beside them: columns and printed source lines. */
  details?: FrameDetails;
  /** Commit that was running, where it is known. */
  revision?: string | null;
};

const MAX_TRACES = 60;
const MAX_CANDIDATES = 80;
const MAX_LOCATIONS = 20;

/**
 * Finds the lines of a repository that stack traces point to, ranked by how likely the fault lies
 * there, and the commits that may have brought it. Frames are read against the revision that was
 * running; the locations given are those of the head, followed by content where lines have moved.
 * @param repo read-only view of the service's repository
 */
export async function locate(
  traces: readonly StackTrace[],
  repo: RepositoryView,
  options: LocateOptions = {},
): Promise<Located> {
  const weights = traceWeights(traces);
  const chosen = [...traces]
    .sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || compareText(a.id, b.id))
    .slice(0, MAX_TRACES);
  const firstAt = earliest(chosen);
  const start = await startingRevision(repo, options.revision, firstAt);
  const work = new Locating(repo, options, start, fileIndex(await repo.listFiles(start.revision)));
  const places = await work.places(chosen, traceWeights(chosen));
  const locations = await work.locations(places);
  return { locations, commits: await suspectCommits(repo, places) };
}

function earliest(traces: readonly StackTrace[]): number | null {
  const times = traces.map((trace) => (trace.first === null ? null : parseTime(trace.first)));
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

/** One run of {@link locate}. */
class Locating {
  readonly #repo: RepositoryView;
  readonly #options: LocateOptions;
  readonly #start: RunningRevision;
  readonly #index: FileIndex;
  readonly #reader: SourceReader;
  readonly #resolved = new Map<string, Promise<ResolvedFrame | null>>();

  constructor(
    repo: RepositoryView,
    options: LocateOptions,
    start: RunningRevision,
    index: FileIndex,
  ) {
    this.#repo = repo;
    this.#options = options;
    this.#start = start;
    this.#index = index;
    this.#reader = sourceReader(repo);
  }

  /** The culprit lines as of the running revision, the most likely first. */
  async places(
    traces: readonly StackTrace[],
    weights: ReadonlyMap<StackTrace, number>,
  ): Promise<BlamedPlace[]> {
    const known = await this.#ownFrames(traces);
    const found = candidates(traces, (frame) => known.has(frame))
      .map((each) => ({ ...each, share: each.share * (weights.get(each.trace) ?? 0) }))
      .sort((a, b) => b.share - a.share)
      .slice(0, MAX_CANDIDATES);
    const places = new Map<string, BlamedPlace>();
    const traceOf = new Map<BlamedPlace, StackTrace>();
    for (const each of found) {
      const resolved = known.get(each.frame);
      if (!resolved) continue;
      const key = `${resolved.file}\u0000${resolved.line}`;
      const place = places.get(key);
      const score = each.share * resolved.certainty;
      if (place) place.score += score;
      else {
        const made = await this.#place(each, resolved, score);
        places.set(key, made);
        traceOf.set(made, each.trace);
      }
    }
    agreeOnRevision(traceOf);
    return [...places.values()]
      .sort((a, b) => b.score - a.score || compareText(a.file, b.file) || a.line - b.line)
      .slice(0, MAX_LOCATIONS);
  }

  /** Frames that lie in the repository; without any of the service's own, libraries may be its code too. */
  async #ownFrames(traces: readonly StackTrace[]): Promise<Map<StackFrame, ResolvedFrame>> {
    const known = new Map<StackFrame, ResolvedFrame>();
    for (const onlyInApp of [true, false]) {
      for (const frame of traces.flatMap(framesOf)) {
        if (onlyInApp !== frame.inApp) continue;
        const resolved = await this.#resolve(frame);
        // What looks like a library is believed to be own code only when its path agrees well.
        if (resolved && (onlyInApp || resolved.certainty > 0.9)) known.set(frame, resolved);
      }
      if (known.size > 0) break;
    }
    return known;
  }

  #resolve(frame: StackFrame): Promise<ResolvedFrame | null> {
    const column = this.#options.details?.get(frame)?.column ?? null;
    const key = [frame.file, frame.line, column, frame.function].join('\u0000');
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const resolving = resolveFrame(frame, column, {
      index: this.#index,
      reader: this.#reader,
      revision: this.#start.revision,
      pathMap: this.#options.pathMap ?? {},
    });
    this.#resolved.set(key, resolving);
    return resolving;
  }

  async #place(
    { trace, node, frame }: Candidate,
    resolved: ResolvedFrame,
    score: number,
  ): Promise<BlamedPlace> {
    const { file, line, function: name } = resolved;
    const source = this.#options.details?.get(frame)?.source ?? null;
    const isDirect = resolved.line === frame.line;
    const { revision, until } = await runningRevision(
      this.#repo,
      this.#reader,
      { file, line, function: name, source: isDirect ? source : null },
      this.#start,
    );
    const lines = await this.#reader.lines(file, revision);
    const inside = name ?? enclosingFunction(lines, line);
    const extent = inside === null ? null : functionAround(lines, line, inside);
    const firstAt = trace.first === null ? null : parseTime(trace.first);
    return {
      file,
      line,
      function: inside,
      extent,
      score,
      revision,
      until,
      firstAt,
      type: node.type,
    };
  }

  /** The same lines in the head of the repository. */
  async locations(places: readonly BlamedPlace[]): Promise<CulpritLocation[]> {
    const found = new Map<string, CulpritLocation>();
    for (const place of places) {
      const line = await this.#lineInHead(place);
      if (line === null) continue;
      const key = `${place.file}\u0000${line}`;
      const known = found.get(key);
      const score = Math.min(1, (known?.score ?? 0) + place.score);
      found.set(key, {
        file: place.file,
        line,
        function: place.function ?? known?.function ?? null,
        score,
      });
    }
    return [...found.values()]
      .map((each) => ({ ...each, score: Math.round(each.score * 1000) / 1000 }))
      .sort((a, b) => b.score - a.score || compareText(a.file, b.file) || a.line - b.line);
  }

  async #lineInHead(place: BlamedPlace): Promise<number | null> {
    const { head } = this.#repo;
    const now = await this.#reader.lines(place.file, head);
    if (place.revision === head) return Math.min(place.line, now.length);
    const then = await this.#reader.lines(place.file, place.revision);
    const followed = followLine(then, now, place.line);
    if (followed !== null) return followed;
    const defined = place.function === null ? null : definitionOf(now, place.function);
    // A file that is gone from the head is still the place of the fault.
    return defined?.from ?? place.line;
  }
}

/** All frames of a trace ran in one revision: what one of them shows to be younger, is so for all. */
function agreeOnRevision(traceOf: ReadonlyMap<BlamedPlace, StackTrace>): void {
  const oldest = new Map<StackTrace, number>();
  for (const [{ until }, trace] of traceOf) {
    if (until !== null) oldest.set(trace, Math.min(until, oldest.get(trace) ?? until));
  }
  for (const [place, trace] of traceOf) place.until = oldest.get(trace) ?? place.until;
}

function framesOf(trace: StackTrace, depth = 0): StackFrame[] {
  const causes =
    depth < 12 ? trace.causes.slice(0, 20).flatMap((cause) => framesOf(cause, depth + 1)) : [];
  return [...trace.frames.slice(0, 60), ...causes];
}
