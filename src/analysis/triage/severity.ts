import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { Alert, Severity } from '#src/domain/alert.ts';
import { severityOfAlerts } from '#src/domain/alert-order.ts';

/** Severity with the reason for departing from what the alert's labels say, if it does. */
export type SeverityReading = { severity: Severity; because: string | null };

/** Share of failed requests from which a warning is a high matter. */
const HIGH_ERROR_RATIO = 0.25;

/**
 * By the labels of the alerts; raised where the evidence shows more harm than they say, lowered
 * where it shows none.
 */
export function readSeverity(alerts: readonly Alert[], judgement: Judgement): SeverityReading {
  const named = severityOfAlerts(alerts);
  const { condition, harms } = judgement;
  if (condition === 'healthy') {
    const because =
      named && named !== 'low' ? `lowered from ${named}: nothing is failing now` : null;
    return { severity: 'low', because };
  }
  const byEvidence: Severity =
    condition === 'failing' ? 'high' : condition === 'degraded' ? 'medium' : 'medium';
  if (named === null) return { severity: byEvidence, because: null };
  const isSevere = harms.some(
    (harm) =>
      harm.end === null &&
      harm.failing &&
      (harm.kind === 'down' || levelOf(harm) >= HIGH_ERROR_RATIO),
  );
  if (isSevere && (named === 'medium' || named === 'low')) {
    return { severity: 'high', because: `raised from ${named}: most requests are harmed` };
  }
  return { severity: named, because: null };
}

function levelOf(harm: Judgement['harms'][number]): number {
  return harm.kind === 'errors' ? (harm.shift?.level ?? 0) : 0;
}
