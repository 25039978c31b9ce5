import type { ChangeView } from '#src/changes/classify/change-view.ts';
import { MECHANISMS } from '#src/changes/classify/mechanisms.ts';
import { withConsequences } from '#src/changes/classify/symptoms.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Suspect, Touched } from '#src/changes/score/suspect.ts';
import { compareText } from '#src/platform/compare.ts';

/** Lines so near to each other speak of one place. */
const NEAR = 3;
/** What a sign near by adds to a line. */
const BESIDE = 0.5;
/** What a line of a class that explains all that is seen counts. */
const CLASS = 2.5;
/** What is left of a sign about a line that the change did not touch. */
const UNTOUCHED = 0.3;
/** Bound on the lines that are compared with each other. */
const MOST = 400;

type Scored = { file: string; line: number; value: number };

/** The changed line that fits best: by the class that explains what is seen, and by the evidence. */
export function locationOf(
  suspect: Suspect,
  facts: CaseFacts,
  touched: readonly Touched[],
): { file: string; line: number } | null {
  const lines = new Map<string, Scored>();
  for (const one of [...byClass(suspect, facts), ...byEvidence(suspect, touched)]) {
    const key = `${one.file}:${one.line}`;
    const known = lines.get(key);
    if (known) known.value += one.value;
    else lines.set(key, { ...one });
  }
  const all = [...lines.values()].sort(byValue).slice(0, MOST);
  const [best] = all
    .map((one) => ({ ...one, value: one.value + BESIDE * besides(one, all) }))
    .sort(byValue);
  return best ? { file: best.file, line: best.line } : null;
}

function byValue(a: Scored, b: Scored): number {
  return b.value - a.value || compareText(a.file, b.file) || a.line - b.line;
}

function besides({ file, line }: Scored, all: readonly Scored[]): number {
  let sum = 0;
  for (const other of all) {
    const distance = Math.abs(other.line - line);
    if (other.file === file && distance > 0 && distance <= NEAR) sum += other.value;
  }
  return sum;
}

function byClass({ classification }: Suspect, { roots }: CaseFacts): Scored[] {
  const most = Math.max(0.01, ...roots.map(({ telling }) => telling));
  return classification.classes.flatMap(({ mechanism, weight, evidence }) => {
    const possible = withConsequences(MECHANISMS[mechanism].symptoms);
    let fit = 0.15;
    for (const { symptom, telling } of roots)
      fit = Math.max(fit, (telling / most) * (possible[symptom] ?? 0));
    return evidence.flatMap(({ file, line, weight: own }) =>
      line === null
        ? []
        : [{ file, line, value: CLASS * weight * own * fit * (0.4 + MECHANISMS[mechanism].risk) }],
    );
  });
}

function byEvidence({ view }: Suspect, touched: readonly Touched[]): Scored[] {
  return touched.map(({ file, line, strength }) => ({
    file,
    line,
    value: changesNear(view, file, line) ? strength : strength * UNTOUCHED,
  }));
}

function changesNear(view: ChangeView | null, path: string, line: number): boolean {
  return (view?.files ?? []).some(
    (file) =>
      file.path === path &&
      file.lines.some(
        ({ new: now, old }) => Math.abs((now?.number ?? old?.newNumber ?? -99) - line) <= 1,
      ),
  );
}
