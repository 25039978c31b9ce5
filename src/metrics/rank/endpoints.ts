import { foldName } from '#src/metrics/classify/service-names.ts';
import { words } from '#src/metrics/classify/tokens.ts';

/** A host name inside a text: labels between dots, at least two dots. */
const HOST = /[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62}){2,8}/i;
/** A data store is named after the service that uses it, which it does not front. */
const STORE =
  /(?:^|[^a-z])(?:db|database|rds|sql|mysql|postgres\w*|mongo\w*|redis|cache|memcache\w*|elasticache|kafka|sqs|sns|queue|s3|bucket|table|dynamodb|rabbit\w*|amqp|nats|elastic\w*|es)(?:[^a-z]|$)/i;
const GENERIC = new Set(
  'service services internal public private prod production staging gateway load balancer ingress proxy http https default cluster local'.split(
    ' ',
  ),
);
/** Shorter words are found in too many names by chance. */
const LEAST_LETTERS = 5;
/** An endpoint whose name fits more services than this tells nothing. */
const MAX_FRONTED = 3;
/** So many endpoints and services are compared. */
const MAX_COMPARED = 2000;

/** True for a node that is an address rather than a named service. */
function isEndpoint(node: string): boolean {
  return HOST.test(node) && !STORE.test(node);
}

/**
 * Pairs of an endpoint and the service that it fronts: the host name of a load balancer or gateway
 * holds (a part of) the name of what stands behind it, so that what callers see of the endpoint is
 * the service's doing.
 */
export function frontedBy(nodes: ReadonlySet<string>): [string, string][] {
  const endpoints = [...nodes].filter(isEndpoint).sort().slice(0, MAX_COMPARED);
  if (endpoints.length === 0) return [];
  const services = [...nodes]
    .filter((node) => !HOST.test(node))
    .sort()
    .slice(0, MAX_COMPARED)
    .map((name) => ({ name, fold: foldName(name) }));
  const pairs: [string, string][] = [];
  for (const endpoint of endpoints) {
    const host = (HOST.exec(endpoint)?.[0] ?? '').split('.', 1)[0] ?? '';
    const telling = words(host).filter(
      (word) => word.length >= LEAST_LETTERS && !GENERIC.has(word) && !isGenericStart(word),
    );
    const fronted = services.filter(({ fold }) => telling.some((word) => fold.includes(word)));
    if (fronted.length > MAX_FRONTED) continue;
    for (const { name } of fronted) pairs.push([endpoint, name]);
  }
  return pairs;
}

/** `servi`, `gatew`: cut generic words, as tools that shorten names leave them. */
function isGenericStart(word: string): boolean {
  for (const generic of GENERIC) if (generic.startsWith(word)) return true;
  return false;
}
