import { type ChangeView, viewChange } from '#src/changes/classify/change-view.ts';
import { DETECTORS } from '#src/changes/classify/detectors.ts';
import type { DetectorInput, Finding } from '#src/changes/classify/finding.ts';
import { noOpReason, roleReason } from '#src/changes/classify/inert.ts';
import { MECHANISMS, type MechanismId } from '#src/changes/classify/mechanisms.ts';
import { type FileRole, INERT_ROLES, roleOf } from '#src/changes/classify/role.ts';
import {
  type DelayedOnset,
  SYMPTOMS,
  type SymptomWeights,
} from '#src/changes/classify/symptoms.ts';
import { valueChangesOf } from '#src/changes/classify/value-change.ts';
import { compareText } from '#src/platform/compare.ts';

/** A way in which a change alters behaviour, with the lines that show it. */
export type ChangeClass = {
  mechanism: MechanismId;
  /** How surely and how much, 0..1. */
  weight: number;
  /** Plain words, to stand behind "this change". */
  says: string;
  /** Best first, at most five. */
  evidence: Finding[];
};

/** What a change does, and what that can look like from outside. */
export type Classification = {
  /** Heaviest first. */
  classes: ChangeClass[];
  /** What the classes can produce, weighted. */
  symptoms: SymptomWeights;
  /** Why harm may come long after the change went live. */
  delayed: DelayedOnset[];
  /** True when the change cannot alter what a service does. */
  isNoOp: boolean;
  /** Why, in plain words. */
  noOpReason: string | null;
  /** False for a refactoring that keeps behaviour only if it was done right. */
  isCertain: boolean;
  /** What the answer rests on: the diff, only the names of files, or nothing. */
  basis: 'diff' | 'files' | 'nothing';
};

const MAX_EVIDENCE = 5;

/**
 * Reads what a change does from its diff, in whatever language, or from the names of its files
 * where there is no diff. Lexical: no parser, no build, no knowledge of the repository. Never
 * throws; bounded in time and memory by the bounds of {@link viewChange}.
 */
export function classifyChange(change: {
  diff: string | null;
  files: readonly string[];
}): Classification {
  const view = change.diff ? viewChange(change.diff) : null;
  if (!view || view.files.length === 0) return classifyNames(change.files);
  return classifyView(view);
}

/** {@link classifyChange} for a change that has been read already. */
export function classifyView(view: ChangeView): Classification {
  const noOp = noOpReason(view);
  if (noOp !== null) {
    const { reason, isCertain } = noOp;
    return { ...toClassification([], 'diff'), isNoOp: true, noOpReason: reason, isCertain };
  }
  const live = view.files.filter((file) => !INERT_ROLES.has(file.role));
  const values = live.map(valueChangesOf);
  const input: DetectorInput = {
    files: live,
    values: values.flatMap((one) => one.values),
    keys: values.flatMap((one) => one.keys),
  };
  const findings: Finding[] = [];
  const rearranged = new Set(live.flatMap((file) => (file.isRearranged ? [file.path] : [])));
  for (const detector of DETECTORS) {
    for (const found of detector(input)) {
      const share = rearranged.has(found.file) ? REARRANGED : 1;
      findings.push({ ...found, weight: found.weight * share });
    }
  }
  return toClassification(findings, 'diff');
}

/** What is left of a finding where the same is only written differently. */
const REARRANGED = 0.4;

/** Kinds of file that say what a change may do even without its diff. */
const BY_ROLE: Partial<Record<FileRole, readonly [MechanismId, number]>> = {
  source: ['logic-changed', 0.5],
  config: ['setting-changed', 0.5],
  orchestration: ['setting-changed', 0.5],
  container: ['runtime-version', 0.3],
  infra: ['setting-changed', 0.5],
  proxy: ['routing-changed', 0.5],
  manifest: ['dependency-minor', 0.5],
  lock: ['dependency-minor', 0.5],
  migration: ['schema-narrowed', 0.5],
  schema: ['contract-field', 0.5],
  data: ['content-changed', 0.5],
  translation: ['content-changed', 0.2],
  generated: ['logic-changed', 0.2],
};

function classifyNames(files: readonly string[]): Classification {
  if (files.length === 0) return toClassification([], 'nothing');
  const reasons = files.map((file) => roleReason(file, roleOf(file)));
  if (reasons.every((reason) => reason !== null)) {
    const unique = [...new Set(reasons)].sort().join('; ');
    return { ...toClassification([], 'files'), isNoOp: true, noOpReason: unique };
  }
  const findings = files.slice(0, 400).flatMap((file): Finding[] => {
    const known = BY_ROLE[roleOf(file)];
    if (!known) return [];
    return [{ mechanism: known[0], weight: known[1], file, line: null, old: null, new: null }];
  });
  return toClassification(findings, 'files');
}

function toClassification(
  findings: readonly Finding[],
  basis: Classification['basis'],
): Classification {
  const byMechanism = new Map<MechanismId, Finding[]>();
  for (const finding of findings) {
    const same = byMechanism.get(finding.mechanism);
    if (same) same.push(finding);
    else byMechanism.set(finding.mechanism, [finding]);
  }
  const classes = [...byMechanism].map(([mechanism, found]): ChangeClass => {
    const evidence = [...found].sort(byWeight);
    const strongest = evidence[0]?.weight ?? 0;
    const more = 0.04 * Math.min(4, evidence.length - 1);
    return {
      mechanism,
      weight: Math.min(1, strongest + more),
      says: MECHANISMS[mechanism].says,
      evidence: evidence.slice(0, MAX_EVIDENCE),
    };
  });
  classes.sort((a, b) => b.weight - a.weight || compareText(a.mechanism, b.mechanism));
  return {
    classes,
    symptoms: symptomsOf(classes),
    delayed: [
      ...new Set(
        classes.flatMap(({ mechanism, weight }) =>
          weight >= 0.4 ? MECHANISMS[mechanism].delayed : [],
        ),
      ),
    ].sort(compareText),
    isNoOp: false,
    noOpReason: null,
    isCertain: true,
    basis,
  };
}

function byWeight(a: Finding, b: Finding): number {
  return b.weight - a.weight || compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0);
}

/** What any of the classes can produce: the likeliest way to each symptom. */
function symptomsOf(classes: readonly ChangeClass[]): SymptomWeights {
  const weights: SymptomWeights = {};
  for (const [rank, { mechanism, weight }] of classes.entries()) {
    // A large change is of many kinds, and would explain everything.
    const prominence = Math.max(0.5, 1 - 0.04 * rank);
    for (const symptom of SYMPTOMS) {
      const share = (MECHANISMS[mechanism].symptoms[symptom] ?? 0) * weight * prominence;
      if (share > (weights[symptom] ?? 0)) weights[symptom] = share;
    }
  }
  return weights;
}
