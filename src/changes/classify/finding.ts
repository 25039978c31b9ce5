import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import type { SideLine } from '#src/changes/classify/side.ts';
import type { KeyChange, ValueChange } from '#src/changes/classify/value-change.ts';

/** A place where a change does something of a kind. */
export type Finding = {
  mechanism: MechanismId;
  /** How surely it is of that kind and how much of it, 0..1. */
  weight: number;
  file: string;
  /** Line on the new side; for a line that went, where it stood. */
  line: number | null;
  old: string | null;
  new: string | null;
};

/** What a detector looks at: the files of a change that can matter, with their values taken out. */
export type DetectorInput = {
  files: readonly FileChange[];
  values: readonly ValueChange[];
  keys: readonly KeyChange[];
};

/** Looks for some kinds of change. Pure; one file each, listed in detectors.ts. */
export type Detector = (input: DetectorInput) => Iterable<Finding>;

const MAX_QUOTE = 200;

/** A finding about a changed line. */
export function findingAt(mechanism: MechanismId, weight: number, change: LineChange): Finding {
  return findingOf(mechanism, weight, change.file, change.old, change.new);
}

/** A finding about a pair of lines of a file. */
export function findingOf(
  mechanism: MechanismId,
  weight: number,
  file: FileChange,
  old: SideLine | null,
  now: SideLine | null,
): Finding {
  return {
    mechanism,
    weight,
    file: file.path,
    line: now?.number ?? old?.newNumber ?? null,
    old: old ? old.text.trim().slice(0, MAX_QUOTE) : null,
    new: now ? now.text.trim().slice(0, MAX_QUOTE) : null,
  };
}
