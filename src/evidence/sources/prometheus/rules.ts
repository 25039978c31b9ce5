import type { Alert } from '#src/domain/alert.ts';
import type { Rule } from '#src/domain/bundle.ts';
import { parseRules } from '#src/evidence/bundle/documents.ts';
import type { PlannedQuery } from '#src/evidence/sources/prometheus/plan.ts';
import { withoutThreshold } from '#src/evidence/sources/prometheus/promql.ts';

/** The rules behind the alerts, from the answer of `/api/v1/rules`. */
export function firingRules(answer: unknown, alerts: readonly Alert[], where: string): Rule[] {
  const names = new Set(alerts.map((alert) => alert.labels.alertname));
  return parseRules(answer, where)
    .filter((rule) => names.has(rule.name))
    .slice(0, 10);
}

/** The expression of a rule as a question, without its threshold, so that it shows the way there. */
export function queryOfRule(rule: Rule, service: string, alerts: readonly Alert[]): PlannedQuery {
  const own = alerts.filter((alert) => alert.labels.alertname === rule.name);
  return {
    service,
    query: withoutThreshold(rule.query).query,
    raw: false,
    signal: null,
    type: 'gauge',
    unit: null,
    labels: {},
    rank: -1,
    about: (labels) => own.some((alert) => agree(labels, alert.labels)),
  };
}

/** Whether labels say nothing else than an alert does where both speak. */
function agree(labels: Readonly<Record<string, string>>, alert: Record<string, string>): boolean {
  return Object.entries(labels).every(
    ([label, value]) => alert[label] === undefined || alert[label] === value,
  );
}
