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
