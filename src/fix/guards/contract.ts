import type { RootCause } from '#src/domain/result.ts';
import type { Goal, HostFacts, Patch, Proof, Verdict } from '#src/fix/contract.ts';
import type { GuardSettings } from '#src/fix/settings.ts';

/** A file that a patch touches, with what it does to it. */
export type TouchedFile = {
  path: string;
  /** Where it was before, when the patch moves it. */
  oldPath: string;
  /** Modes such as `100644`; null where there is no file. */
  oldMode: string | null;
  newMode: string | null;
  isBinary: boolean;
  added: readonly string[];
  removed: readonly string[];
  /** The first lines of the file as it stands, before or after. */
  head: string;
};

/** Everything that guards look at. Guards ask nobody and change nothing. */
export type GuardFacts = {
  goal: Goal;
  isSwitchedOn: boolean;
  settings: GuardSettings;
  cause: RootCause;
  patch: Patch;
  files: readonly TouchedFile[];
  proof: Proof;
  /** `commit` is the sha that git knows in an import, `name` that of where it was recorded. */
  base: { commit: string; name: string; tree: string };
  isShallow: boolean;
  /** Tracked files of the service's folder with changes that are not committed; null if unknown. */
  dirtyFiles: readonly string[] | null;
  /** Cited source lines that stand differently at the base branch, as `file:line`. */
  changedLines: readonly string[];
  /** Takes the secrets out of a text. */
  redact(text: string): string;
  /** `owner/name` at the code host. */
  repository: string | null;
  /** Null in a dry run: the code host is asked only when something is to be done there. */
  host: HostFacts | null;
};

/** Says yes or no to a change, with a message for a person. */
export type Guard = (facts: GuardFacts) => Verdict;

/** Said by guards on the code host in a dry run. */
export const NOT_ASKED: Verdict = {
  ok: true,
  message: 'is looked at when a pull request is asked for',
};
