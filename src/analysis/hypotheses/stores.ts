const STORE =
  /(?:^|[-_.\s])(?:db|database|postgres(?:ql)?|pg|mysql|mariadb|mongo(?:db)?|redis|memcached?|cache|kafka|rabbitmq|broker|queue|cassandra|dynamo(?:db)?|elastic(?:search)?|opensearch|sql|rds|s3|storage|etcd|zookeeper|dns)(?:$|[-_.\s\d])/i;

/**
 * Whether a name is that of a store, cache or broker: parts that a company runs but does not write,
 * so that no commit of a service broke them.
 */
export function isStore(name: string): boolean {
  return STORE.test(name);
}
