import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A mail server's syslog. */
export const mailServer: Style = {
  name: 'mail-server',
  header: (r, at) =>
    `${TIMES.syslog(at)} mx${r.int(1, 3)} ${r.own(['postfix/smtpd', 'postfix/cleanup', 'postfix/qmgr', 'dovecot', 'amavis', 'opendkim'])}[${r.int(100, 32000)}]: `,
  pools: { folder: ['INBOX', 'Sent', 'Trash', 'Archive.2023', 'Junk'] },
  templates: `
    10* connect from unknown[{ip}]
    10* disconnect from unknown[{ip}] ehlo=1 auth=0/1 quit=1 commands=2/3
    8* {Hex:10}: client={domain}[{ip}], sasl_method=PLAIN, sasl_username={email}
    8* {Hex:10}: message-id=<{hex:16}@{domain}>
    8* {Hex:10}: from=<{email}>, size={int}, nrcpt={int:1-9} (queue active)
    8* {Hex:10}: removed
    5* warning: hostname {domain} does not resolve to address {ip}: Name or service not known
    5* warning: unknown[{ip}]: SASL LOGIN authentication failed: UGFzc3dvcmQ6
    4* NOQUEUE: reject: RCPT from unknown[{ip}]: 554 5.7.1 <{email}>: Relay access denied; from=<{email}> to=<{email}> proto=ESMTP helo=<{host}>
    4* NOQUEUE: reject: RCPT from unknown[{ip}]: 450 4.1.8 <{email}>: Sender address rejected: Domain not found; from=<{email}> to=<{email}> proto=ESMTP helo=<{host}>
    4* imap-login: Login: user=<{email}>, method=PLAIN, rip={ip}, lip={ip}, mpid={int}, TLS, session=<{b64:16}>
    3* imap-login: Disconnected (auth failed, {int:1-5} attempts in {int:1-60} secs): user=<{email}>, method=PLAIN, rip={ip}, lip={ip}, session=<{b64:16}>
    3* imap({email})<{int}><{b64:12}>: Logged out in={int} out={int} deleted=0 expunged=0
    3* imap({email})<{int}><{b64:12}>: Connection closed (IDLE running for {float} + waiting input for {float} secs) in={int} out={int}
    3* lda({email}): msgid=<{hex:16}@{domain}>: saved mail to {folder}
    2* lmtp({email}): sieve: msgid=<{hex:16}@{domain}>: stored mail into mailbox '{folder}'
    2* lmtp({email}): sieve: msgid=<{hex:16}@{domain}>: marked message to be discarded if not explicitly delivered
    2* statistics: max connection rate {int:1-9}/60s for (smtp:{ip}) at Feb {int:1-28} {clock}
    2* statistics: max cache size {int:1-9} at Feb {int:1-28} {clock}
    2* lost connection after {AUTH|CONNECT|EHLO|STARTTLS|RCPT} from unknown[{ip}]
    2* timeout after {AUTH|DATA|END-OF-MESSAGE} from {domain}[{ip}]
    2* ({int}-{int:1-20}) Passed {CLEAN|SPAMMY|BAD-HEADER} ⟨RelayedInbound⟩, [{ip}]:{port} <{email}> -> <{email}>, Hits: {float}, size: {int}, {int} ms
    1* ({int}-{int:1-20}) Blocked {SPAM|INFECTED|BANNED} ⟨DiscardedInbound⟩, [{ip}]:{port} <{email}> -> <{email}>, Hits: {float}, size: {int}, {int} ms
    1* {Hex:10}: DKIM-Signature field added (s={word}, d={domain})
    1* {Hex:10}: no signing table match for '{email}'
    1* table hash:{path}({int}) has changed -- restarting
    1* reload -- version {version}, configuration {path}
    1* daemon started -- version {version}, configuration {path}
  `,
};

/** A key-value store with consensus: zap's JSON. */
export const consensusStore: Style = {
  name: 'consensus-store',
  header: () => '',
  wrap: (r, at, level, message) => {
    const [msg = '', rest = ''] = message.split(' @@ ');
    return `{"level":"${level.toLowerCase()}","ts":"${TIMES.rfc3339(at)}","caller":"${r.own(['etcdserver/server.go', 'mvcc/hash.go', 'rafthttp/stream.go', 'wal/wal.go'])}:${r.int(20, 900)}","msg":"${msg}"${rest ? `,${rest}` : ''}}`;
  },
  templates: `
    8* WARN! apply request took too long @@ "took":"{dur}","expected-duration":"100ms","prefix":"read-only range ","request":"key:\\\\\\"{path}\\\\\\" ","response":"range_response_count:{int:0-9} size:{int}"
    8* finished scheduled compaction @@ "compact-revision":{int},"took":"{dur}"
    8* store.index: compact {int}
    4* sending database snapshot to client @@ "total-bytes":{int},"size":"{size}"
    4* saved snapshot @@ "snapshot-index":{int}
    4* triggering snapshot @@ "local-member-id":"{hex:16}","local-member-applied-index":{int}
    4* purged @@ "path":"{path}"
    4* {hex:16} is starting a new election at term {int:1-99}
    4* {hex:16} became candidate at term {int:1-99}
    4* {hex:16} became follower at term {int:1-99}
    4* {hex:16} became leader at term {int:1-99}
    4* {hex:16} received MsgVoteResp from {hex:16} at term {int:1-99}
    4* {hex:16} received MsgPreVoteResp from {hex:16} at term {int:1-99}
    4* {hex:16} elected leader {hex:16} at term {int:1-99}
    4* {hex:16} lost leader {hex:16} at term {int:1-99}
    3* WARN! prober detected unhealthy status @@ "round-tripper-name":"ROUND_TRIPPER_RAFT_MESSAGE","remote-peer-id":"{hex:16}","rtt":"0s","error":"dial tcp {ipport}: connect: connection refused"
    3* established TCP streaming connection with remote peer @@ "stream-writer-type":"stream {Message|MsgApp v2}","local-member-id":"{hex:16}","remote-peer-id":"{hex:16}"
    3* WARN! lost TCP streaming connection with remote peer @@ "stream-reader-type":"stream {Message|MsgApp v2}","error":"EOF"
    2* peer became active @@ "peer-id":"{hex:16}"
    2* WARN! peer became inactive (message send to peer failed) @@ "peer-id":"{hex:16}","error":"failed to dial"
    2* WARN! leader failed to send out heartbeat on time; took too long, leader is overloaded likely from slow disk @@ "to":"{hex:16}","exceeded-duration":"{dur}"
    2* ERROR! failed to find remote peer in cluster @@ "remote-peer-id":"{hex:16}"
    1* grpc service status changed @@ "service":"","status":"SERVING"
    1* serving client traffic securely @@ "address":"{ipport}"
    1* raft2024 switched to configuration voters=({list:big})
    1* stopping compaction of {word} after {int:1-9} retries
  `,
};

/** A container engine's logfmt. */
export const containerEngine: Style = {
  name: 'container-engine',
  header: () => '',
  wrap: (r, at, level, message) =>
    `time="${TIMES.rfc3339(at).replace('Z', `${r.digits(6)}Z`)}" level=${level === 'WARN' ? 'warning' : level.toLowerCase()} msg="${message.replaceAll('"', '\\"')}"${r.chance(0.3) ? ` container=${r.hex(64)}` : ''}${r.chance(0.2) ? ' module=libcontainerd namespace=moby' : ''}`,
  pools: { img: ['redis', 'library/postgres', 'registry.local/shop/api', 'nginx', 'alpine'] },
  templates: `
    Container {hex:64} failed to exit within 10s of signal 15 - using the force
    Container failed to exit within 10s of signal 15 - using the force
    ignoring event
    shim disconnected
    WARN! cleaning up after shim disconnected
    cleaning up dead shim
    starting signal loop
    Loading containers: start.
    Loading containers: done.
    Docker daemon
    Daemon has completed initialization
    API listen on {path}
    API listen on [::]:{int}
    Pulling image {img}:{version}
    Pulled image {img}:{version} in {dur}
    ERROR! Handler for POST /v1.{int:20-43}/images/create returned error: pull access denied for {img}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied
    ERROR! Handler for GET /v1.{int:20-43}/containers/{hex:64}/json returned error: No such container: {hex:12}
    ERROR! Handler for POST /v1.{int:20-43}/containers/{hex:64}/start returned error: driver failed programming external connectivity on endpoint {word}_{word}_1 ({hex:64}): Bind for 0.0.0.0:{port} failed: port is already allocated
    WARN! Your kernel does not support swap memory limit
    WARN! Your kernel does not support cgroup rt period
    WARN! Your kernel does not support cgroup blkio weight
    WARN! Health check for container {hex:64} error: context deadline exceeded
    ERROR! stream copy error: reading from a closed fifo
    Removing stale sandbox {hex:64} ({hex:64})
    Default bridge (docker0) is assigned with an IP address {ip}/16. Daemon option --bip can be used to set a preferred IP address
    NetworkDB stats {host}({hex:12}) - netID:{b64:25} leaving:{bool} netPeers:{int:1-9} entries:{int} Queue qLen:0 netMsg/s:{int:0-9}
    initialized VXLAN UDP port to {int}
    Node {hex:12}/{ip}, joined gossip cluster
    Node {hex:12}/{ip}, left gossip cluster
    Node {hex:12}/{ip}, added to nodes list
    WARN! memberlist: Refuting a suspect message (from: {hex:12})
    No non-localhost DNS nameservers are left in resolv.conf. Using default external servers: [nameserver {ip} nameserver {ip}]
    Layer sha256:{hex:64} cleaned up
  `,
};

/** A search engine's nodes. */
export const searchEngine: Style = {
  name: 'search-engine',
  header: (r, at, level) =>
    `[${TIMES.comma(at).replace(' ', 'T')}][${level.padEnd(5)}][${r.own(['o.e.c.m.MetadataMappingService', 'o.e.c.r.a.AllocationService', 'o.e.m.j.JvmGcMonitorService', 'o.e.x.s.a.AuthenticationService', 'o.e.n.Node'])}] [${r.pick(['es-data-0', 'es-data-1', 'es-master-0'])}] `,
  pools: {
    idx: ['logs-2024.02.05', 'orders_v3', '.kibana_7.17.1_001', 'metrics-2024.02', 'products'],
    es: ['es-data-0', 'es-data-1', 'es-master-0'],
  },
  templates: `
    [{idx}/{b64:22}] create_mapping [_doc]
    [{idx}/{b64:22}] update_mapping [_doc]
    [{idx}] creating index, cause [{api|auto(bulk api)|rollover_index}], templates [{word}], shards [{int:1-5}]/[{int:0-2}]
    [{idx}/{b64:22}] deleting index
    Cluster health status changed from [{RED|YELLOW|GREEN}] to [{RED|YELLOW|GREEN}] (reason: [shards started [[{idx}][{int:0-9}]]]).
    Cluster health status changed from [{RED|YELLOW|GREEN}] to [{RED|YELLOW|GREEN}] (reason: [{es} left]).
    [gc][{int}] overhead, spent [{dur}] collecting in the last [{dur}]
    [gc][young][{int}][{int}] duration [{dur}], collections [1]/[{dur}], total [{dur}]/[{dur}], memory [{float}gb]->[{float}gb]/[{int:8-31}gb], all_pools {[young] [{float}gb]->[{float}gb]/[0b]}
    WARN! high disk watermark [90%] exceeded on [{b64:22}][{es}][{path}] free: {float}gb[{float}%], shards will be relocated away from this node
    WARN! low disk watermark [85%] exceeded on [{b64:22}][{es}][{path}] free: {float}gb[{float}%], replicas will not be assigned to this node
    added {{{es}}{{b64:22}}{{ip}}{{ipport}}⟨cdhilmrstw⟩}, term: {int}, version: {int}, reason: Publication{term={int}, version={int}}
    removed {{{es}}{{b64:22}}{{ip}}{{ipport}}⟨cdhilmrstw⟩}, term: {int}, version: {int}, reason: ApplyCommitRequest{term={int}, version={int}}
    WARN! [{idx}][{int:0-9}] marking and sending shard failed due to [{failed recovery|shard failure, reason [merge failed]|failed to create shard}]
    WARN! Received response for a request that has timed out, sent [{dur}] ago, timed out [{dur}] ago, action [{cluster:monitor/nodes/stats[n]|internal:coordination/fault_detection/leader_check}], node [{es}], id [{int}]
    Authentication of [{name}] was terminated by realm [reserved] - failed to authenticate user [{name}]
    Authentication to realm {word}_ldap failed - authenticate failed
    using [1] data paths, mounts [[{path} ({path})]], net usable_space [{float}gb], net total_space [{float}gb], types [{ext4|xfs}]
    heap size [{float}gb], compressed ordinary object pointers [{bool}]
    publish_address {{ipport}}, bound_addresses {0.0.0.0:9200}
    started
    stopping ...
    stopped
    closing ...
    closed
    recovered [{int:1-99}] indices into cluster_state
    WARN! path: /{idx}/_search, params: {index={idx}}
    [{idx}] took[{dur}], took_millis[{int}], total_hits[{int} hits], types[], stats[], search_type[QUERY_THEN_FETCH], total_shards[{int:1-9}], source[{"query":{"match":{"{word}":"{word}"}}}], id[]
    snapshot [{word}:{word}-{date}/{b64:22}] started
    snapshot [{word}:{word}-{date}/{b64:22}] completed with state [{SUCCESS|PARTIAL|FAILED}]
    license [{uuid}] mode [{basic|trial|gold}] - valid
  `,
};

/** A load balancer's and service mesh's agent. */
export const meshAgent: Style = {
  name: 'mesh-agent',
  header: (r, at, level) =>
    `${TIMES.rfc3339(at)} [${level}]  ${r.own(['agent', 'agent.server.raft', 'agent.server.serf.lan', 'agent.proxycfg', 'agent.dns'])}: `,
  pools: {
    svc: ['cart', 'users', 'mailer', 'inventory-api', 'edge'],
    chk: ['service:cart', 'service:users-1', 'serfHealth', 'vault:sealed'],
  },
  templates: `
    Synced service: service={svc}-{int:1-9}
    Synced check: check={chk}
    Synced node info
    WARN! Check missed TTL, is now critical: check={chk}
    WARN! Check socket connection failed: check={chk} error="dial tcp {ipport}: connect: connection refused"
    Check is now passing: check={chk}
    serf: EventMemberJoin: {host} {ip}
    serf: EventMemberLeave: {host} {ip}
    serf: EventMemberFailed: {host} {ip}
    serf: EventMemberUpdate: {host}
    serf: attempting reconnect to {host} {ipport}
    memberlist: Suspect {host} has failed, no acks received
    memberlist: Marking {host} as failed, suspect timeout reached ({int:0-3} peer confirmations)
    WARN! memberlist: Was able to connect to {host} over TCP but UDP probes failed, network may be misconfigured
    WARN! heartbeat timeout reached, starting election: last-leader-addr={ipport} last-leader-id={uuid}
    entering candidate state: node="Node at {ipport} [Candidate]" term={int}
    entering follower state: follower="Node at {ipport} [Follower]" leader-address={ipport} leader-id={uuid}
    entering leader state: leader="Node at {ipport} [Leader]"
    election won: term={int} tally={int:1-5}
    votes needed: term={int} votes-needed={int:1-5}
    vote granted: from={uuid} term={int} tally={int:1-5}
    pipelining replication: peer="{Voter {uuid} {ipport}}"
    aborting pipeline replication: peer="{Voter {uuid} {ipport}}"
    ERROR! failed to heartbeat to: peer={ipport} backoff time={dur} error="dial tcp {ipport}: i/o timeout"
    ERROR! RPC failed to server: method={Catalog.ListNodes|Health.ServiceNodes|KVS.Get} server={ipport} error="rpc error making call: No cluster leader"
    Newer Consul version available: new_version={version} current_version={version}
    Request error: method=GET url=/v1/kv/{word}/{word} from={ipport} error="ACL not found"
    Deregistered service: service={svc}-{int:1-9}
    Config file changed, reloading: path={path}
  `,
};

/** A virtual network's switch, terse and full of numbers. */
export const networkSwitch: Style = {
  name: 'network-switch',
  header: (r, at) =>
    `<${r.int(130, 190)}>${TIMES.syslog(at)} ${r.pick(['core-sw1', 'core-sw2', 'acc-sw17'])} ${r.int(100, 9999)}: `,
  pools: {
    vrf: ['default', 'MGMT', 'TENANT-A', 'GUEST'],
    intf: [
      'GigabitEthernet1/0/1',
      'GigabitEthernet1/0/24',
      'TenGigabitEthernet2/1/1',
      'Vlan120',
      'Port-channel3',
    ],
  },
  templates: `
    12* %LINK-3-UPDOWN: Interface {intf}, changed state to down
    12* %LINK-3-UPDOWN: Interface {intf}, changed state to up
    10* %LINEPROTO-5-UPDOWN: Line protocol on Interface {intf}, changed state to down
    10* %LINEPROTO-5-UPDOWN: Line protocol on Interface {intf}, changed state to up
    8* %SYS-5-CONFIG_I: Configured from console by {name} on vty{int:0-15} ({ip})
    6* %SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: {name}] [Source: {ip}] [localport: 22] at {clock} UTC Mon Feb {int:1-28} 2024
    5* %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: {name}] [Source: {ip}] [localport: 22] [Reason: Login Authentication Failed] at {clock} UTC Mon Feb {int:1-28} 2024
    5* %BGP-5-ADJCHANGE: neighbor {ip} Up
    5* %BGP-5-ADJCHANGE: neighbor {ip} Down {Peer closed the session|BGP Notification sent|Interface flap|Hold timer expired}
    4* %BGP-3-NOTIFICATION: sent to neighbor {ip} 4/0 (hold time expired) 0 bytes
    4* %OSPF-5-ADJCHG: Process {int:1-99}, Nbr {ip} on {intf} from {FULL|LOADING|EXCHANGE|2WAY|INIT} to {DOWN|FULL|INIT|EXSTART}, {Neighbor Down: Dead timer expired|Loading Done|Neighbor Down: Interface down or detached}
    3* %DUPLEX_MISMATCH: duplex mismatch discovered on {intf} (not half duplex), with {host} {intf} (half duplex).
    3* %STP-6-PORT_STATE: Port {intf} instance {int:0-9} moving from {Disabled|Blocking|Learning|Forwarding} to {Blocking|Learning|Forwarding}
    2* %PLATFORM_ENV-1-FAN: Faulty internal fans detected
    2* %ENVMON-4-TEMP: Temperature {int:40-90} C exceeds {yellow|red} threshold on sensor {word}
    2* %MAC_MOVE-4-NOTIF: Host {hex:4}.{hex:4}.{hex:4} in vlan {int:1-4000} is flapping between port {intf} and port {intf}
    2* %IP-4-DUPADDR: Duplicate address {ip} on {intf}, sourced by {hex:4}.{hex:4}.{hex:4}
    2* %DHCPD-4-PING_CONFLICT: DHCP address conflict: server pinged {ip}.
    2* %SNMP-3-AUTHFAIL: Authentication failure for SNMP req from host {ip}
    1* %SYS-2-MALLOCFAIL: Memory allocation of {int} bytes failed from {x}, alignment {int:0-32}
    1* %SYS-5-RESTART: System restarted --
    1* %VRF-6-ROUTE: {int} routes withdrawn from vrf {vrf}
    1* %VRF-6-ROUTE: {int} routes installed in vrf {vrf}
  `,
};
