import { hostOf, type ServiceNames } from '#src/metrics/classify/service-names.ts';
import { isCollector, isMainContainer, workloadOfPod } from '#src/metrics/classify/workload.ts';

/** The labels that name a service by the bundle format, in its order. */
const SERVICE_KEYS = ['service', 'service_name', 'app', 'job'];

/** What else names one, best first. */
const OTHER_KEYS = [
  'app_name',
  'app_kubernetes_io_name',
  'application',
  'application_name',
  'microservice',
  'svc',
  'deployment',
  'deployment_name',
  'statefulset',
  'statefulset_name',
  'daemonset',
  'workload',
  'workload_name',
  'canonical_service',
  'container_label_com_docker_compose_service',
  'compose_service',
  'ecs_service',
  'task_family',
  'function_name',
  'load_balancer',
  'db_instance_identifier',
  'dbinstance_identifier',
  'db_cluster_identifier',
  'dbcluster_identifier',
  'cache_cluster_id',
  'queue_name',
  'table_name',
  'stream_name',
  'api_name',
  'state_machine_arn',
  'cluster_name',
  'component',
  'service_id',
  'server_name',
  'consumergroup',
  'consumer_group',
  'proxy',
  'ingress',
  'name',
];

/** Whom an exporter for others speaks of, where the value is a known service. */
const SUBJECT_KEYS = ['group', 'consumer', 'client', 'backend', 'target', 'subscription', 'user'];

const INSTANCE_KEYS = ['instance', 'node', 'nodename', 'host', 'hostname', 'host_name', 'server'];

/** Labels of a service mesh for the one who calls and the one who is called. */
const CALLER_KEYS = [
  'source_workload',
  'source_canonical_service',
  'source_service',
  'source_app',
  'caller',
  'client_service',
];
/** These name one side of a call only where the value is a known service. */
const WEAK_CALLER_KEYS = ['source', 'src', 'consumer', 'client_name', 'client'];
const CALLEE_KEYS = [
  'destination_service_name',
  'destination_workload',
  'destination_canonical_service',
  'destination_service',
  'destination_app',
  'dst_deployment',
  'dst_service',
];
const WEAK_CALLEE_KEYS = ['destination', 'dst'];

const first = (labels: ReadonlyMap<string, string>, keys: readonly string[]): string | null => {
  for (const key of keys) {
    const value = labels.get(key);
    if (value !== undefined && value !== 'unknown' && value !== '-') return value;
  }
  return null;
};

/** Who a series belongs to, and who else it speaks of by a mesh's labels. */
export type ServiceReading = {
  service: string | null;
  caller: string | null;
  callee: string | null;
};

/**
 * The service that a series belongs to: the field, then the registry's selectors, then labels.
 * A mesh's caller and callee are told apart by who reports. A scraper's job (kubelet, an exporter
 * for others) yields to what the labels say of the workload.
 * @param onBehalf the metric's name says that it was taken by a collector (`kube_`, `container_`)
 */
export function serviceOfSeries(
  field: string | undefined,
  raw: Readonly<Record<string, string>>,
  labels: ReadonlyMap<string, string>,
  onBehalf: boolean,
  names: ServiceNames,
): ServiceReading {
  const caller = first(labels, CALLER_KEYS);
  const callee = first(labels, CALLEE_KEYS);
  const mesh = {
    caller: caller === null ? firstKnown(labels, WEAK_CALLER_KEYS, names) : names.canonical(caller),
    callee: callee === null ? firstKnown(labels, WEAK_CALLEE_KEYS, names) : names.canonical(callee),
  };
  if (field !== undefined && field !== '') {
    return { ...mesh, service: names.known(field) ?? field };
  }
  const selected = names.selected(raw);
  if (selected !== null) return { ...mesh, service: selected };
  const reporter = labels.get('reporter') ?? labels.get('direction');
  if (mesh.callee !== null && (reporter === 'destination' || reporter === 'inbound')) {
    return { ...mesh, service: mesh.callee };
  }
  if (mesh.caller !== null && (reporter === 'source' || reporter === 'outbound')) {
    return { ...mesh, service: mesh.caller };
  }
  return { ...mesh, service: serviceOfLabels(labels, onBehalf, names) ?? mesh.callee };
}

function firstKnown(
  labels: ReadonlyMap<string, string>,
  keys: readonly string[],
  names: ServiceNames,
): string | null {
  const value = first(labels, keys);
  return value === null ? null : names.spelt(value);
}

function serviceOfLabels(
  labels: ReadonlyMap<string, string>,
  onBehalf: boolean,
  names: ServiceNames,
): string | null {
  const candidates: { key: string; value: string }[] = [];
  const collect = (keys: readonly string[]) => {
    for (const key of keys) {
      const value = labels.get(key);
      if (value !== undefined) candidates.push({ key, value: cleanName(key, value) });
    }
  };
  collect(SERVICE_KEYS);
  collect(OTHER_KEYS);
  const container = labels.get('container') ?? labels.get('container_name');
  if (container !== undefined && isMainContainer(container)) {
    candidates.push({ key: 'container', value: container });
  }
  const pod = labels.get('pod') ?? labels.get('pod_name');
  if (pod !== undefined) candidates.push({ key: 'pod', value: workloadOfPod(pod) });

  // What names a known service wins; a collector's own name only where nothing else does.
  const collector = candidates.some(({ value }) => isCollector(value));
  if (collector) collect(SUBJECT_KEYS);
  const named = candidates.flatMap(({ key, value }) => {
    const known = SUBJECT_KEYS.includes(key) ? names.spelt(value) : names.known(value);
    return known === null ? [] : [{ known, own: !isCollector(value) }];
  });
  const best = named.find(({ own }) => own) ?? named[0];
  if (best !== undefined) return best.known;
  const scraped = (key: string) => key === 'job' || key === 'service' || key === 'app';
  const own = candidates.find(
    ({ key, value }) =>
      !SUBJECT_KEYS.includes(key) && !(scraped(key) && (onBehalf || isCollector(value))),
  );
  if (own !== undefined) return own.value;
  const instance = first(labels, INSTANCE_KEYS) ?? labels.get('target') ?? null;
  if (
    instance !== null &&
    (onBehalf || candidates.length === 0 || candidates.every((c) => scraped(c.key)))
  ) {
    const host = hostOf(instance);
    const isAddress = /^[\d.]+$/.test(host) || host.includes(':') || host === 'localhost';
    const known = names.canonical(instance);
    if (known !== host || !isAddress) return known;
  }
  return candidates[0]?.value ?? (instance === null ? null : hostOf(instance));
}

/** `checkout@docker` (Traefik) → `checkout`; the job `prod/checkout` → `checkout`. */
function cleanName(key: string, value: string): string {
  const at = value.indexOf('@');
  let text =
    at > 0 && /^@(?:docker|kubernetes\w*|file|internal|consul\w*|ecs)$/.test(value.slice(at))
      ? value.slice(0, at)
      : value;
  if (key === 'job' && text.includes('/')) text = text.slice(text.lastIndexOf('/') + 1) || text;
  return /\.svc(?:\.|$)/.test(text) ? (text.split('.', 1)[0] ?? text) : text;
}
