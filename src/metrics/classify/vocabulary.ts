/**
 * Words (singular) that metric names of all conventions are made of, by what they speak of. They
 * are general English and protocol words, so that names nobody has listed are understood too.
 */
const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const ERROR_WORDS = set(`
  error err errored failure fail failed failing exception fault 5xx 500 502 503 504 timeout timedout panic
  fatal abort aborted refused unhandled undelivered undeliverable deadletter dlq bounced crit
  unsuccessful unreachable deadlock mismatch corrupted corrupt broken lost nack nacked rollback
  rolledback discarded discard dropped drop rejected rejection reject denied shed overflow unrouted`);

export const CLIENT_ERROR_WORDS = set('4xx 400 401 403 404 409 422 429 unauthorized forbidden');

export const AVAILABILITY_WORDS = set('availability success successful succeeded uptime sli');

export const SHARE_WORDS = set('ratio rate percent percentage pct fraction share utilization');

export const LATENCY_WORDS = set(`
  latency duration elapsed rtt roundtrip responsetime ttfb took delay
  response+time request+time processing+time service+time execution+time wait+time handling+time
  query+time connect+time time+taken upstream+time backend+time integration+latency`);

/** With a time unit, these make a latency: `handler_seconds`, `http_request_ms`. */
export const TIMED_WORDS = set(`
  request req rq response call rpc handler handling processing query operation op command execution
  exec job task transaction invocation roundtrip http grpc render action controller step wait read
  write fetch lookup resolve probe check request_time time handled served`);

export const REQUEST_WORDS = set(`
  request req rq rps rpm call rpc invocation hit http grpc visit pageview handled served
  requestcount responded response`);

export const EVENT_WORDS = set(`
  message event command query transaction tps qps ops operation op job task processed published consumed
  sent received delivered produced enqueued dequeued ack acked order login signup payment checkout
  session created completed executed insert select update delete row record document commit
  fetched polled offset work action notification email upload download search read write lookup`);

export const CLIENT_WORDS = set(`
  client outbound upstream egress external outgoing downstream dependency remote httpclient callee
  thirdparty feign resttemplate webclient okhttp axios`);

export const THROTTLE_WORDS = set(`
  throttle throttled throttling ratelimit ratelimited ratelimiting ratelimiter rate+limited rate+limit
  rate+limiter 429 backpressure shedding quota+exceeded`);

export const QUEUE_WORDS = set(`
  queue queued backlog pending waiting waiter lag depth inflight outstanding unacked unacknowledged
  unprocessed in+flight parked starving concurrent concurrency oldest blocked rerouted buffered
  in+progress active+request requests+active awaiting`);

export const RESTART_WORDS = set(
  'restart restarted crash crashed oom oomkill oomkilled evicted respawn',
);

export const GC_WORDS = set('gc garbage safepoint');

export const LOOP_WORDS = set('eventloop event+loop loop+lag loop+delay loop+utilization ioloop');

export const CPU_WORDS = set('cpu load1 load5 load15 loadavg load+average cores processor steal');

export const MEMORY_WORDS = set(`
  memory mem heap rss swap ram oldgen metaspace buffer+pool shared+buffer nonheap resident
  working+set alloc pss`);

export const DISK_WORDS = set(`
  disk filesystem volume storage inode pvc tablespace fsync disk+queue iops blkio disk+io fs+io io+wait iowait ebs
  wal`);

export const FD_WORDS = set(
  'fd fds descriptor filedescriptor open+file files+open files+max filehandle',
);

export const CONNECTION_WORDS = set(`
  connection conn conns pool socket client session connected hikaricp dbcp pgbouncer maxclients
  idle+client server+connection`);

export const THREAD_WORDS = set(`
  thread worker goroutine executor fiber coroutine proc process bulkhead slot threadpool permit
  forked capacity+unit`);

export const NETWORK_WORDS = set(`
  network net tcp udp packet retransmit retrans retransmission bandwidth nic interface conntrack
  arp icmp`);

export const LIMIT_WORDS = set(`
  max maximum limit capacity quota ceiling maxclients allowed configured setting hardlimit softlimit
  requested allocatable`);

export const USED_WORDS = set(`
  used active use inuse busy open opened current connected usage leased acquired allocated occupied
  running resident borrowed live alive taken utilization`);

export const FREE_WORDS = set(
  'free available avail idle remaining headroom left freeable unused spare',
);

/** Words that say nothing about which resource a metric speaks of. */
export const FILLER_WORDS = set(`
  count number num total size byte process status global variable variables config configured
  setting settings set spec bytes in of the working node container kube pod resource value gauge
  current seconds config+max by mb kb gb mib kib gib second percent ratio percentage`);

export const UP_WORDS = set(
  'up health healthy alive ready reachable online serving live readiness liveness',
);

export const REPLICA_WORDS = set(
  'replica pod instance endpoint member node host backend target broker task peer',
);
