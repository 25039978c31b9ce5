import type { Check, CheckContext } from '#src/analysis/verify/contract.ts';
import { agrees } from '#src/analysis/verify/figures.ts';
import { figuresOf, normalize, storedText } from '#src/analysis/verify/stored.ts';
import { parseDiff, pathOf } from '#src/changes/diff.ts';
import type { Cite, Evidence } from '#src/domain/evidence.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';

/** A quote shorter than this proves nothing. */
const SHORTEST_QUOTE = 3;
/** A sample this far from the moment that is cited still is the one that is meant, in seconds. */
const SAMPLE_REACH = 120;

/** A statement rests on something. */
export const hasCites: Check = ({ cites }) => (cites.length > 0 ? null : 'it cites nothing');

/** What is cited exists. */
export const idsExist: Check = ({ cites }, { evidence }) => {
  const missing = cites.find(({ id }) => !evidence.has(id));
  return missing ? `there is no evidence ${missing.id}` : null;
};

/** What is quoted stands in what is cited. */
export const quotesStand: Check = ({ cites }, context) =>
  firstProblem(cites, context, (cite, evidence) => {
    if (cite.quote === undefined) return null;
    const quote = normalize(cite.quote);
    if (quote.length < SHORTEST_QUOTE) return `the quote from ${cite.id} is too short`;
    return normalize(storedText(evidence)).includes(quote)
      ? null
      : `what is quoted from ${cite.id} does not stand there`;
  });

/** A value that is cited agrees with the samples, at the cited moment if one is given. */
export const valuesAgree: Check = ({ cites }, context) =>
  firstProblem(cites, context, (cite, evidence) => {
    if (cite.value === undefined) return null;
    const known = samplesOf(evidence, cite.at);
    return known.some((value) => agrees(String(cite.value), value))
      ? null
      : `${cite.id} has no value ${cite.value}${cite.at ? ` at ${cite.at}` : ''}`;
  });

function samplesOf(evidence: Evidence, at: string | undefined): number[] {
  const { data } = evidence;
  if (data.type !== 'series' || at === undefined) {
    const points = data.type === 'series' ? data.points.flatMap(([, value]) => value ?? []) : [];
    return [...figuresOf(evidence), ...points];
  }
  const moment = (parseTime(at) ?? Number.NaN) / 1000;
  return data.points
    .filter(([time]) => Math.abs(time - moment) <= SAMPLE_REACH)
    .flatMap(([, value]) => value ?? []);
}

/** A file and line that are cited exist in what is cited, at its revision. */
export const placesExist: Check = ({ cites }, context) =>
  firstProblem(cites, context, (cite, evidence) => {
    if (cite.file === undefined && cite.line === undefined) return null;
    const places = placesOf(evidence);
    const isThere = places.some(
      ({ file, from, to }) =>
        (cite.file === undefined || isSameFile(file, cite.file)) &&
        (cite.line === undefined || (cite.line >= from && cite.line <= to)),
    );
    const where = `${cite.file ?? ''}${cite.line === undefined ? '' : `:${cite.line}`}`;
    return isThere ? null : `${cite.id} has no ${where}`;
  });

/** Ranges of lines that a piece of evidence shows. */
export function placesOf({ data }: Evidence): { file: string; from: number; to: number }[] {
  if (data.type === 'source') {
    const { file, startLine, lines } = data;
    return [{ file, from: startLine, to: startLine + lines.length - 1 }];
  }
  if (data.type === 'frames') return framesOf(data.trace, 0);
  if (data.type !== 'change' || data.change.type !== 'commit') return [];
  const { files, diff } = data.change;
  const hunks = parseDiff(diff ?? '').flatMap((file) =>
    file.hunks.flatMap(({ lines }) => [
      ...rangeOf(
        pathOf(file),
        lines.map(({ newLine }) => newLine),
      ),
      ...rangeOf(
        file.oldPath ?? '',
        lines.map(({ oldLine }) => oldLine),
      ),
    ]),
  );
  // Without a line, a file that the commit touches is enough.
  return [...hunks, ...files.map((file) => ({ file, from: 0, to: 0 }))];
}

function rangeOf(file: string, lines: readonly (number | null)[]) {
  const known = lines.filter((line) => line !== null);
  const [first, last] = [known.at(0), known.at(-1)];
  return first === undefined || last === undefined ? [] : [{ file, from: first, to: last }];
}

function framesOf(trace: StackTrace, depth: number): { file: string; from: number; to: number }[] {
  if (depth > 16) return [];
  return [
    ...trace.frames.map(({ file, line }) => ({ file, from: line ?? 0, to: line ?? 0 })),
    ...trace.causes.flatMap((cause) => framesOf(cause, depth + 1)),
  ];
}

/** Paths are the same where one is the end of the other. */
export function isSameFile(a: string, b: string): boolean {
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

function firstProblem(
  cites: readonly Cite[],
  { evidence }: CheckContext,
  problemOf: (cite: Cite, evidence: Evidence) => string | null,
): string | null {
  for (const cite of cites) {
    const cited = evidence.get(cite.id);
    const problem = cited ? problemOf(cite, cited) : null;
    if (problem !== null) return problem;
  }
  return null;
}
