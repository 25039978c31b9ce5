import type { FileChange } from '#src/changes/classify/change-view.ts';
import type { FactorCite, LocationClue } from '#src/changes/contract.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Suspect, Touch } from '#src/changes/score/suspect.ts';

/** How near a culprit line must be to a changed one. */
const NEAR = 3;

/** Who only rearranged a line did not write it. */
const REARRANGED = 0.15;

type Hit = { location: LocationClue; weight: number; where: string };

/** Frames of stack traces in changed lines, functions or files. */
export function traceTouch(suspect: Suspect, facts: CaseFacts): Touch | null {
  const { locations } = facts.input;
  const files = suspect.view?.files ?? [];
  if (files.length === 0 || locations.length === 0) return null;
  const hits = locations.flatMap((location) =>
    files.flatMap((file) => hitOf(file, location) ?? []),
  );
  const [best] = hits.sort((a, b) => b.weight - a.weight);
  if (!best) return missOf(suspect, facts);
  const { file, line } = best.location;
  // Where blame says who wrote the culprit lines, whoever else touched the place did so before.
  const share = isOutblamed(suspect, facts) ? 0.4 : 1;
  return {
    factor: {
      id: 'trace',
      weight: best.weight * share,
      text: `it changes ${best.where} that the stack trace points to (${file}:${line})`,
      cites: [citeOf(best.location)],
    },
    touched: [{ file, line, strength: 3 * share }],
  };
}

function isOutblamed(suspect: Suspect, facts: CaseFacts): boolean {
  const { blame } = facts.input;
  return blame.some(({ score }) => score >= 0.5) && blameTouch(suspect, facts) === null;
}

function hitOf(file: FileChange, location: LocationClue): Hit | null {
  if (!isSameFile(file.path, location.file) && !isSameFile(file.oldPath ?? '', location.file)) {
    return null;
  }
  const share = Math.max(0.15, location.score) * (file.isRearranged ? REARRANGED : 1);
  if (distanceTo(file, location.line) <= NEAR) {
    return { location, weight: 2.4 * share, where: 'the line' };
  }
  if (location.function !== null && changesFunction(file, location.function)) {
    return { location, weight: 1.6 * share, where: 'the function' };
  }
  return { location, weight: 0.9 * share, where: 'the file' };
}

function distanceTo(file: FileChange, line: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const { new: now, old } of file.lines) {
    const here = now?.number ?? old?.newNumber;
    if (here !== undefined && here !== null) nearest = Math.min(nearest, Math.abs(here - line));
  }
  return nearest;
}

function changesFunction(file: FileChange, name: string): boolean {
  const plain = name.split(/[.:#$]+/).at(-1) ?? name;
  if (plain.length < 3) return false;
  return file.hunks.some(
    ({ after }) =>
      after.section.includes(plain) ||
      after.lines.some(({ bare }) => bare.includes(`${plain}(`) && !bare.includes(`.${plain}(`)),
  );
}

function isSameFile(path: string, other: string): boolean {
  if (path === '' || other === '') return false;
  return path === other || path.endsWith(`/${other}`) || other.endsWith(`/${path}`);
}

/** Code of the service that the traces come from, but none of it in them. */
function missOf(suspect: Suspect, facts: CaseFacts): Touch | null {
  const { locations } = facts.input;
  const isCode = (suspect.view?.files ?? []).some(({ language }) => language.family === 'code');
  const isItsService = locations.some(
    ({ service }) => service === null || suspect.services.includes(service),
  );
  if (!isCode || !isItsService) return null;
  return {
    factor: {
      id: 'trace',
      weight: -0.6,
      text: 'it changes no file that the stack traces point to',
      cites: locations.slice(0, 1).map(citeOf),
    },
    touched: [],
  };
}

function citeOf({ id, file, line }: LocationClue): FactorCite {
  return { kind: 'trace', id: id ?? null, file, line };
}

/** Whether blame of the culprit lines names it. */
export function blameTouch(suspect: Suspect, facts: CaseFacts): Touch | null {
  if (suspect.kind !== 'commit') return null;
  const [blame] = facts.input.blame
    .filter(({ sha }) => sha === suspect.id || (sha.length >= 7 && suspect.id.startsWith(sha)))
    .sort((a, b) => b.score - a.score);
  if (!blame) return null;
  const code = (suspect.view?.files ?? []).filter(
    ({ language, role }) => language.family === 'code' && role !== 'test',
  );
  const share = code.length > 0 && code.every((file) => file.isRearranged) ? REARRANGED : 1;
  return {
    factor: {
      id: 'trace',
      weight: 1.6 * blame.score * share,
      text: `blame names it: ${blame.why}`,
      cites: [{ kind: 'trace', id: blame.id ?? null }],
    },
    touched: [],
  };
}
