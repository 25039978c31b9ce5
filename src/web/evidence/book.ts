import type { Evidence, EvidenceKind } from '#src/domain/evidence.ts';
import type { IncidentView } from '#src/domain/incident-record.ts';

/** What the parts of one page share: the evidence by id, and the day that the page speaks of. */
export type Book = {
  readonly evidence: readonly Evidence[];
  /** Times on its day are written without the day. */
  readonly reference: string;
  find(id: string): Evidence | undefined;
  /** Whether this is the first time that it is asked for, so that no picture is drawn under each citation. */
  isFirst(id: string): boolean;
  /** A new name for something that unfolds; the same page gives the same names. */
  key(of: string): string;
};

export function openBook({ result, summary }: Pick<IncidentView, 'result' | 'summary'>): Book {
  const evidence = result?.evidence ?? [];
  const byId = new Map(evidence.map((one) => [one.id, one]));
  const met = new Set<string>();
  const used = new Map<string, number>();
  return {
    evidence,
    reference: result?.triage.onsetAt ?? summary.detectedAt,
    find: (id) => byId.get(id),
    isFirst: (id) => {
      const isNew = !met.has(id);
      met.add(id);
      return isNew;
    },
    key: (of) => {
      const times = (used.get(of) ?? 0) + 1;
      used.set(of, times);
      return `${of}-${times}`;
    },
  };
}

export const KIND_WORDS: Record<EvidenceKind, string> = {
  alert: 'Alert',
  metric: 'Metric',
  log: 'Log',
  stack: 'Stack trace',
  trace: 'Trace',
  health: 'Health check',
  change: 'Change',
  event: 'Event',
  source: 'Source',
  runbook: 'Runbook',
  past: 'Past incident',
};
