import { hostOf, type ServiceNames } from '#src/metrics/classify/service-names.ts';
import type { ServiceReading } from '#src/metrics/classify/service-of-series.ts';

/** Labels that name the other side of a call. */
const PEER_KEYS = [
  'peer',
  'peer_service',
  'net_peer_name',
  'upstream',
  'upstream_name',
  'upstream_service',
  'upstream_host',
  'upstream_cluster',
  'dependency',
  'dependency_name',
  'target_service',
  'remote_service',
  'remote_service_name',
  'remote',
  'remote_name',
  'callee',
  'client_target',
  'to_service',
  'server_address',
  'envoy_cluster_name',
  'backend_service',
  'downstream_service',
  'external_service',
  'provider',
  'vendor',
];

/** These name a peer only where the metric speaks of outgoing calls, or the value is a service. */
const WEAK_PEER_KEYS = [
  'target',
  'backend',
  'host',
  'server',
  'uri_host',
  'db',
  'db_name',
  'database',
  'datasource',
  'db_system',
  'address',
  'cluster',
];

/**
 * The other service that a series speaks of, or null.
 * @param outgoing the metric's name speaks of calls to others
 */
export function peerOfSeries(
  reading: ServiceReading,
  labels: ReadonlyMap<string, string>,
  outgoing: boolean,
  names: ServiceNames,
): { peer: string; isCaller: boolean } | null {
  const { service, caller, callee } = reading;
  if (callee !== null && callee !== service) return { peer: callee, isCaller: false };
  if (caller !== null && caller !== service) return { peer: caller, isCaller: true };
  for (const key of PEER_KEYS) {
    const value = labels.get(key);
    if (value === undefined) continue;
    const peer = names.canonical(value);
    if (peer !== service && peer !== '') return { peer, isCaller: false };
  }
  for (const key of WEAK_PEER_KEYS) {
    const value = labels.get(key);
    if (value === undefined) continue;
    const peer = outgoing ? names.canonical(value) : names.spelt(hostOf(value));
    if (peer !== null && peer !== service && peer !== '') return { peer, isCaller: false };
  }
  return null;
}
