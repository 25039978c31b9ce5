import type { FileChange } from '#src/changes/classify/change-view.ts';
import { configChanges } from '#src/changes/classify/config-change.ts';
import { literalChanges } from '#src/changes/classify/literal-change.ts';
import type { Quantity } from '#src/changes/classify/quantity.ts';
import type { Setting } from '#src/changes/classify/setting.ts';
import type { SideLine } from '#src/changes/classify/side.ts';

/** A value that a change replaced, in configuration or as a literal in code. */
export type ValueChange = {
  /** The name of the value as it is written; may be empty for a literal without one. */
  key: string;
  /** Words of the name, and of what stands around it, nearest last. */
  words: string[];
  parents: string[];
  before: string;
  after: string;
  old: SideLine | null;
  new: SideLine | null;
  file: FileChange;
  /** Both values as quantities, where they are numbers. */
  quantities: { before: Quantity; after: Quantity } | null;
  /** The same amount, written differently: `30s` and `30000ms`. */
  isSameAmount: boolean;
  isConfig: boolean;
};

/** Keys of configuration that came or went, apart from those whose value changed. */
export type KeyChange = {
  kind: 'added' | 'removed' | 'renamed';
  old: Setting | null;
  new: Setting | null;
  file: FileChange;
};

/** The values that a file's changes replaced, and in configuration the keys that came or went. */
export function valueChangesOf(file: FileChange): { values: ValueChange[]; keys: KeyChange[] } {
  const { family } = file.language;
  if (file.role === 'manifest' || file.role === 'lock' || file.role === 'schema') {
    return { values: [], keys: [] };
  }
  const isConfig = family === 'config';
  if (isConfig) return configChanges(file);
  return { values: file.lines.flatMap(literalChanges), keys: [] };
}
