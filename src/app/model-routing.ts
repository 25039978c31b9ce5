import { AGENTS, type AgentName, type Drafted } from '#src/analysis/agents/contract.ts';
import type { RoutingConfig } from '#src/config/model-schema.ts';

/**
 * Which agents ask their model. A simple alert ends with triage; one that is severe, that the
 * rules cannot explain, or that leads into code or its configuration goes through all of them.
 * @param isAsked a person asked for a model: then all agents ask theirs
 */
export function routeOf(
  { triage, cause }: Drafted,
  routing: RoutingConfig,
  isAsked: boolean,
): readonly AgentName[] {
  if (cause === null || routing.path === 'quick') return ['triage'];
  if (routing.path === 'deep' || isAsked) return AGENTS;
  const isSevere = routing.deepSeverities.includes(triage.severity);
  const isUnexplained = cause.verdict === 'inconclusive' && triage.condition !== 'healthy';
  const isInCode = cause.category === 'code' || cause.commit !== null;
  return isSevere || isUnexplained || isInCode ? AGENTS : ['triage'];
}
