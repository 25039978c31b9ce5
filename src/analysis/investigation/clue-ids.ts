import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ref } from '#src/analysis/evidence/ledger.ts';
import { innermostCause } from '#src/analysis/evidence/log-drafts.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { FactorCite } from '#src/changes/contract.ts';

/** By which a clue that is handed to the judging of changes is known again when a factor cites it. */
export const clueId = {
  finding: (index: number): string => `finding:${index}`,
  trace: (index: number): string => `trace:${index}`,
  signal: (id: string): string => `signal:${id}`,
};

/** The evidence that a factor rests on, or null where it is no evidence of its own. */
export function refOfClue(cite: FactorCite, { logs }: Facts, refs: FactRefs): Ref | null {
  const [kind, rest = ''] = splitOnce(cite.id ?? '');
  if (kind === 'finding') return refOf(refs.log, logs.findings[Number(rest)]);
  if (kind === 'trace') return refOf(refs.trace, logs.traces[Number(rest)]);
  if (kind === 'signal') return refs.signal.get(rest) ?? null;
  return cite.kind === 'trace' ? refOfLine(cite, refs) : null;
}

function refOf<T>(refs: ReadonlyMap<T, Ref>, key: T | undefined): Ref | null {
  return key === undefined ? null : (refs.get(key) ?? null);
}

/** The first trace that goes through a line, or any where the line is not told. */
function refOfLine({ file, line }: FactorCite, refs: FactRefs): Ref | null {
  const name = file?.split('/').at(-1);
  for (const [trace, ref] of refs.trace) {
    const frames = [...trace.frames, ...innermostCause(trace).frames];
    const isThere = frames.some(
      (frame) => frame.line === line && frame.file.split(/[/\\]/).at(-1) === name,
    );
    if (name === undefined || isThere) return ref;
  }
  return null;
}

function splitOnce(id: string): [string, string?] {
  const at = id.indexOf(':');
  return at < 0 ? [''] : [id.slice(0, at), id.slice(at + 1)];
}
