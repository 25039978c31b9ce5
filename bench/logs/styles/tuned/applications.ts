import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A Python task queue's workers. */
export const taskQueue: Style = {
  name: 'task-queue',
  header: (r, at, level) =>
    `[${TIMES.comma(at)}: ${level}/${r.pick(['MainProcess', 'ForkPoolWorker-1', 'ForkPoolWorker-2', 'ForkPoolWorker-7'])}] `,
  pools: {
    task: [
      'shop.tasks.send_invoice',
      'shop.tasks.sync_stock',
      'crm.jobs.dedupe',
      'reports.build',
      'media.resize_image',
      'auth.cleanup',
    ],
    err: [
      "ValueError('bad input')",
      "KeyError('sku')",
      'ConnectionError(MaxRetryError())',
      'TimeoutError()',
    ],
  },
  templates: `
    20* Task {task}[{uuid}] received
    18* Task {task}[{uuid}] succeeded in {float}s: {None|True|{int}}
    4* ERROR! Task {task}[{uuid}] raised unexpected: {err}
    4* Task {task}[{uuid}] retry: Retry in {int}s: {err}
    2* WARN! Hard time limit ({float}s) exceeded for {task}[{uuid}]
    3* Received task: {task}[{uuid}] ETA:[{date} {clock}.{big:6}+00:00]
    3* Connected to amqp://{name}:**@{hostport}//
    2* WARN! consumer: Connection to broker lost. Trying to re-establish the connection...
    2* ERROR! consumer: Cannot connect to amqp://{name}:**@{hostport}//: {ioerr}. Trying again in {int:1-32}.00 seconds... ({int:1-9}/100)
    2* mingle: searching for neighbors
    2* mingle: sync with {int:1-9} nodes
    2* mingle: sync complete
    2* mingle: all alone
    2* sync with {name}@{host}
    2* celery@{host} ready.
    2* WARN! Substantial drift from celery@{host} may mean clocks are out of sync. Current drift is {int} seconds. [orig: {date} {clock}.{big:6} recv: {date} {clock}.{big:6}]
    3* missed heartbeat from celery@{host}
    2* Scheduler: Sending due task {word} ({task})
    2* beat: Starting...
    2* beat: Shutting down...
    2* Invoice {CODE} for {name} exported as {pdf|csv|xml}
    2* Stock of {word} changed by {int:-9-9}
    2* Dedupe pass over {word}: {int} rows, {int} duplicates, took {dur}
    1* ERROR! Process 'ForkPoolWorker-{int}' pid:{int} exited with 'signal {int:9-15} (SIG{KILL|TERM|SEGV})'
    1* WARN! Restoring {int} unacknowledged message(s)
  `
    .replace('{None|True|{int}}', '{None|True|42}')
    .replace('{int:-9-9}', '{int:0-9}'),
};

/** A Ruby web application's log, levels as letters. */
export const webFramework: Style = {
  name: 'web-framework',
  header: (r, at, level) =>
    `${level[0]}, [${new Date(at).toISOString().replace('Z', `${r.digits(3)}`)} #${r.int(1, 900)}]  ${level.padStart(5)} -- : [${r.hex(8)}-${r.hex(4)}-${r.hex(4)}-${r.hex(4)}-${r.hex(12)}] `,
  pools: {
    controller: [
      'OrdersController',
      'SessionsController',
      'ProductsController',
      'Admin::UsersController',
      'Api::V1::CartsController',
    ],
    action: ['index', 'show', 'create', 'update', 'destroy'],
    view: [
      'orders/index.html.erb',
      'orders/show.html.erb',
      'layouts/_header.html.erb',
      'products/_card.html.erb',
    ],
    job: ['MailDeliveryJob', 'ReindexJob', 'CleanupJob', 'ThumbnailJob'],
  },
  templates: `
    Started GET "{route}" for {ip} at {date} {clock} +0000
    Started POST "{route}" for {ip} at {date} {clock} +0000
    Processing by {controller}#{action} as {HTML|JSON|TURBO_STREAM}
    Completed 200 OK in {int}ms (Views: {float}ms | ActiveRecord: {float}ms | Allocations: {int})
    Completed 200 OK in {int}ms (ActiveRecord: {float}ms | Allocations: {int})
    Completed 500 Internal Server Error in {int}ms (ActiveRecord: {float}ms | Allocations: {int})
    Completed 404 Not Found in {int}ms (ActiveRecord: {float}ms | Allocations: {int})
    Redirected to {url}
    Rendered {view} within layouts/application (Duration: {float}ms | Allocations: {int})
    Rendered collection of {view} [{int} times] (Duration: {float}ms | Allocations: {int})
    Filter chain halted as :{authenticate_user!|require_admin|check_csrf} rendered or redirected
    WARN! Can't verify CSRF token authenticity.
    FATAL! ActionController::RoutingError (No route matches [GET] "{route}"):
    FATAL! ActiveRecord::RecordNotFound (Couldn't find {Order|User|Product} with 'id'={int}):
    FATAL! NoMethodError (undefined method \`{word}' for nil:NilClass):
    [ActiveJob] Enqueued {job} (Job ID: {uuid}) to Sidekiq({default|mailers|low}) with arguments: {list:int}
    [ActiveJob] [{job}] [{uuid}] Performing {job} (Job ID: {uuid}) from Sidekiq({default|mailers|low})
    [ActiveJob] [{job}] [{uuid}] Performed {job} (Job ID: {uuid}) from Sidekiq({default|mailers|low}) in {float}ms
    ERROR! [ActiveJob] [{job}] [{uuid}] Error performing {job} (Job ID: {uuid}) from Sidekiq({default|mailers|low}) in {float}ms: {Net::ReadTimeout|ArgumentError|Errno::ECONNREFUSED} ({words}):
    Sent mail to {email} ({float}ms)
    Delivered mail {hex:12}@{host}.mail ({float}ms)
    User {name} promoted to {admin|editor|viewer}
    User {name} signed in
    User {name} signed out
    Unpermitted parameters: :{word}, :{word}
    Unpermitted parameter: :{word}
  `,
};

/** A bank's nightly batch: capitals, codes, fixed columns. */
export const batchLedger: Style = {
  name: 'batch-ledger',
  header: (r, at) => `${TIMES.plain(at)} LPAR${r.int(1, 4)} JOB${r.int(10000, 99999)} `,
  pools: {
    step: ['EXTRACT', 'SORTIN', 'POSTING', 'INTCALC', 'EOYRPT', 'GLFEED'],
    branch: ['ZURICH', 'GENEVA', 'BASEL', 'LUGANO', 'BERNE'],
    cur: ['CHF', 'EUR', 'USD', 'GBP', 'JPY'],
  },
  templates: `
    BL001I STEP {step} STARTED FOR BRANCH {branch}
    BL002I STEP {step} ENDED RC={int:0-16} CPU={float}S ELAPSED={clock}
    BL010I {int} RECORDS READ FROM {word}.{CODE}.MASTER
    BL011I {int} RECORDS WRITTEN TO {word}.{CODE}.DELTA
    BL020W ACCOUNT {big:10} SKIPPED: {DORMANT|CLOSED|BLOCKED|LIMIT EXCEEDED}
    BL021E ACCOUNT {big:10} REJECTED: CURRENCY {cur} NOT ALLOWED AT BRANCH {branch}
    BL022E ACCOUNT {big:10} REJECTED: CHECK DIGIT
    BL030I RATE {cur}/{cur} = {float} LOADED
    BL031W RATE {cur}/{cur} MISSING, USING {float} OF {date}
    BL040I TOTAL DEBIT {float} CREDIT {float} {cur} BRANCH {branch}
    BL041E TOTALS DO NOT BALANCE FOR BRANCH {branch}, DIFFERENCE {float} {cur}
    BL050I CHECKPOINT {int} TAKEN AT RECORD {int}
    BL051I RESTARTED FROM CHECKPOINT {int}
    BL060E DATASET {word}.{CODE}.MASTER IN USE BY JOB{int}
    BL061I DATASET {word}.{CODE}.MASTER RELEASED
    BL070I OPERATOR {name} REPLIED '{GO|CANCEL|RETRY}' TO MESSAGE {int}
    BL080E ABEND S{hex:3} U{int:1000-4000} IN MODULE {CODE}
    BL090I NIGHTLY RUN COMPLETE
    BL091E NIGHTLY RUN INCOMPLETE, {int:1-9} STEPS FAILED
  `,
};

/** An online game's server, chatty prose. */
export const gameServer: Style = {
  name: 'game-server',
  header: (r, at) =>
    `[${TIMES.plain(at).slice(11)}] [${r.own(['Server thread', 'Netty IO', 'Worker-Main-3', 'Async Chat Thread'])}/INFO]: `,
  pools: {
    player: [
      'xXDragonXx',
      'steve_99',
      'Nightowl',
      'pixelfox',
      'Kai',
      'mia',
      'TheRealBob',
      'zorro',
      'LenaPlays',
      'q',
    ],
    item: ['Diamond Sword', 'Torch', 'Oak Plank', 'Golden Apple', 'Bow'],
    mob: ['Zombie', 'Skeleton', 'Creeper', 'Cave Spider', 'Ender Dragon'],
    world: ['overworld', 'nether', 'the_end', 'lobby', 'arena'],
  },
  templates: `
    {player} joined the game
    {player} left the game
    {player} lost connection: {Disconnected|Timed out|Kicked for spamming|Internal Exception: java.io.IOException}
    {player}[{slaship}] logged in with entity id {int} at ([{world}]{float}, {float}, {float})
    {player} was slain by {mob}
    {player} was slain by {player} using {item}
    {player} was shot by {mob}
    {player} fell from a high place
    {player} drowned
    {player} tried to swim in lava
    {player} has made the advancement [{Stone Age|Getting an Upgrade|Hot Stuff|Cover Me}]
    {player} issued server command: /{tp|give|home|spawn|msg} {player}
    [{player}: Teleported {player} to {player}]
    [{player}: Gave {int:1-64} [{item}] to {player}]
    [{player}: Set the time to {int}]
    Can't keep up! Is the server overloaded? Running {int}ms or {int} ticks behind
    Saving chunks for level 'ServerLevel[{world}]'
    Saved the game
    UUID of player {player} is {uuid}
    Disconnecting {player} ({slaship}): You are not whitelisted on this server!
    {player} moved too quickly! {float},{float},{float}
    {player} moved wrongly!
    Preparing spawn area: {int:0-100}%
    Preparing level "{world}"
    Time elapsed: {int} ms
    Match {CODE} started on map {world} with {int:2-32} players
    Match {CODE} ended: team {red|blue|green} won {int:0-9}:{int:0-9}
    Banned player {player}: {cheating|griefing|spamming}
    Unbanned player {player}
  `,
};

/** A wide-column store's system log. */
export const wideColumn: Style = {
  name: 'wide-column',
  header: (r, at, level) =>
    `${level.padEnd(5)} [${r.pick(['main', 'GossipStage:1', `CompactionExecutor:${r.int(1, 900)}`, `ReadStage-${r.int(1, 9)}`, `MemtableFlushWriter:${r.int(1, 99)}`])}] ${TIMES.comma(at)} ${r.own(['Gossiper', 'CompactionTask', 'ColumnFamilyStore', 'StorageService', 'GCInspector'])}.java:${r.int(30, 2000)} - `,
  pools: {
    ks: ['system', 'system_schema', 'shop', 'telemetry'],
    tbl: ['local', 'peers', 'orders_by_day', 'events', 'sensor_data', 'users'],
  },
  templates: `
    InetAddress {ip} is now UP
    InetAddress {ip} is now DOWN
    Node {slaship} is now part of the cluster
    Node {slaship} has restarted, now UP
    Node {slaship} state jump to {NORMAL|LEFT|LEAVING}
    Handshaking version with {slaship}
    Compacting ({uuid}) [{path}:level={int:0-4}, {path}:level={int:0-4}, ]
    Compacted ({uuid}) {int:2-8} sstables to [{path},] to level={int:0-4}. {size} to {size} (~{pct} of original) in {int}ms. Read Throughput = {float} MiB/s, Write Throughput = {float} MiB/s, Row Throughput = ~{int}/s. {int} total partitions merged to {int}.
    Enqueuing flush of {tbl}: {float}KiB ({pct}) on-heap, {float}KiB ({pct}) off-heap
    Writing Memtable-{tbl}@{big:9}({float}KiB serialized bytes, {int} ops, {pct}/{pct} of on/off-heap limit)
    Completed flushing {path} ({float}KiB) for commitlog position CommitLogPosition(segmentId={big:13}, position={int})
    WARN! Batch for [{ks}.{tbl}] is of size {float}KiB, exceeding specified threshold of {float}KiB by {float}KiB.
    WARN! Read {int} live rows and {int} tombstone cells for query SELECT * FROM {ks}.{tbl} WHERE id = {int} LIMIT {int} (see tombstone_warn_threshold)
    WARN! G1 {Young|Old} Generation GC in {int}ms. G1 Eden Space: {big:9} -> {int}; G1 Old Gen: {big:9} -> {big:9}; G1 Survivor Space: {big:8} -> {big:8};
    Pool Name                    Active   Pending      Completed   Blocked  All Time Blocked
    ReadStage                         {int:0-9}         {int:0-9}        {int}         0                 0
    Initializing {ks}.{tbl}
    Opening {path} ({size})
    ERROR! Exception in thread Thread[{node:ReadStage},5,main]
    ERROR! Unexpected exception during request; channel = [id: {x:8}, L:{slaship} - R:{slaship}]
    Starting listening for CQL clients on {slaship} ({encrypted|unencrypted})...
    Stop listening for CQL clients
    DRAINING: starting drain process
    DRAINED
    Hinted handoff of {int} rows to {slaship} {finished|failed|paused}
    [repair #{uuid}] new session: will sync {slaship}, {slaship} on range [({big:18},{big:18}]] for {ks}.[{list:word}]
    [repair #{uuid}] session completed successfully
    Created default superuser role '{name}'
    role {name} granted {SELECT|MODIFY|ALTER} on {ks}.{tbl}
    role {name} revoked {SELECT|MODIFY|ALTER} on {ks}.{tbl}
  `,
};
