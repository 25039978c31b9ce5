/** Kubernetes draws the random parts of names from letters and digits without vowels. */
const REPLICA_SET_POD =
  /^(.{1,200})-[a-f0-9bcdfghjklmnpqrstvwxz]{6,10}-[bcdfghjklmnpqrstvwxz0-9]{5}$/;
const DAEMON_SET_POD = /^(.{1,200})-[bcdfghjklmnpqrstvwxz0-9]{5}$/;
const STATEFUL_SET_POD = /^(.{1,200})-\d{1,4}$/;

/** `checkout-7d9f8b6c5d-x2x9k` → `checkout`, `db-0` → `db`; other names stay as they are. */
export function workloadOfPod(pod: string): string {
  const replica = REPLICA_SET_POD.exec(pod);
  if (replica) return replica[1] as string;
  const daemon = DAEMON_SET_POD.exec(pod);
  if (daemon && /\d/.test(pod.slice(-5))) return daemon[1] as string;
  return STATEFUL_SET_POD.exec(pod)?.[1] ?? pod;
}

const SIDECARS = new Set(['POD', 'istio-proxy', 'linkerd-proxy', 'envoy', 'istio-init', 'pause']);

/** False for the containers that a mesh or the cluster adds to a pod. */
export function isMainContainer(name: string): boolean {
  return !SIDECARS.has(name);
}

const COLLECTOR =
  /(?:exporter|kubelet|cadvisor|kube-?state|blackbox|prometheus|pushgateway|statsd|otel|opentelemetry|collector|node-?exporter|cloudwatch|yace|telegraf|vector|kubernetes-(?:pods|nodes|service|endpoints|apiservers)|istio-mesh|envoy-stats|linkerd-proxy|ingress|monitoring|federate)/i;

/** True for a job that scrapes on behalf of others, so that its name is not the service's. */
export function isCollector(job: string): boolean {
  return COLLECTOR.test(job);
}
