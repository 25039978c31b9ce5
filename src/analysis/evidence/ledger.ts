import {
  type Cite,
  EVIDENCE_KINDS,
  EVIDENCE_LETTERS,
  type Evidence,
  type EvidenceKind,
} from '#src/domain/evidence.ts';
import { compareText, firstDifference } from '#src/platform/compare.ts';
import { stableJson } from '#src/platform/stable-json.ts';

/** An observation before it has its id. */
export type Draft = Omit<Evidence, 'id'> & {
  /** When it happened, milliseconds since the epoch; the start of its window if not given. */
  at?: number | null;
};

/** A handle on an observation; its id is known once the ledger has numbered it. */
export type Ref = { readonly index: number };

/**
 * All evidence of one analysis. Ids are given by stage, after everything of the stage is in, in
 * the order of kind, time, source and content, so that they do not depend on the order of arrival.
 */
export class Ledger {
  readonly #drafts: { draft: Draft; id: string | null; key: string }[] = [];
  readonly #byKey = new Map<string, Ref>();
  readonly #counters = new Map<EvidenceKind, number>();

  /** Adds an observation; the same one twice is kept once. */
  add(draft: Draft): Ref {
    const key = `${draft.kind}\0${draft.source}\0${draft.query}\0${stableJson(draft.data)}`;
    const known = this.#byKey.get(key);
    if (known) return known;
    const ref = { index: this.#drafts.length };
    this.#drafts.push({ draft, id: null, key });
    this.#byKey.set(key, ref);
    return ref;
  }

  /** Gives ids to everything that has none yet. */
  number(): void {
    const open = this.#drafts.filter(({ id }) => id === null);
    open.sort((a, b) =>
      firstDifference(
        EVIDENCE_KINDS.indexOf(a.draft.kind) - EVIDENCE_KINDS.indexOf(b.draft.kind),
        timeOf(a.draft) - timeOf(b.draft),
        compareText(a.draft.source, b.draft.source),
        compareText(a.key, b.key),
      ),
    );
    for (const entry of open) {
      const { kind } = entry.draft;
      const number = (this.#counters.get(kind) ?? 0) + 1;
      this.#counters.set(kind, number);
      entry.id = `${EVIDENCE_LETTERS[kind]}${number}`;
    }
  }

  /** The id of a numbered observation. @throws Error when it has none: a mistake of the caller */
  idOf(ref: Ref): string {
    const id = this.#drafts[ref.index]?.id;
    if (!id) throw new Error('evidence is cited before it has been numbered');
    return id;
  }

  /** A citation of an observation, with what of it is meant. */
  cite(ref: Ref, meant: Omit<Cite, 'id'> = {}): Cite {
    return { id: this.idOf(ref), ...meant };
  }

  /** Everything that was numbered, by kind and number. */
  evidence(): Evidence[] {
    return this.#drafts
      .flatMap(({ draft, id }) => (id === null ? [] : [{ id, ...withoutTime(draft) }]))
      .sort((a, b) =>
        firstDifference(
          EVIDENCE_KINDS.indexOf(a.kind) - EVIDENCE_KINDS.indexOf(b.kind),
          Number(a.id.slice(1)) - Number(b.id.slice(1)),
        ),
      );
  }
}

function timeOf(draft: Draft): number {
  return draft.at ?? (Date.parse(draft.window.start) || 0);
}

function withoutTime({ at: _at, ...evidence }: Draft): Omit<Evidence, 'id'> {
  return evidence;
}
