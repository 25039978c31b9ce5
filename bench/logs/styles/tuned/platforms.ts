import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

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

/** A kernel's ring buffer. */
export const kernel: Style = {
  name: 'kernel',
  header: (r, at) => `[${String(Math.floor(at / 1000) % 1_000_000).padStart(6)}.${r.digits(6)}] `,
  templates: `
    usb {int:1-4}-{int:1-9}: new {high|full|low|super}-speed USB device number {int:1-99} using {xhci_hcd|ehci-pci}
    usb {int:1-4}-{int:1-9}: New USB device found, idVendor={hex:4}, idProduct={hex:4}, bcdDevice= {float}
    usb {int:1-4}-{int:1-9}: USB disconnect, device number {int:1-99}
    usb {int:1-4}-{int:1-9}: Product: {words}
    usb {int:1-4}-{int:1-9}: Manufacturer: {word}
    {eth0|eth1|enp3s0}: Link is Up - {int:1-10}Gbps/Full - flow control {rx/tx|off}
    {eth0|eth1|enp3s0}: Link is Down
    {eth0|eth1|enp3s0}: renamed from {veth}{hex:7}
    br-{hex:12}: port {int:1-9}({vethx}) entered forwarding state
    br-{hex:12}: port {int:1-9}({vethx}) entered blocking state
    br-{hex:12}: port {int:1-9}({vethx}) entered disabled state
    device {vethx} entered promiscuous mode
    device {vethx} left promiscuous mode
    {proc} invoked oom-killer: gfp_mask=0x{hex:6}(GFP_KERNEL), order={int:0-3}, oom_score_adj={int:0-999}
    Out of memory: Killed process {int} ({proc}) total-vm:{int}kB, anon-rss:{int}kB, file-rss:{int}kB, shmem-rss:{int}kB, UID:{int:0-999} pgtables:{int}kB oom_score_adj:{int:0-999}
    Memory cgroup out of memory: Killed process {int} ({proc}) total-vm:{int}kB, anon-rss:{int}kB, file-rss:{int}kB, shmem-rss:{int}kB, UID:{int:0-999} pgtables:{int}kB oom_score_adj:{int:0-999}
    EXT4-fs ({sd}): mounted filesystem with ordered data mode. Opts: {(null)|errors=remount-ro|discard}
    EXT4-fs ({sd}): re-mounted. Opts: {(null)|errors=remount-ro|discard}
    EXT4-fs error (device {sd}): ext4_find_entry:{int}: inode #{int}: comm {proc}: reading directory lblock {int:0-9}
    blk_update_request: I/O error, dev {sd}, sector {int} op 0x0:(READ) flags 0x{hex:5} phys_seg {int:1-9} prio class 0
    Buffer I/O error on dev {sd}, logical block {int}, async page read
    TCP: request_sock_TCP: Possible SYN flooding on port {int}. Sending cookies. Check SNMP counters.
    nf_conntrack: nf_conntrack: table full, dropping packet
    perf: interrupt took too long ({int} > {int}), lowering kernel.perf_event_max_sample_rate to {int}
    CPU{int:0-63}: Core temperature above threshold, cpu clock throttled (total events = {int})
    CPU{int:0-63}: Core temperature/speed normal
    watchdog: BUG: soft lockup - CPU#{int:0-63} stuck for {int:20-60}s! [{proc}:{int}]
    INFO: task {proc}:{int} blocked for more than {int:120-600} seconds.
    {proc}[{int}]: segfault at {hex:12} ip {hex:16} sp {hex:16} error {int:4-7} in {lib}[{hex:12}+{hex:6}]
    audit: type={int:1100-1400} audit({epoch}.{int:100-999}:{int}): apparmor="{ALLOWED|DENIED}" operation="{open|exec|mknod}" profile="{path}" name="{path}" pid={int} comm="{proc}"
  `,
  pools: {
    veth: ['veth'],
    vethx: ['veth1a2b3c4', 'veth9f8e7d6', 'veth0c1d2e3', 'veth77aa66b'],
    proc: ['java', 'node', 'postgres', 'chrome', 'kworker', 'nginx', 'python3', 'dockerd'],
    sd: ['sda1', 'sdb', 'nvme0n1p2', 'dm-0'],
    lib: ['libc-2.31.so', 'libjvm.so', 'node', 'libstdc++.so.6.0.28'],
  },
};
