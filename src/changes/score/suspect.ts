import type { ChangeView } from '#src/changes/classify/change-view.ts';
import type { Classification } from '#src/changes/classify/classify.ts';
import type { Factor } from '#src/changes/contract.ts';
import type { LiveSpan } from '#src/changes/live.ts';
import type { Commit, Deploy, Flag } from '#src/domain/bundle.ts';

/** A change with what is known of it, before it is judged. */
export type Suspect = {
  kind: 'commit' | 'deploy' | 'flag';
  id: string;
  /** Services in which it ran; empty when that is not known. */
  services: readonly string[];
  spans: readonly LiveSpan[];
  /** Services to which it belongs and that were deployed without it. */
  notDeployedTo: readonly string[];
  classification: Classification;
  commit: Commit | null;
  deploy: Deploy | null;
  flag: Flag | null;
  view: ChangeView | null;
};

/** A line that the evidence speaks of, and how clearly. */
export type Touched = { file: string; line: number; strength: number };

/** A way in which the evidence leads to a change. */
export type Touch = { factor: Factor; touched: Touched[] };

/** What a factor's module has to say. */
export type Opinion = {
  factors: Factor[];
  acquitted: string | null;
};
