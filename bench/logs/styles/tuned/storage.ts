import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A distributed file system's data and name nodes; one message ends in a list. */
export const blockStorage: Style = {
  name: 'block-storage',
  header: (r, at, level) =>
    `${TIMES.compact(at)} ${r.int(10, 4000)} ${level} dfs.${r.own(['DataNode$PacketResponder', 'FSNamesystem', 'DataNode$DataXceiver', 'FSDataset'])}: `,
  templates: `
    20* PacketResponder {int:0-2} for block {blk} terminating
    18* Received block {blk} of size {big:8} from {slaship}
    18* BLOCK* NameSystem.addStoredBlock: blockMap updated: {ipport} is added to {blk} size {big:8}
    15* Receiving block {blk} src: {slaship} dest: {slaship}
    6* BLOCK* NameSystem.allocateBlock: {path}. {blk}
    6* Deleting block {blk} file {path}
    5* BLOCK* NameSystem.delete: {blk} is added to invalidSet of {ipport}
    4* Verification succeeded for {blk}
    3* Received block {blk} src: {slaship} dest: {slaship} of size {big:8}
    2* {ipport} Served block {blk} to {slaship}
    2* WARN! {ipport}:Got exception while serving {blk} to {slaship}:
    1* BLOCK* ask {ipport} to delete {row:blk}
    1* BLOCK* ask {ipport} to replicate {blk} to datanode(s) {row:ipport}
    1* WARN! PendingReplicationMonitor timed out block {blk}
    1* WARN! Unexpected error trying to delete block {blk}. BlockInfo not found in volumeMap.
    1* Changing block file offset of block {blk} from {int} to {int} meta file offset to {int}
    1* writeBlock {blk} received exception {exc}: {ioerr}
  `,
};

/** A coordination service with quorum and sessions. */
export const coordinator: Style = {
  name: 'coordinator',
  header: (r, at, level) =>
    `${TIMES.comma(at)} - ${level.padEnd(5)} [${r.pick([`QuorumPeer[myid=${r.int(1, 3)}]/0:0:0:0:0:0:0:0:2181`, `NIOServerCxn.Factory:0.0.0.0/0.0.0.0:2181`, `SendWorker:${r.digits(12)}`, 'main', 'CommitProcessor:1'])}:${r.pick(['FastLeaderElection', 'NIOServerCnxn', 'QuorumCnxManager', 'PrepRequestProcessor'])}@${r.int(50, 900)}] - `,
  templates: `
    Notification time out: {int}
    Received connection request {slaship}
    WARN! Send worker leaving thread
    WARN! Interrupting SendWorker
    WARN! Interrupted while waiting for message on queue
    WARN! Connection broken for id {big}, my id = {int:1-3}, error =
    WARN! Cannot open channel to {int:1-5} at election address {slaship}
    Closed socket connection for client {slaship} which had sessionid {x:16}
    Closed socket connection for client {slaship} (no session established for client)
    Established session {x:16} with negotiated timeout {int} for client {slaship}
    Client attempting to establish new session at {slaship}
    Client attempting to renew session {x:16} at {slaship}
    WARN! caught end of stream exception
    Expiring session {x:16}, timeout of {int}ms exceeded
    Processed session termination for sessionid: {x:16}
    Accepted socket connection from {slaship}
    Notification: {int:1-3} (n.leader), {x:8} (n.zxid), {x:2} (n.round), {LOOKING|FOLLOWING|LEADING} (n.state), {int:1-3} (n.sid), {x:2} (n.peerEPoch), {LOOKING|FOLLOWING|LEADING} (my state)
    LOOKING
    FOLLOWING
    LEADING
    New election. My id = {int:1-3}, proposed zxid={x:10}
    Have smaller server identifier, so dropping the connection: ({int:1-3}, {int:1-3})
    Snapshotting: {x:10} to {path}
    Reading snapshot {path}
    Getting a snapshot from leader
    tickTime set to {int}
    minSessionTimeout set to {int}
    maxSessionTimeout set to {int}
    ERROR! Unexpected exception causing shutdown while sock still open
    WARN! ******* GOODBYE {slaship} ********
    Got user-level KeeperException when processing sessionid:{x:16} type:{create|delete|setData|exists} cxid:{x:4} zxid:{x:8} txntype:-1 reqpath:n/a Error Path:{path} Error:KeeperErrorCode = {NoNode|NodeExists|BadVersion} for {path}
    shutdown of request processor complete
    First is {x:10}
  `,
};

/** A virtual machine manager's API and compute logs. */
export const cloudCompute: Style = {
  name: 'cloud-compute',
  header: (r, at, level) => {
    const who = r.pick([
      'osapi_compute.wsgi.server',
      'compute.manager',
      'virt.libvirt.imagecache',
      'scheduler.host_manager',
      'metadata.wsgi.server',
    ]);
    return `vm-api.log.1.${TIMES.plain(at).replace(' ', '_')} ${TIMES.dot(at)} ${r.int(2000, 29999)} ${level} vm.${who} ${r.chance(0.8) ? `[req-${r.hex(8)}-${r.hex(4)}-${r.hex(4)}-${r.hex(12)} ${r.hex(32)} ${r.hex(32)} - - -]` : '[-]'} `;
  },
  templates: `
    20* {ip} "GET /v2/{hex:32}/servers/detail HTTP/1.1" status: 200 len: {int} time: {float}
    6* {ip} "POST /v2/{hex:32}/os-server-external-events HTTP/1.1" status: {int:200-204} len: {int} time: {float}
    3* {ip} "DELETE /v2/{hex:32}/servers/{uuid} HTTP/1.1" status: 204 len: {int} time: {float}
    5* {ip},{ip} "GET /openstack/2013-10-17/meta_data.json HTTP/1.1" status: 200 len: {int} time: {float}
    5* [instance: {uuid}] VM Started (Lifecycle Event)
    4* [instance: {uuid}] VM Stopped (Lifecycle Event)
    4* [instance: {uuid}] VM Paused (Lifecycle Event)
    4* [instance: {uuid}] VM Resumed (Lifecycle Event)
    4* [instance: {uuid}] During sync_power_state the instance has a pending task (spawning). Skip.
    4* image {uuid} at ({path}): checking
    4* image {uuid} at ({path}): in use: on this node {int:0-9} local, {int:0-9} on other nodes sharing this instance storage
    3* WARN! Unknown base file: {path}
    3* Active base files: {path}
    2* Base or swap file too young to remove: {path}
    2* Removable base files: {row:path}
    3* [instance: {uuid}] Attempting claim: memory {int} MB, disk {int:1-99} GB, vcpus {int:1-8} CPU
    3* [instance: {uuid}] Total memory: {int} MB, used: {float} MB
    3* [instance: {uuid}] memory limit: {float} MB, free: {float} MB
    3* [instance: {uuid}] Total disk: {int:1-99} GB, used: {float} GB
    3* [instance: {uuid}] disk limit not specified, defaulting to unlimited
    3* [instance: {uuid}] vcpu limit not specified, defaulting to unlimited
    3* [instance: {uuid}] Claim successful
    3* [instance: {uuid}] Creating image
    2* [instance: {uuid}] Terminating instance
    2* [instance: {uuid}] Deleting instance files {path}
    2* [instance: {uuid}] Deletion of {path} complete
    2* [instance: {uuid}] Instance destroyed successfully.
    2* [instance: {uuid}] Took {float} seconds to spawn the instance on the hypervisor.
    2* [instance: {uuid}] Took {float} seconds to build instance.
    2* [instance: {uuid}] Took {float} seconds to destroy the instance on the hypervisor.
    2* [instance: {uuid}] Took {float} seconds to deallocate network for instance.
    2* Creating event network-vif-plugged:{uuid} for instance {uuid}
    2* Running instance usage audit for host {node:cp} from {date} {clock} to {date} {clock}. {int:0-9} instances.
    2* Auditing locally available compute resources for node {node:cp}
    1* Successfully synced instances from host '{node:cp}'.
    1* WARN! The instance sync for host '{node:cp}' did not match. Re-created its InstanceList.
    1* HTTP exception thrown: No instances found for any event
    1* Compute_service record updated for {host}:{node:cp}
  `,
};
