import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A map-reduce job's application master. */
export const jobMaster: Style = {
  name: 'job-master',
  header: (r, at, level) =>
    `${TIMES.comma(at)} ${level} [${r.pick(['main', 'AsyncDispatcher event handler', 'RMCommunicator Allocator', `IPC Server handler ${r.int(0, 29)} on 62270`, `ContainerLauncher #${r.int(0, 9)}`])}] org.acme.mapreduce.${r.pick(['v2.app.job.impl.TaskAttemptImpl', 'v2.app.rm.RMContainerAllocator', 'v2.app.MRAppMaster', 'task.reduce.Fetcher'])}: `,
  pools: {
    state: [
      'NEW',
      'UNASSIGNED',
      'ASSIGNED',
      'RUNNING',
      'SUCCESS_CONTAINER_CLEANUP',
      'SUCCEEDED',
      'COMMIT_PENDING',
      'FAIL_CONTAINER_CLEANUP',
      'KILLED',
    ],
    ta: Array.from(
      { length: 60 },
      (_, i) => `attempt_1445144423722_0020_m_0000${String(i).padStart(2, '0')}_0`,
    ),
    task: Array.from(
      { length: 40 },
      (_, i) => `task_1445144423722_0020_m_0000${String(i).padStart(2, '0')}`,
    ),
    cont: Array.from(
      { length: 60 },
      (_, i) => `container_1445144423722_0020_01_0000${String(i + 2).padStart(2, '0')}`,
    ),
  },
  templates: `
    20* Progress of TaskAttempt {ta} is : {float}
    16* {ta} TaskAttempt Transitioned from {state} to {state}
    10* {task} Task Transitioned from {state} to {state}
    3* job_1445144423722_0020Job Transitioned from {INITED|SETUP|RUNNING} to {SETUP|RUNNING|COMMITTING}
    6* Assigned container {cont} to {ta}
    6* Processing the event EventType: {CONTAINER_REMOTE_LAUNCH|CONTAINER_REMOTE_CLEANUP|JOB_SETUP|TASK_ABORT}
    5* Processing the event EventType: CONTAINER_REMOTE_LAUNCH for container {cont} taskAttempt {ta}
    5* JVM with ID: jvm_1445144423722_0020_m_{int} asked for a task
    5* JVM with ID: jvm_1445144423722_0020_m_{int} given task: {ta}
    5* Launching {ta}
    5* KILLING {ta}
    5* Task succeeded with attempt {ta}
    5* Num completed Tasks: {int:1-40}
    5* Received completed container {cont}
    4* Before Scheduling: PendingReds:{int:0-9} ScheduledMaps:{int:0-9} ScheduledReds:{int:0-9} AssignedMaps:{int:0-9} AssignedReds:{int:0-9} CompletedMaps:{int:0-9} CompletedReds:{int:0-9} ContAlloc:{int:0-9} ContRel:{int:0-9} HostLocal:{int:0-9} RackLocal:{int:0-9}
    4* After Scheduling: PendingReds:{int:0-9} ScheduledMaps:{int:0-9} ScheduledReds:{int:0-9} AssignedMaps:{int:0-9} AssignedReds:{int:0-9} CompletedMaps:{int:0-9} CompletedReds:{int:0-9} ContAlloc:{int:0-9} ContRel:{int:0-9} HostLocal:{int:0-9} RackLocal:{int:0-9}
    4* Recalculating schedule, headroom=<memory:{int}, vCores:{int}>
    4* getResources() for application_1445144423722_0020: ask={int:0-9} release= {int:0-9} newContainers={int:0-9} finishedContainers={int:0-9} resourcelimit=<memory:{int}, vCores:{int}> knownNMs={int:0-9}
    3* ERROR! Error communicating with RM: {java.net.NoRouteToHostException|java.net.ConnectException} on host {host}
    3* WARN! Address change detected. Old: {node:msra-sa}.fareast.corp.local/{ip}:9000 New: {node:msra-sa}.fareast.corp.local:9000
    3* Retrying connect to server: {node:msra-sa}.fareast.corp.local/{ip}:8030. Already tried {int:0-9} time(s); retry policy is RetryUpToMaximumCountWithFixedSleep(maxRetries=10, sleepTime=1000 MILLISECONDS)
    3* WARN! Failed to renew lease for [DFSClient_NONMAPREDUCE_{big:10}_1] for {int} seconds. Will retry shortly ...
    2* Instantiated MRClientService at {host}/{ip}:{port}
    2* Added attempt_{big:13}_0020_r_000000_0 to list of failed maps
    2* Jetty bound to port {port}
    2* reduceResourceRequest:<memory:{int}, vCores:1>
    2* mapResourceRequest:<memory:{int}, vCores:1>
    2* maxContainerCapability: <memory:{int}, vCores:{int}>
    2* Using callQueue class java.util.concurrent.LinkedBlockingQueue
    2* Adding protocol {org.acme.mapreduce.v2.api.MRClientProtocolPB|org.acme.ipc.AdminPB} to the server
    2* IPC Server Responder: starting
    2* IPC Server listener on {port}: starting
    2* {ta}: Diagnostics report from {ta}: Error: {exc}: {ioerr}
    1* fetcher#{int:1-5} about to shuffle output of map {ta} decomp: {big:9} len: {big:9} to DISK
    1* {host}:13562 freed by fetcher#{int:1-5} in {ms}
  `,
};

/** An executor of a data-parallel engine. */
export const executor: Style = {
  name: 'executor',
  header: (r, at, level) =>
    `${TIMES.shortSlash(at)} ${level} ${r.own(['executor.Executor', 'storage.MemoryStore', 'storage.BlockManager', 'python.PythonRunner', 'broadcast.TorrentBroadcast', 'rdd.HadoopRDD'])}: `,
  templates: `
    Running task {float} in stage {float} (TID {int})
    Finished task {float} in stage {float} (TID {int}). {int} bytes result sent to driver
    Got assigned task {int}
    Block {rdd|broadcast}_{int} stored as values in memory (estimated size {float} {KB|MB|B}, free {float} {KB|MB|GB})
    Block broadcast_{int}_piece0 stored as bytes in memory (estimated size {float} {KB|MB|B}, free {float} {KB|MB|GB})
    Found block rdd_{int:1-99}_{int} locally
    Times: total = {int}, boot = {int}, init = {int}, finish = {int}
    Started reading broadcast variable {int}
    Reading broadcast variable {int} took {int} ms
    Partition rdd_{int:1-99}_{int} not found, computing it
    Getting {int} non-empty blocks out of {int} blocks
    Started {int:0-9} remote fetches in {int} ms
    Input split: hdfs://{ip}:9000{path}:{big:9}+{big:8}
    File Output Committer Algorithm version is 1
    attempt_{big:12}_0001_m_{int}_{int}: Committed
    Saved output of task 'attempt_{big:12}_0001_m_{int}_{int}' to hdfs://{ip}:9000{path}
    mapred.{tip.id|task.id|task.is.map|task.partition|job.id} is deprecated. Instead, use mapreduce.{task.id|task.attempt.id|task.ismap|task.partition|job.id}
    Registered signal handlers for [{TERM, HUP, INT|TERM}]
    Changing {view|modify} acls to: {yarn,curi|spark}
    SecurityManager: authentication disabled; ui acls disabled; users with view permissions: Set({list:name}); users with modify permissions: Set({list:name})
    Successfully started service '{sparkExecutorActorSystem|org.apache.spark.network.netty.NettyBlockTransferService|HTTP file server}' on port {port}.
    Connecting to driver: spark://CoarseGrainedScheduler@{ipport}
    Successfully registered with driver
    Starting executor ID {int:1-9} on host {node:mesos-slave}
    Trying to register BlockManager
    Registered BlockManager
    MemoryStore started with capacity {float} GB
    Created local directory at {path}
    ERROR! RECEIVED SIGNAL {15|2}: SIG{TERM|INT}
    Driver commanded a shutdown
    MemoryStore cleared
    BlockManager stopped
    WARN! Lost task {float} in stage {float} (TID {int}, {node:worker}): {exc}: {ioerr}
    Slf4jLogger started
    Remoting started; listening on addresses :[akka.tcp://exec@{ipport}]
  `,
};

/** A compute cluster's state log with columns before the time. */
export const clusterState: Style = {
  name: 'cluster-state',
  header: (r, at) =>
    `${r.digits(6)} ${r.pick(['node', 'gige', 'Interconnect'])}-${r.int(0, 255)} ${r.own(['unix.hw', 'node', 'action', 'switch_module', 'boot_cmd'])} ${r.own(['state_change.unavailable', 'status', 'start', 'error', 'new', 'psu'])} ${Math.floor(at / 1000)} 1 `,
  templates: `
    Component State Change: Component \\042SCSI-WWID:01000010:6005-08b4-0001-00c6-0006-3000-003d-{int:0-9999}\\042 is in the unavailable state (HWID={int})
    running
    configured out
    not responding
    Fan speeds ( {int} {int} {int} {int} **** {int} )
    Temperature ({int:20-60}C) exceeds warning threshold
    ambient={int:20-60}
    power/control problem
    critical error detected
    normal operation restored
    boot (command {int})
    Command has completed successfully
    halt (command {int})
    wait (command {int})
    Link error on broadcast tree Interconnect-0T{int:0-9}:00:{int:0-9}:{int:0-9}
    Link in reset
    Link ok
    Linkerror event interval expired
    PSU status ( on on )
    PSU status ( on off )
    ClusterFileSystem: ServerFileSystem domain storage{int:100-999} is full
    ClusterFileSystem: There is no server for ServerFileSystem domain storage{int:100-999}
    ServerFileSystem: An ServerFileSystem domain panic has occurred on storage{int:100-999}
    ERROR: HWID={int} failed to {power on|power off|reset} after {int:1-5} attempts
    Targeting domains:node-D[{int:0-9}] and nodes:node-[{int:0-99}] child of command {int}
    risBoot (command {int}) Error: Unable to open {path}
    partition {batch|debug|long} started by {name}
    partition {batch|debug|long} stopped by {name}
    {name} submitted job {int} to {batch|debug|long}
  `,
};
