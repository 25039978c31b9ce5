import { type ChangeView, viewChange } from '#src/changes/classify/change-view.ts';
import {
  type Classification,
  classifyChange,
  classifyView,
} from '#src/changes/classify/classify.ts';

/** Reads a commit once: its lines and what they do, from the diff or, without one, from its files. */
export function readCommit(commit: { diff: string | null; files: readonly string[] }): {
  view: ChangeView | null;
  classification: Classification;
} {
  const view = commit.diff ? viewChange(commit.diff) : null;
  if (view && view.files.length > 0) return { view, classification: classifyView(view) };
  return { view: null, classification: classifyChange({ diff: null, files: commit.files }) };
}
