import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { ErrorType } from '#src/domain/result.ts';

/**
 * `service_error` for what keeps the service itself from working (crash, dependency, network,
 * resource), `api_error` for wrong answers (4xx, 5xx, authentication, contract, rate limit);
 * null where nothing is wrong.
 */
export function readErrorType(facts: Facts, judgement: Judgement): ErrorType | null {
  const { condition, harms, assessment } = judgement;
  if (condition === 'healthy' || condition === 'unknown') return null;
  const isDown = harms.some((harm) => harm.kind === 'down' && harm.strength >= 0.2);
  if (isDown) return 'service_error';
  const lostDependency = harms.some((harm) => {
    const signal = facts.metrics.signals.find(({ id }) => id === harm.signalId);
    return signal?.facet === 'dependency-up';
  });
  if (lostDependency) return 'service_error';
  const hasErrors = harms.some((harm) => harm.kind === 'errors' && harm.strength >= 0.1);
  if (hasErrors) return 'api_error';
  const isStarved = (assessment?.causes ?? []).some(
    (cause) => cause.kind === 'saturation' || cause.kind === 'restart' || cause.kind === 'queue',
  );
  if (isStarved) return 'service_error';
  if (harms.some((harm) => harm.kind === 'dependency' || harm.kind === 'latency')) {
    return 'service_error';
  }
  return harms.length > 0 ? 'api_error' : 'service_error';
}
