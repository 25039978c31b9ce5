import type { Alert } from '#src/domain/alert.ts';
import type { Service } from '#src/domain/service.ts';
import {
  type LogPosition,
  logPathsOf,
  type ServiceLook,
  type WatchSettings,
  type WatchStore,
  type WatchTools,
} from '#src/intake/watch/contract.ts';
import { checkHealth } from '#src/intake/watch/health.ts';
import { lookAtLogs } from '#src/intake/watch/look-at-logs.ts';
import { lookAtPage } from '#src/intake/watch/look-at-page.ts';
import { advance, type RuleState, readRuleState } from '#src/intake/watch/rules.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const AT_A_TIME = 16;

export type WatchRequest = {
  services: readonly Service[];
  store: WatchStore;
  tools: WatchTools;
  settings: WatchSettings;
  /** Takes alerts into the store, durably. */
  deliver(alerts: readonly Alert[]): Promise<void>;
  signal: AbortSignal;
};

/** What one look at all services came to. */
export type WatchCycle = {
  at: number;
  looks: ServiceLook[];
  /** Alerts that fire now. */
  firing: Alert[];
  /** Alerts that were told of by this look: new, repeated and ended ones. */
  told: Alert[];
};

/**
 * Looks at all services once and takes the alerts in that follow. What was seen counts as seen only
 * when its alerts are durable: killed in between, the next look sees it again.
 */
export async function watchServices(request: WatchRequest): Promise<WatchCycle> {
  const { services, store, tools, settings, deliver, signal } = request;
  const at = tools.now();
  const state = readRuleState(await store.readRules());
  const positions = new Map((await store.readPositions()).map((one) => [one.path, one]));
  const moved: LogPosition[] = [];
  const errors: RuleState['errors'] = {};
  const looks = await mapLimited(services, AT_A_TIME, async (service) => {
    const look = await lookAt(service, state.errors[service.name] ?? [], positions, request);
    moved.push(...look.positions);
    if (look.errors.length > 0) errors[service.name] = look.errors;
    const { findings, unknown, notes } = look;
    return { service: service.name, findings, unknown, notes };
  });
  signal.throwIfAborted();
  const unknown = new Set(
    looks.flatMap((look) => look.unknown.map((name) => `${name} ${look.service}`)),
  );
  const { troubles, alerts, firing } = advance(state.troubles, {
    findings: looks.flatMap(({ findings }) => findings),
    isUnknown: (alertname, service) => unknown.has(`${alertname} ${service}`),
    now: tools.now(),
    forMs: settings.forMs,
  });
  if (alerts.length > 0) await deliver(alerts);
  await store.saveWatch(moved, JSON.stringify({ version: 1, troubles, errors }));
  return { at, looks, firing, told: alerts };
}

async function lookAt(
  service: Service,
  errors: readonly number[],
  positions: ReadonlyMap<string, LogPosition>,
  { store, tools, settings, signal }: WatchRequest,
): Promise<ServiceLook & { positions: LogPosition[]; errors: number[] }> {
  const { name, health_url, metrics_url } = service;
  const [health, page, logs] = await Promise.all([
    health_url ? checkHealth(service, health_url, tools, settings, signal) : [],
    metrics_url ? lookAtPage(name, metrics_url, store, tools, settings, signal) : null,
    logPathsOf(service).length > 0
      ? lookAtLogs(service, errors, positions, tools, settings, signal)
      : null,
  ]);
  const findings = [...health, ...(page?.findings ?? []), ...(logs?.finding ? [logs.finding] : [])];
  if (page && !page.isAnswered && !health_url) {
    findings.push({
      alertname: 'ServiceDown',
      service: name,
      severity: 'critical',
      summary: `${name} is down`,
      description: tools.redact(page.notes.join('; ')),
    });
  }
  return {
    service: name,
    findings,
    unknown: page?.unknown ?? [],
    notes: [...(page?.notes ?? []), ...(logs?.notes ?? [])],
    positions: logs?.positions ?? [],
    errors: logs?.errors ?? [],
  };
}
