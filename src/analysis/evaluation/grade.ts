import type { Expected } from '#src/analysis/evaluation/expected.ts';
import type { Result } from '#src/domain/result.ts';

/** How one result compares with what is right. */
export type Grade = {
  name: string;
  /** Every field that is named agrees. */
  right: boolean;
  /** The fields that do not agree, with what was said instead. */
  misses: { field: string; expected: string; got: string }[];
  /** It abstained (`inconclusive`). */
  abstained: boolean;
  /** A change that is known to be innocent was named as the cause. */
  decoyBlamed: boolean;
  /** A commit was named as the cause where none did it. */
  falselyAccused: boolean;
  /** 0..1, as the result says. */
  confidence: number;
  /** Whether what the confidence speaks of (cause: commit or none, and service) is right. */
  causeRight: boolean;
};

/** A culprit line may be off by so many lines: a fault often spans a statement. */
const LINE_TOLERANCE = 3;

/** Compares a result with what is right; only what `expected` names counts. */
export function grade(name: string, result: Result, expected: Expected): Grade {
  const { triage, rootCause } = result;
  const abstained = rootCause === null || rootCause.verdict === 'inconclusive';
  const accused = abstained ? null : (rootCause.commit ?? 'none');
  const misses: Grade['misses'] = [];
  const check = (field: string, want: string | undefined, got: string | null): void => {
    if (want !== undefined && want !== got) misses.push({ field, expected: want, got: got ?? '-' });
  };
  check('condition', expected.condition, triage.condition);
  if (expected.commit !== undefined && !isSameCommit(expected.commit, accused)) {
    misses.push({ field: 'commit', expected: expected.commit, got: accused ?? 'inconclusive' });
  }
  check('category', expected.category, rootCause?.category ?? null);
  check('service', expected.service, rootCause?.service ?? null);
  check('remediation', expected.remediation, rootCause?.remediation ?? null);
  check('verdict', expected.verdict, rootCause?.verdict ?? 'inconclusive');
  if (expected.location && !isSamePlace(expected.location, rootCause?.location ?? null)) {
    const place = rootCause?.location;
    misses.push({
      field: 'location',
      expected: `${expected.location.file}:${expected.location.line}`,
      got: place ? `${place.file}:${place.line}` : '-',
    });
  }
  if (expected.blastRadius) {
    const want = [...new Set(expected.blastRadius)].sort().join(', ');
    check('blastRadius', want, [...triage.blastRadius].sort().join(', '));
  }
  const decoys = expected.mustNotBlame ?? [];
  const decoyBlamed = accused !== null && decoys.some((sha) => isSameCommit(sha, accused));
  if (decoyBlamed) misses.push({ field: 'mustNotBlame', expected: 'innocent', got: accused ?? '' });
  const falselyAccused = expected.commit === 'none' && accused !== null && accused !== 'none';
  const causeFields = new Set(['commit', 'service', 'verdict', 'mustNotBlame']);
  return {
    name,
    right: misses.length === 0,
    misses,
    abstained,
    decoyBlamed,
    falselyAccused,
    confidence: rootCause?.confidence ?? 0,
    causeRight: !misses.some(({ field }) => causeFields.has(field)),
  };
}

/** Shas may be cut short on either side. */
function isSameCommit(expected: string, got: string | null): boolean {
  if (got === null) return false;
  if (expected === 'none' || got === 'none') return expected === got;
  return expected.startsWith(got) || got.startsWith(expected);
}

function isSamePlace(
  expected: { file: string; line: number },
  got: { file: string; line: number } | null,
): boolean {
  if (!got) return false;
  const isSameFile =
    got.file === expected.file ||
    got.file.endsWith(`/${expected.file}`) ||
    expected.file.endsWith(`/${got.file}`);
  return isSameFile && Math.abs(got.line - expected.line) <= LINE_TOLERANCE;
}
