import type { BlameLine, LoggedCommit, RepositoryView } from '#src/domain/repository.ts';
import { formatDuration, parseTime } from '#src/domain/time.ts';
import { compareText } from '#src/platform/compare.ts';
import { mapLimited } from '#src/platform/map-limited.ts';
import type { Extent } from '#src/stacktrace/locate/function-extent.ts';
import { cosmeticsOf, type Hunk, hunksOf } from '#src/stacktrace/locate/hunks.ts';

/** A commit that blame and history point to; `score` is 0..1. */
export type SuspectCommit = { sha: string; score: number; reasons: string[] };

/** A culprit line as of the revision that was running. */
export type BlamedPlace = {
  file: string;
  line: number;
  function: string | null;
  /** Lines of the function around it. */
  extent: Extent | null;
  score: number;
  revision: string;
  /** A commit after this time was not part of what ran; milliseconds since the epoch. */
  until: number | null;
  /** First occurrence of the traces that point here, milliseconds since the epoch. */
  firstAt: number | null;
  /** Class of the exception that was thrown here. */
  type: string;
};

const MAX_PLACES = 8;
const MAX_HISTORY = 25;
const MAX_DIFFS = 12;
const MAX_COMMITS = 10;
/** Lines of a function looked at around the culprit. */
const NEIGHBOURHOOD = 60;
/** In so many days a line loses half of its suspicion: what worked for long is rarely what broke. */
const HALF_AGE_DAYS = 10;
const DAY = 86_400_000;

/**
 * What each kind of evidence is worth when the change is fresh. From stack traces alone the guilty
 * change of a crash came first in 44.7 % of the cases (ChangeLocator, Wu et al., Empirical Software
 * Engineering 2018), so none of this is near certainty.
 */
const WORTH = {
  line: 0.55,
  removed: 0.5,
  added: 0.4,
  function: 0.35,
  neighbours: 0.25,
  file: 0.1,
  moved: 0.1,
  cosmetic: 0.02,
};

/**
 * Commits as suspects: who last touched the culprit lines and the function around them, and who
 * changed that function or its file lately. Blame cannot see what a commit took away, so the diffs
 * of recent commits are read too. A commit younger than the first occurrence cannot have caused it,
 * and a line as old as the known history accuses nobody.
 */
export async function suspectCommits(
  repo: RepositoryView,
  places: readonly BlamedPlace[],
): Promise<SuspectCommit[]> {
  const book = new SuspectBook();
  const first = places.slice(0, MAX_PLACES);
  const findings = await mapLimited(first, 4, (place) => findingsAt(repo, place));
  for (const finding of findings.flat()) book.add(finding);
  return book.ranked().slice(0, MAX_COMMITS);
}

/** One thing that speaks against a commit. */
type Finding = {
  sha: string;
  weight: number;
  reason: string;
  at: number | null;
  /** Of the findings of one topic only the weightiest counts. */
  topic: string;
};

async function findingsAt(repo: RepositoryView, place: BlamedPlace): Promise<Finding[]> {
  const from = Math.max(1, place.extent?.from ?? place.line - 3, place.line - NEIGHBOURHOOD);
  const to = Math.min(place.extent?.to ?? place.line + 3, place.line + NEIGHBOURHOOD);
  const lines = await repo.blame(place.file, from, Math.max(to, place.line), place.revision);
  const [blamed, touched] = await Promise.all([
    blame(repo, place, lines),
    history(repo, place, lines),
  ]);
  return [...blamed, ...touched];
}

async function blame(
  repo: RepositoryView,
  place: BlamedPlace,
  lines: readonly BlameLine[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const neighbours = new Map<string, { count: number; at: number | null }>();
  for (const { line, sha, timestamp, boundary, text } of lines) {
    const at = parseTime(timestamp);
    if (boundary || isTooYoung(at, place)) continue;
    if (line === place.line) {
      const diff = await repo.diff(sha);
      const isMoved = diff !== null && cosmeticsOf(diff).isMoved(text);
      const what = isMoved ? 'moved or laid out anew' : 'last changed';
      findings.push({
        sha,
        at,
        reason: `${what} ${place.file}:${line}, where ${place.type} comes from`,
        topic: `line ${place.file}:${line}`,
        weight: place.score * (isMoved ? WORTH.moved : WORTH.line) * freshness(at, place.firstAt),
      });
    } else if (text.trim().length > 2) {
      const known = neighbours.get(sha) ?? { count: 0, at };
      neighbours.set(sha, { ...known, count: known.count + 1 });
    }
  }
  for (const [sha, { count, at }] of neighbours) {
    const part = count / Math.max(1, lines.length - 1);
    const reason = `wrote ${count === 1 ? 'a line' : `${count} lines`} of ${surroundings(place)}`;
    const weight = place.score * WORTH.neighbours * Math.sqrt(part) * freshness(at, place.firstAt);
    findings.push({ sha, at, reason, weight, topic: `lines ${place.file}` });
  }
  return findings;
}

function surroundings({ file, line, function: name }: BlamedPlace): string {
  return name ? `${name}() in ${file}` : `the lines around ${file}:${line}`;
}

async function history(
  repo: RepositoryView,
  place: BlamedPlace,
  lines: readonly BlameLine[],
): Promise<Finding[]> {
  const until = place.until === null ? {} : { until: new Date(place.until).toISOString() };
  const commits = await repo.log({ limit: MAX_HISTORY, paths: [place.file], ...until });
  const findings: Finding[] = [];
  for (const [index, commit] of commits.entries()) {
    const at = parseTime(commit.timestamp);
    // The first commit of all brought the file; it changed nothing that had worked.
    if (isTooYoung(at, place) || commit.parents.length === 0) continue;
    const diff = index < MAX_DIFFS ? await repo.diff(commit.sha) : null;
    const touch = index === 0 ? byNumber(place) : byText(place, lines);
    const { worth, reason } = judge(commit, diff, place, touch);
    findings.push({
      sha: commit.sha,
      at,
      weight: place.score * worth * freshness(at, place.firstAt),
      reason: `${reason}${before(at, place.firstAt)}`,
      topic: `history ${place.file}`,
    });
  }
  return findings;
}

/** How a hunk is told to lie next to the culprit line, or in the function around it. */
type Touch = {
  removesNear(hunk: Hunk): boolean;
  addsNear(hunk: Hunk): boolean;
  isInside(hunk: Hunk): boolean;
};

/** After the last commit of a file its line numbers are those of the running revision. */
function byNumber({ line, extent }: BlamedPlace): Touch {
  const from = extent?.from ?? line - 5;
  const to = extent?.to ?? line + 5;
  const isNear = (at: number) => Math.abs(at - line) <= 3 && at >= from && at <= to;
  return {
    removesNear: (hunk) => hunk.removedAt.some(isNear),
    addsNear: (hunk) => hunk.addedAt.some(isNear),
    isInside: (hunk) => hunk.from <= to && hunk.to >= from,
  };
}

/** Later commits have moved the lines, so older hunks are placed by what they and their context say. */
function byText({ line, function: name }: BlamedPlace, lines: readonly BlameLine[]): Touch {
  const telling = (text: string) => text.trim().length > 5;
  const culprit = lines.find((each) => each.line === line)?.text.trim() ?? '';
  const inside = new Set(lines.map(({ text }) => text.trim()).filter(telling));
  const holdsCulprit = (texts: readonly string[]) =>
    telling(culprit) && texts.some((text) => text.trim() === culprit);
  return {
    removesNear: (hunk) =>
      hunk.removed.length > 0 && holdsCulprit([...hunk.context, ...hunk.added]),
    addsNear: (hunk) => hunk.added.length > 0 && holdsCulprit([...hunk.context, ...hunk.added]),
    isInside: (hunk) =>
      (name !== null && hunk.heading.includes(name)) ||
      hunk.added.some((text) => inside.has(text.trim())),
  };
}

/** What a commit did to the function of the culprit line, by its diff. */
function judge(
  commit: LoggedCommit,
  diff: string | null,
  place: BlamedPlace,
  touch: Touch,
): { worth: number; reason: string } {
  const { file, line } = place;
  const all = diff === null ? [] : hunksOf(diff, file);
  const cosmetics = cosmeticsOf(diff ?? '');
  const hunks = all.filter((hunk) => !cosmetics.isCosmetic(hunk));
  if (all.length > 0 && hunks.length === 0) {
    return { worth: WORTH.cosmetic, reason: `only moved lines, comments or layout of ${file}` };
  }
  if (hunks.some(touch.removesNear)) {
    return { worth: WORTH.removed, reason: `took away or replaced lines next to ${file}:${line}` };
  }
  if (hunks.some(touch.addsNear)) {
    return { worth: WORTH.added, reason: `added lines next to ${file}:${line}` };
  }
  if (hunks.some(touch.isInside)) {
    return { worth: WORTH.function, reason: `changed ${surroundings(place)}` };
  }
  const others = commit.files.length - 1;
  return { worth: WORTH.file, reason: `changed ${file}${others > 0 ? ` and ${others} more` : ''}` };
}

/** A commit made after the first occurrence, or after what was running, is innocent; clocks may differ by a minute. */
function isTooYoung(at: number | null, { firstAt, until }: BlamedPlace): boolean {
  if (at === null) return false;
  return (firstAt !== null && at > firstAt + 60_000) || (until !== null && at > until + 60_000);
}

/** 1 for a change right before the first occurrence, falling with age; neutral where no time is known. */
function freshness(at: number | null, firstAt: number | null): number {
  if (at === null || firstAt === null) return 0.5;
  const days = Math.max(0, firstAt - at) / DAY;
  return Math.max(0.05, 1 / (1 + days / HALF_AGE_DAYS));
}

function before(at: number | null, firstAt: number | null): string {
  if (at === null || firstAt === null) return '';
  return `, ${formatDuration(Math.max(0, firstAt - at))} before the first occurrence`;
}

/** Adds up what speaks against each commit. */
class SuspectBook {
  readonly #commits = new Map<string, { at: number; topics: Map<string, Finding> }>();

  add(finding: Finding): void {
    const { sha, at, topic, weight } = finding;
    const known = this.#commits.get(sha) ?? { at: at ?? 0, topics: new Map<string, Finding>() };
    if (weight > (known.topics.get(topic)?.weight ?? 0)) known.topics.set(topic, finding);
    this.#commits.set(sha, known);
  }

  ranked(): SuspectCommit[] {
    const all = [...this.#commits].map(([sha, { at, topics }]) => {
      const findings = [...topics.values()].sort(
        (a, b) => b.weight - a.weight || compareText(a.reason, b.reason),
      );
      const innocence = findings.reduce(
        (left, { weight }) => left * (1 - Math.min(0.95, weight)),
        1,
      );
      const reasons = [...new Set(findings.map(({ reason }) => reason))].slice(0, 5);
      return { sha, at, score: Math.round((1 - innocence) * 1000) / 1000, reasons };
    });
    all.sort((a, b) => b.score - a.score || b.at - a.at || compareText(a.sha, b.sha));
    return all
      .filter(({ score }) => score > 0)
      .map(({ sha, score, reasons }) => ({ sha, score, reasons }));
  }
}
