import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A web server's error log. */
export const webServer: Style = {
  name: 'web-server',
  header: (_r, at, level) => `[${TIMES.apache(at)}] [${level === 'INFO' ? 'notice' : 'error'}] `,
  templates: `
    20* workerEnv.init() ok {path}
    14* ERROR! mod_jk child workerEnv in error state {int:6-10}
    16* jk2_init() Found child {int} in scoreboard slot {int:6-10}
    6* ERROR! [client {ip}] Directory index forbidden by rule: {path}/
    5* ERROR! [client {ip}] File does not exist: {path}
    4* ERROR! [client {ip}] script not found or unable to stat: {path}
    4* ERROR! [client {ip}] request failed: URI too long (longer than {int})
    3* ERROR! jk2_init() Can't find child {int} in scoreboard
    3* ERROR! mod_jk child init {int:0-1} {int:-2-0}
    2* ERROR! [client {ip}] user {name} not found: {route}
    2* ERROR! [client {ip}] user {name}: authentication failure for "{route}": Password Mismatch
    1* caught SIGTERM, shutting down
    1* Apache/{version} (Fedora) configured -- resuming normal operations
    1* suEXEC mechanism enabled (wrapper: {path})
    1* Digest: generating secret for digest authentication ...
    1* Digest: done
    1* LDAP: SSL support unavailable
    1* ERROR! (111)Connection refused: proxy: {HTTP|AJP}: attempt to connect to {ipport} ({host}) failed
    1* ERROR! child process {int} still did not exit, sending a {SIGTERM|SIGKILL}
  `.replace('{int:-2-0}', '{int:0-2}'),
};

/** A node agent of a container orchestrator, klog. */
export const nodeAgent: Style = {
  name: 'node-agent',
  header: (r, at, level) =>
    `${level[0]}${TIMES.klog(at)} ${String(r.int(1, 9999)).padStart(7)} ${r.own(['kubelet.go', 'reconciler.go', 'pod_workers.go', 'kuberuntime_manager.go', 'prober.go'])}:${r.int(30, 2400)}] `,
  pools: {
    pod: [
      'web-6d4cf56db6-x7k2p',
      'web-6d4cf56db6-9zq4r',
      'billing-0',
      'billing-1',
      'cron-28391200-abcde',
      'coredns-558bd4d5db-qtlmn',
      'kube-proxy-hhj2k',
    ],
    ns: ['default', 'kube-system', 'prod', 'staging', 'monitoring'],
    ctr: ['web', 'sidecar', 'billing', 'coredns', 'istio-proxy'],
    vol: ['config', 'kube-api-access-x2x9d', 'data', 'tls-certs', 'tmp'],
  },
  templates: `
    "SyncLoop ADD" source="api" pods=[{ns}/{pod}]
    "SyncLoop UPDATE" source="api" pods=[{ns}/{pod}]
    "SyncLoop DELETE" source="api" pods=[{ns}/{pod}]
    "SyncLoop (PLEG): event for pod" pod="{ns}/{pod}" event=&{ID:{uuid} Type:{ContainerStarted|ContainerDied|ContainerRemoved} Data:{hex:64}}
    ERROR! "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"{ctr}\\" with CrashLoopBackOff: \\"back-off {dur} restarting failed container={ctr} pod={pod}_{ns}({uuid})\\"" pod="{ns}/{pod}" podUID={uuid}
    "Probe failed" probeType="{Readiness|Liveness|Startup}" pod="{ns}/{pod}" podUID={uuid} containerName="{ctr}" probeResult=failure output="HTTP probe failed with statuscode: {int:400-504}"
    "Container failed liveness probe, will be restarted" pod="{ns}/{pod}" containerName="{ctr}"
    "Killing container with a grace period" pod="{ns}/{pod}" podUID={uuid} containerName="{ctr}" containerID="containerd://{hex:64}" gracePeriod={int:1-60}
    "MountVolume.SetUp succeeded for volume \\"{vol}\\" (UniqueName: \\"kubernetes.io/projected/{uuid}-{vol}\\") pod \\"{pod}\\" (UID: \\"{uuid}\\") " pod="{ns}/{pod}"
    ERROR! MountVolume.SetUp failed for volume "{vol}" : {secret|configmap} "{word}" not found
    operationExecutor.UnmountVolume started for volume "{vol}" (UniqueName: "kubernetes.io/secret/{uuid}-{vol}") pod "{uuid}" (UID: "{uuid}")
    operationExecutor.MountVolume started for volume "{vol}" (UniqueName: "kubernetes.io/secret/{uuid}-{vol}") pod "{uuid}" (UID: "{uuid}")
    Volume detached for volume "{vol}" (UniqueName: "kubernetes.io/secret/{uuid}-{vol}") on node "{node}" DevicePath ""
    "Image garbage collection succeeded"
    WARN! "Image garbage collection failed once. Stats initialization may not have completed yet" err="failed to get imageFs info: {words}"
    "Node became not ready" node="{node}" condition={Type:Ready Status:False}
    "Updating node status" node="{node}"
    ERROR! "Error updating node status, will retry" err="error getting node \\"{node}\\": Get \\"{url}\\": context deadline exceeded"
    ERROR! Failed to create existing container: {path}: task {hex:64} not found: not found
    eviction manager: attempting to reclaim {memory|ephemeral-storage|pids}
    eviction manager: must evict pod(s) to reclaim {memory|ephemeral-storage|pids}
    eviction manager: pod {pod}_{ns}({uuid}) is evicted successfully
    Starting kubelet.
    Stopping kubelet.
    Registering node {node}
    Successfully registered node {node}
    No need to create a mirror pod, since node "{node}" not found
    Cleaned up orphaned pod volumes dir podUID={uuid} path="{path}"
  `.replace('{Type:Ready Status:False}', '{ Ready:False }'),
};

/** A message broker. */
export const broker: Style = {
  name: 'broker',
  header: (_r, at, level) => `[${TIMES.comma(at)}] ${level} `,
  pools: {
    topic: [
      'orders',
      'payments',
      'clicks',
      'audit-log',
      '__consumer_offsets',
      'user.events',
      'emails',
    ],
    group: ['billing-consumer', 'search-indexer', 'fraud', 'mailer', 'analytics_etl'],
  },
  templates: `
    [GroupCoordinator {int:0-3}]: Preparing to rebalance group {group} in state PreparingRebalance with old generation {int} (__consumer_offsets-{int:0-49}) (reason: {Adding new member|removing member|leader rejoin}) (kafka.coordinator.group.GroupCoordinator)
    [GroupCoordinator {int:0-3}]: Stabilized group {group} generation {int} (__consumer_offsets-{int:0-49}) with {int:1-9} members (kafka.coordinator.group.GroupCoordinator)
    [GroupCoordinator {int:0-3}]: Assignment received from leader {group}-{uuid} for group {group} for generation {int}. The group has {int:1-9} members, 0 of which are static. (kafka.coordinator.group.GroupCoordinator)
    [GroupCoordinator {int:0-3}]: Member {group}-{uuid} in group {group} has failed, removing it from the group (kafka.coordinator.group.GroupCoordinator)
    [GroupCoordinator {int:0-3}]: Group {group} with generation {int} is now empty (__consumer_offsets-{int:0-49}) (kafka.coordinator.group.GroupCoordinator)
    [Partition {topic}-{int:0-30} broker={int:0-3}] Shrinking ISR from {int:0-3},{int:0-3},{int:0-3} to {int:0-3},{int:0-3}. Leader: (highWatermark: {int}, endOffset: {int}). Out of sync replicas: (brokerId: {int:0-3}, endOffset: {int}). (kafka.cluster.Partition)
    [Partition {topic}-{int:0-30} broker={int:0-3}] Expanding ISR from {int:0-3},{int:0-3} to {int:0-3},{int:0-3},{int:0-3} (kafka.cluster.Partition)
    [Log partition={topic}-{int:0-30}, dir={path}] Rolled new log segment at offset {int} in {int} ms. (kafka.log.Log)
    [Log partition={topic}-{int:0-30}, dir={path}] Deleting segments due to retention time {int}ms breach: LogSegment(baseOffset={int}, size={int}, lastModifiedTime={big:13}) (kafka.log.Log)
    [Log partition={topic}-{int:0-30}, dir={path}] Incremented log start offset to {int} due to {segment deletion|leader offset increment} (kafka.log.Log)
    Deleted log {path}.deleted. (kafka.log.LogSegment)
    Deleted offset index {path}.deleted. (kafka.log.LogSegment)
    Deleted time index {path}.deleted. (kafka.log.LogSegment)
    [ProducerStateManager partition={topic}-{int:0-30}] Writing producer snapshot at offset {int} (kafka.log.ProducerStateManager)
    [ReplicaFetcherManager on broker {int:0-3}] Removed fetcher for partitions Set({topic}-{int:0-30}, {topic}-{int:0-30}) (kafka.server.ReplicaFetcherManager)
    [ReplicaFetcherManager on broker {int:0-3}] Added fetcher to broker {int:0-3} for partitions Map({topic}-{int:0-30} -> (offset={int}, leaderEpoch={int:0-99})) (kafka.server.ReplicaFetcherManager)
    WARN! [ReplicaFetcher replicaId={int:0-3}, leaderId={int:0-3}, fetcherId=0] Connection to node {int:0-3} ({host}/{ip}:9092) could not be established. Broker may not be available. (org.apache.kafka.clients.NetworkClient)
    ERROR! [ReplicaManager broker={int:0-3}] Error processing append operation on partition {topic}-{int:0-30} (kafka.server.ReplicaManager)
    ERROR! Error while creating ephemeral at {path}, node already exists and owner '{big:15}' does not match current session '{big:15}' (kafka.zk.KafkaZkClient$CheckedEphemeral)
    Creating topic {topic} with configuration {} and initial partition assignment HashMap({int:0-9} -> ArrayBuffer({int:0-3})) (kafka.zk.AdminZkClient)
    [Controller id={int:0-3}] Processing automatic preferred replica leader election (kafka.controller.KafkaController)
    [Controller id={int:0-3}] Newly added brokers: {int:0-3}, deleted brokers: {int:0-3}, bounced brokers: , all live brokers: {list:int} (kafka.controller.KafkaController)
    Session expired for {node:client} after {ms}; reconnecting
    [SocketServer brokerId={int:0-3}] Failed authentication with /{ip} (SSL handshake failed) (org.apache.kafka.common.network.Selector)
    Topic creation for {topic} rejected by policy {word}
    Quota for user {name} set to {int} KB/s
    Terminating process due to signal {SIGTERM|SIGHUP|SIGINT}
  `,
};

/** A document database with structured JSON lines and attributes. */
export const documentDb: Style = {
  name: 'document-db',
  header: () => '',
  wrap: (r, at, level, message) => {
    const [text = '', attr = ''] = message.split(' @@ ');
    return `{"t":{"$date":"${TIMES.rfc3339(at).replace('Z', '+00:00')}"},"s":"${level[0]}","c":"${r.pick(['NETWORK ', 'STORAGE ', 'COMMAND ', 'REPL    ', 'WTCHKPT '])}","id":${r.int(20000, 6000000)},"ctx":"conn${r.int(1, 9999)}","msg":"${text}"${attr ? `,"attr":{${attr}}` : ''}}`;
  },
  pools: { ns: ['shop.orders', 'shop.users', 'local.oplog.rs', 'admin.$cmd', 'shop.carts'] },
  templates: `
    Connection accepted @@ "remote":"{ipport}","uuid":"{uuid}","connectionId":{int},"connectionCount":{int}
    Connection ended @@ "remote":"{ipport}","connectionId":{int},"connectionCount":{int}
    client metadata @@ "remote":"{ipport}","client":"conn{int}","doc":{"driver":{"name":"nodejs","version":"{version}"}}
    Slow query @@ "type":"command","ns":"{ns}","command":{"find":"{word}","filter":{"_id":"{hex:24}"}},"planSummary":"{COLLSCAN|IXSCAN}","docsExamined":{int},"durationMillis":{int}
    Successfully authenticated @@ "user":"{name}","db":"admin","mechanism":"SCRAM-SHA-256"
    Authentication failed @@ "user":"{name}","db":"admin","error":"UserNotFound: Could not find user"
    WiredTiger message @@ "message":"[{epoch}:{int}][1:{x:12}], WT_SESSION.checkpoint: [WT_VERB_CHECKPOINT_PROGRESS] saving checkpoint snapshot min: {int}, snapshot max: {int}"
    Index build: starting @@ "namespace":"{ns}","buildUUID":null
    Index build: done building @@ "namespace":"{ns}","index":"{word}_1"
    createCollection @@ "namespace":"{ns}","uuidDisposition":"generated"
    Starting an election @@ "reason":"{electionTimeout|stepUpRequest}"
    Election succeeded, assuming primary role @@ "term":{int}
    Stepping down from primary in response to heartbeat @@ "term":{int}
    Member is in new state @@ "hostAndPort":"{hostport}","newState":"{PRIMARY|SECONDARY|RECOVERING}"
    Heartbeat failed after max retries @@ "target":"{hostport}","error":{"code":{int},"errmsg":"{ioerr}"}
    Ending connection due to bad connection status @@ "status":"{ioerr}"
    Interrupted operation as its client disconnected @@ "opId":{int}
    serverStatus was very slow @@ "timeStats":{"after basic":{int},"after locks":{int}}
    Checkpoint ran for {int} seconds and wrote {int} pages
    Shutting down: going to enter quiesce mode
    Failed to refresh key cache @@ "error":"ReadConcernMajorityNotAvailableYet","nextWakeupMillis":{int}
  `,
};

/** A reverse proxy's error log. */
export const reverseProxy: Style = {
  name: 'reverse-proxy',
  header: (r, at, level) =>
    `${TIMES.slash(at)} [${level.toLowerCase()}] ${r.int(10, 40)}#${r.int(10, 40)}: `,
  templates: `
    10* ERROR! *{int} connect() failed (111: Connection refused) while connecting to upstream, client: {ip}, server: {domain}, request: "GET {route} HTTP/1.1", upstream: "http://{ipport}{route}", host: "{domain}"
    8* ERROR! *{int} upstream timed out (110: Connection timed out) while reading response header from upstream, client: {ip}, server: {domain}, request: "{GET|POST|PUT} {route} HTTP/1.1", upstream: "http://{ipport}{route}", host: "{domain}"
    6* ERROR! *{int} upstream prematurely closed connection while reading response header from upstream, client: {ip}, server: {domain}, request: "{GET|POST|PUT} {route} HTTP/1.1", upstream: "http://{ipport}{route}", host: "{domain}"
    6* ERROR! *{int} open() "{path}" failed (2: No such file or directory), client: {ip}, server: {domain}, request: "GET {route} HTTP/1.1", host: "{domain}"
    4* ERROR! *{int} open() "{path}" failed (13: Permission denied), client: {ip}, server: {domain}, request: "GET {route} HTTP/1.1", host: "{domain}"
    4* WARN! *{int} a client request body is buffered to a temporary file {path}, client: {ip}, server: {domain}, request: "POST {route} HTTP/1.1", host: "{domain}"
    4* WARN! *{int} an upstream response is buffered to a temporary file {path} while reading upstream, client: {ip}, server: {domain}, request: "GET {route} HTTP/1.1", upstream: "http://{ipport}{route}", host: "{domain}"
    3* ERROR! *{int} no live upstreams while connecting to upstream, client: {ip}, server: {domain}, request: "GET {route} HTTP/1.1", upstream: "http://{word}{route}", host: "{domain}"
    3* ERROR! *{int} client intended to send too large body: {int} bytes, client: {ip}, server: {domain}, request: "POST {route} HTTP/1.1", host: "{domain}"
    3* *{int} client {ip} closed keepalive connection
    3* ERROR! *{int} limiting requests, excess: {float} by zone "{word}", client: {ip}, server: {domain}, request: "GET {route} HTTP/1.1", host: "{domain}"
    2* ERROR! *{int} SSL_do_handshake() failed (SSL: error:{hex:8}:SSL routines:ssl3_read_bytes:sslv3 alert certificate unknown) while SSL handshaking, client: {ip}, server: 0.0.0.0:443
    2* signal process started
    2* using the "epoll" event method
    2* start worker processes
    2* start worker process {int}
    2* worker process {int} exited with code {int:0-9}
    2* gracefully shutting down
    1* ALERT! worker process {int} exited on signal {int:9-11}
    1* EMERG! bind() to 0.0.0.0:{int} failed (98: Address already in use)
    1* EMERG! host not found in upstream "{domain}" in {path}:{int}
    1* signal {int:1-17} (SIG{HUP|CHLD|QUIT|TERM}) received from {int}, reconfiguring
    1* cache manager process {int} exited with code {int:0-9}
  `,
};
