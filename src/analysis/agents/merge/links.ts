import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import { isSameFile, placesOf } from '#src/analysis/verify/check-cites.ts';
import { storedText } from '#src/analysis/verify/stored.ts';
import { wordsOf } from '#src/analysis/verify/words.ts';
import { parseDiff, pathOf } from '#src/changes/diff.ts';
import type { Commit } from '#src/domain/bundle.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import { parseTime } from '#src/domain/time.ts';
import { environmentShare } from '#src/knowledge/environment.ts';

/** What a link may add to the log-odds of an explanation: enough to choose among near equals. */
const TRACE_LINK = 0.8;
const NAME_LINK = 0.5;
/** A new trouble that was there before a change cannot stem from it; which trouble it is, is a guess. */
const EARLIER_LINK = -0.5;
const CLOCK_ROOM_MS = 120_000;
/** A line this near to a changed one belongs to it. */
const NEAR_LINES = 3;
/** Shorter names are common words. */
const SHORTEST_NAME = 8;

export type Pointer = { candidate: Weighed; evidence: Evidence; supports: boolean };

export type LinkCase = {
  /** All explanations; the link must single one of them out. */
  hypotheses: readonly Weighed[];
  commits: readonly Commit[];
  /** Texts that are in the logs on any day. */
  usual: readonly string[];
  /** Milliseconds since the epoch. */
  windowStart: number;
};

export type Link = { weight: number; text: string };

/**
 * What evidence that a model points at adds to an explanation, by code's own look at it. Only a
 * trace or error of the incident that runs through what this change alone has touched counts: then
 * it tells this change from its rivals. Everything else, whatever a model says of it, is opinion
 * and weighs nothing.
 */
export function linkWeight(pointer: Pointer, given: LinkCase): Link | null {
  const { candidate, evidence, supports } = pointer;
  if (!supports) return beganBefore(candidate, evidence, given);
  if (candidate.kind !== 'change' || !candidate.commit) return null;
  if (candidate.change?.acquitted != null || !isOfCode(evidence)) return null;
  if (!isOfIncident(evidence, candidate, given)) return null;
  const has = (id: 'trace' | 'touch'): boolean =>
    candidate.change?.factors.some((factor) => factor.id === id && factor.weight > 0) ?? false;
  const own = given.commits.find(({ sha }) => sha === candidate.commit);
  if (!own?.diff) return null;
  const rivals = given.hypotheses
    .filter(({ commit, kind }) => kind === 'change' && commit !== candidate.commit)
    .flatMap(({ commit }) => given.commits.find(({ sha }) => sha === commit) ?? []);
  const name = own.sha.slice(0, 10);
  // What the rules have weighed already is not weighed again.
  const isNew = !has('trace') && runsThrough(evidence, own);
  if (isNew && !rivals.some((rival) => runsThrough(evidence, rival))) {
    return {
      weight: TRACE_LINK,
      text: `${evidence.id} runs through lines that only ${name} changed`,
    };
  }
  if (has('touch')) return null;
  const shared = sharedName(evidence, own, rivals, given.usual);
  if (shared === null) return null;
  return { weight: NAME_LINK, text: `${evidence.id} names ${shared}, which only ${name} touches` };
}

/** Errors of the world around name who met them, not who did it. */
const MOST_OF_WORLD = 0.3;

function isOfCode({ data }: Evidence): boolean {
  const text =
    data.type === 'frames'
      ? `${data.trace.type}: ${data.trace.message}`
      : data.type === 'records'
        ? (data.records[0]?.line ?? '')
        : '';
  return environmentShare(text.slice(0, 4000)) <= MOST_OF_WORLD;
}

/** A pattern of the same service, never seen before, that began in the incident but before the change. */
function beganBefore(candidate: Weighed, evidence: Evidence, given: LinkCase): Link | null {
  const { data, service } = evidence;
  const liveAt = candidate.change?.liveAt;
  if (data.type !== 'records' || liveAt == null || service !== candidate.service) return null;
  if (data.baselineCount !== 0) return null;
  const first = firstOf(data.records.map(({ timestamp }) => timestamp));
  if (first < given.windowStart || first > liveAt - CLOCK_ROOM_MS) return null;
  const text = `${evidence.id} began before the change was live`;
  return { weight: EARLIER_LINK, text };
}

function firstOf(times: readonly (string | null)[]): number {
  return times
    .flatMap((time) => (time === null ? [] : (parseTime(time) ?? [])))
    .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

/** It is of the incident and came after the change went live. */
function isOfIncident(evidence: Evidence, { change, service }: Weighed, given: LinkCase): boolean {
  const { data } = evidence;
  if (data.type !== 'frames' && data.type !== 'records') return false;
  if (evidence.service !== null && service !== null && evidence.service !== service) return false;
  if (data.type === 'records' && (data.baselineCount ?? 0) > 0) return false;
  const times =
    data.type === 'frames' ? [data.trace.first] : data.records.map(({ timestamp }) => timestamp);
  const first = firstOf(times);
  if (!Number.isFinite(first) || first < given.windowStart) return false;
  return change?.liveAt == null || first >= change.liveAt;
}

function runsThrough(evidence: Evidence, commit: Commit): boolean {
  if (evidence.data.type !== 'frames') return false;
  const changed = parseDiff(commit.diff ?? '').flatMap((file) =>
    file.hunks.flatMap(({ lines }) =>
      lines.flatMap((line) =>
        line.kind === 'added' && line.newLine !== null
          ? [{ file: pathOf(file), line: line.newLine }]
          : [],
      ),
    ),
  );
  return placesOf(evidence).some(
    (place) =>
      place.from > 0 &&
      changed.some(
        ({ file, line }) =>
          isSameFile(file, place.file) && Math.abs(line - place.from) <= NEAR_LINES,
      ),
  );
}

/** A name in the evidence that the change touches and no rival, nor the logs of any day. */
function sharedName(
  evidence: Evidence,
  own: Commit,
  rivals: readonly Commit[],
  usual: readonly string[],
): string | null {
  if (evidence.data.type !== 'records') return null;
  const touched = changedText(own);
  const others = `${rivals.map(changedText).join('\n')}\n${usual.join('\n')}`;
  const names = wordsOf(storedText(evidence)).filter(
    (word) => word.length >= SHORTEST_NAME && /\p{L}{3}/u.test(word),
  );
  return names.find((word) => touched.includes(word) && !others.includes(word)) ?? null;
}

function changedText({ diff }: Commit): string {
  return (diff ?? '')
    .split('\n')
    .filter((line) => /^[+-](?![+-]{2} )/.test(line))
    .join('\n');
}
