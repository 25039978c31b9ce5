import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A laboratory's analyser: a vendor's format that nobody else uses. */
export const labAnalyser: Style = {
  name: 'lab-analyser',
  header: (r, at) =>
    `${TIMES.redis(at)} ;${r.own(['PIPETTE', 'OPTICS', 'LIS', 'CARRIER'])};U${r.int(1, 4)};${r.int(1, 9)}; `,
  pools: {
    assay: ['TSH', 'FT4', 'CRP', 'Na', 'K', 'Glucose', 'HbA1c', 'Troponin T'],
    tech: ['mbrown', 'skhan', 'jdoe', 'lfischer'],
  },
  templates: `
    Sample {big:10} aspirated {float}uL from rack {CODE} position {int:1-5}
    Sample {big:10} clot detected at {float}mm
    Sample {big:10} insufficient volume
    Result {assay} for sample {big:10}: {float} {mmol/L|mg/dL|ng/L|mU/L}
    Result {assay} for sample {big:10} out of range ({float} > {float})
    Result {assay} for sample {big:10} released by {tech}
    Result {assay} for sample {big:10} held: {delta check|critical value|QC expired}
    QC level {int:1-3} for {assay} passed ({float} SD)
    QC level {int:1-3} for {assay} failed ({float} SD)
    Calibration of {assay} started by {tech}
    Calibration of {assay} accepted, slope {float} intercept {float}
    Calibration of {assay} rejected, slope {float} intercept {float}
    Reagent pack {assay} lot {CODE}: {int} tests left
    Reagent pack {assay} lot {CODE} expired on {date}
    Lamp intensity {pct}
    Cuvette {int:1-90} washed
    Cuvette {int:1-90} discarded
    Arm {X|Y|Z} homed in {int} ms
    Arm {X|Y|Z} step loss {int:1-9}
    LIS host {ip} connected
    LIS host {ip} disconnected: {ioerr}
    LIS order {big:8} received with {int:1-20} tests
    LIS order {big:8} cancelled by host
    Waste container {int:0-100}% full
    Door {front|rear|cover} opened during run
    Door {front|rear|cover} closed
    User {tech} logged on
    User {tech} logged off
    Maintenance "{words}" due in {int:1-30} days
    Temperature of incubator {float} degC
  `,
};

/** A booking system's .NET services. */
export const bookingDotnet: Style = {
  name: 'booking-dotnet',
  header: (r, at, level) =>
    `${TIMES.dot(at)} +00:00 [${level.slice(0, 3)}] [${r.own(['Booking.Api.FlightController', 'Booking.Core.PricingEngine', 'Microsoft.Hosting.Lifetime', 'Microsoft.EntityFrameworkCore.Database.Command'])}] `,
  pools: {
    city: ['ZRH', 'JFK', 'LHR', 'SIN', 'GRU', 'CDG', 'HND'],
    fare: ['ECONOMY_LIGHT', 'ECONOMY_FLEX', 'BUSINESS', 'FIRST'],
    sup: ['Amadeus', 'Sabre', 'Travelport', 'Kiwi'],
  },
  templates: `
    Request starting HTTP/1.1 GET https://{domain}{route} - -
    Request starting HTTP/1.1 POST https://{domain}{route} application/json {int}
    Request finished HTTP/1.1 GET https://{domain}{route} - {int:200-204} {int} application/json {float}ms
    Request finished HTTP/1.1 POST https://{domain}{route} application/json {int} - {int:200-204} - - {float}ms
    Executing endpoint 'Booking.Api.{class}.{Get|Post|Search} (Booking.Api)'
    Executed endpoint 'Booking.Api.{class}.{Get|Post|Search} (Booking.Api)'
    Executed DbCommand ({int}ms) [Parameters=[@p0='{int}'], CommandType='Text', CommandTimeout='30'] SELECT b.Id, b.State FROM Bookings AS b WHERE b.Id = @p0
    ERROR! Failed executing DbCommand ({int}ms) [Parameters=[@p0='{int}'], CommandType='Text', CommandTimeout='30'] UPDATE Bookings SET State = @p0
    Search {city}-{city} on {date} for {int:1-9} passengers returned {int} offers in {int} ms
    Offer {uuid} priced at {float} {CHF|EUR|USD} fare {fare}
    Booking {CODE} confirmed with {sup}
    Booking {CODE} cancelled by {customer|agent|airline|system}
    WARN! Booking {CODE} could not be ticketed: {sup} answered {int:400-504}
    WARN! Booking {CODE} ticketing deadline in {int:1-59} minutes
    Seat {int:1-40}{A|B|C|D|E|F} on flight {LX|BA|SQ}{int:100-999} assigned to passenger {int:1-9} of booking {CODE}
    Seat {int:1-40}{A|B|C|D|E|F} on flight {LX|BA|SQ}{int:100-999} released
    WARN! Supplier {sup} slow: p95 {int} ms over {int} calls
    ERROR! Supplier {sup} circuit opened after {int:3-9} failures
    Supplier {sup} circuit closed
    Exchange rate {CHF|EUR|USD}/{CHF|EUR|USD} set to {float}
    Now listening on: http://[::]:{port}
    Application started. Press Ctrl+C to shut down.
    Application is shutting down...
    Hosting environment: {Production|Staging}
    Content root path: {path}
    ERROR! An unhandled exception has occurred while executing the request.
    WARN! As of "{date}T{clock}.0000000+00:00", the heartbeat has been running for "{clock}" which is longer than "00:00:01". This could be caused by thread pool starvation.
    Loyalty account {big:9} credited with {int} miles
    Loyalty account {big:9} upgraded to tier {SILVER|GOLD|PLATINUM}
    Passport of passenger {int:1-9} verified by {name}
  `,
};

/** A stream processor. */
export const streamProcessor: Style = {
  name: 'stream-processor',
  header: (r, at, level) =>
    `${TIMES.comma(at)} ${level.padEnd(5)} org.apache.flow.runtime.${r.own(['checkpoint.CheckpointCoordinator', 'executiongraph.ExecutionGraph', 'taskmanager.Task', 'jobmaster.JobMaster'])} [] - `,
  pools: {
    op: [
      'Source: clicks',
      'Map',
      'Filter -> Map',
      'Window(TumblingEventTimeWindows(60000))',
      'Sink: warehouse',
    ],
    st: [
      'CREATED',
      'SCHEDULED',
      'DEPLOYING',
      'INITIALIZING',
      'RUNNING',
      'FINISHED',
      'CANCELING',
      'CANCELED',
      'FAILED',
    ],
  },
  templates: `
    Triggering checkpoint {int} (type=CheckpointType⟨name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD⟩) @ {big:13} for job {hex:32}.
    Completed checkpoint {int} for job {hex:32} ({int} bytes, checkpointDuration={int} ms, finalizationTime={int} ms).
    WARN! Checkpoint {int} of job {hex:32} expired before completing.
    WARN! Failed to trigger or complete checkpoint {int} for job {hex:32}. ({int:0-9} consecutive failed attempts so far)
    {op} ({int:1-8}/8) ({hex:32}_{hex:32}_{int:0-7}_0) switched from {st} to {st}.
    {op} ({int:1-8}/8)#{int:0-9} ({hex:32}) switched from RUNNING to FAILED with failure cause: {exc}: {ioerr}
    Job clickstream-{word} ({hex:32}) switched from state {st} to {st}.
    Deploying {op} ({int:1-8}/8) (attempt #{int:0-9}) with attempt id {hex:32}_{int:0-7} and vertex id {hex:32}_{int:0-7} to {hex:24} @ {host} (dataPort={port})
    Received task {op} ({int:1-8}/8)#{int:0-9} ({hex:32}), deploy into slot with allocation id {hex:32}.
    Freeing task resources for {op} ({int:1-8}/8)#{int:0-9} ({hex:32}).
    Loading JAR files for task {op} ({int:1-8}/8)#{int:0-9} ({hex:32}) [DEPLOYING].
    Registering task at network: {op} ({int:1-8}/8)#{int:0-9} ({hex:32}) [DEPLOYING].
    Registering TaskManager with ResourceID {hex:24} (akka.tcp://flow@{ipport}/user/rpc/taskmanager_0) at ResourceManager
    Disconnect TaskExecutor {hex:24} because: {Heartbeat timed out|TaskManager is shutting down|Job finished}
    The heartbeat of TaskManager with id {hex:24} timed out.
    Restoring job {hex:32} from Checkpoint {int} @ {big:13} for {hex:32} located at {path}.
    No checkpoint found to restore.
    Starting execution of job clickstream-{word} ({hex:32}) under job master id {hex:32}.
    Recovering checkpoints from {StandaloneCompletedCheckpointStore|KubernetesStateHandleStore}.
    Trying to recover from a global failure.
    Calculating tasks to restart to recover the failed task {hex:32}_{int:0-7}.
    {int:1-40} tasks should be restarted to recover the failed task {hex:32}_{int:0-7}.
    Watermark of subtask {int:0-7} lags {dur} behind
    Backpressure on subtask {int:0-7}: {pct}
    Consumer subtask {int:0-7} has assigned {int:1-9} partitions
    Offset {int} of partition {topic}-{int:0-30} is out of range, resetting to {earliest|latest}
    State backend is set to heap memory
    Closing stream task {int:0-7}
    Cancelling stream task {int:0-7}
  `.replaceAll('{topic}', '{word}'),
};

/** A smart-home hub: chatty, names of rooms and devices of several words. */
export const homeHub: Style = {
  name: 'home-hub',
  header: (r, at, level) =>
    `${TIMES.dot(at)} ${level === 'WARN' ? 'WARNING' : level} (${r.pick(['MainThread', 'SyncWorker_3', 'zeroconf-ServiceBrowser'])}) [${r.own(['homehub.core', 'homehub.components.light', 'homehub.components.mqtt', 'homehub.helpers.script', 'zigpy.application'])}] `,
  pools: {
    room: ['Kitchen', 'Living Room', 'Bath', 'Kids Room', 'Garage', 'Office'],
    ent: [
      'light.kitchen',
      'switch.boiler',
      'sensor.hall_temperature',
      'cover.office',
      'climate.living_room',
      'lock.front_door',
    ],
    auto: ['Good night', 'Leave home', 'Morning blinds', 'Boost boiler'],
    plat: ['hue', 'mqtt', 'sonos', 'met', 'zha', 'shelly'],
  },
  templates: `
    Light {room} turned on at {pct}
    Light {room} turned off
    Motion in {room}
    No motion in {room} for {int:1-60} minutes
    {auto}: Running automation actions
    {auto}: Executing step call service
    {auto}: Already running
    Setup of domain {plat} took {float} seconds
    Setting up {plat}
    WARN! Setup of {plat} platform {sensor|light|switch|cover} is taking over 10 seconds.
    WARN! Updating {plat} {sensor|light|switch|cover} took longer than the scheduled update interval 0:00:{int:10-59}
    ERROR! Error while setting up {plat} platform for {sensor|light|switch|cover}
    ERROR! Unable to find referenced entities {ent} or it is currently not available
    ERROR! Timeout fetching {plat} data
    ERROR! Error fetching {plat} data: {words}
    Device 0x{hex:16} ({words}) joined the network
    Device 0x{hex:16} ({words}) left the network
    [0x{Hex:4}:{int:1-9}:0x{hex:4}] Received ZDO frame: <{word}>
    WARN! [0x{Hex:4}:{int:1-9}:0x{hex:4}] Failed to send request: device did not respond
    Connected to MQTT server {hostport} (0)
    WARN! Disconnected from MQTT server {hostport} ({int:1-9})
    WARN! Template variable {warning|error}: '{word}' is undefined when rendering '{word}'
    Thermostat {room} set to {float} C
    Thermostat {room} battery low ({pct})
    Front door unlocked by {name}
    Front door locked by {name}
    Presence: {name} is {home|away|at work}
    Scene {auto} activated by {voice|button|schedule}
    Backup {hex:8} completed in {dur}
    Backup {hex:8} failed: {ioerr}
  `,
};

/** A relational database's error log in another style. */
export const sqlServer: Style = {
  name: 'sql-server',
  header: (r, at, level) =>
    `${TIMES.rfc3339(at).replace('Z', `${r.digits(3)}Z`)} ${r.int(0, 999)} [${level === 'INFO' ? 'Note' : level === 'WARN' ? 'Warning' : 'ERROR'}] [MY-0${r.own(['10914', '11825', '12482', '13169'])}] [${r.own(['Server', 'InnoDB', 'Repl'])}] `,
  templates: `
    8* Aborted connection {int} to db: '{word}' user: '{name}' host: '{ip}' (Got an error reading communication packets).
    6* Aborted connection {int} to db: '{word}' user: '{name}' host: '{ip}' (Got timeout reading communication packets).
    6* Access denied for user '{name}'@'{ip}' (using password: {YES|NO})
    5* page_cleaner: {int}ms intended loop took {int}ms. The settings might not be optimal. (flushed={int} and evicted={int}, during the time.)
    4* {path}: ready for connections. Version: '{version}'  socket: '{path}'  port: {int}  MySQL Community Server - GPL.
    4* Buffer pool(s) load completed at {big:6} {clock}
    4* Slave SQL thread for channel '' initialized, starting replication in log 'binlog.{int}' at position {int}, relay log '{path}' position: {int}
    4* Slave I/O thread for channel '': connected to master '{name}@{domain}:3306', replication started in log 'binlog.{int}' at position {int}
    4* Slave I/O for channel '': error connecting to master '{name}@{domain}:3306' - retry-time: {int:10-60} retries: {int:1-99} message: Can't connect to MySQL server on '{domain}' (111), Error_code: MY-{int}
    4* Transaction {int} deadlock found, rolling back ({int} row locks, {int} undo entries)
    3* Table '{word}.{word}' is marked as crashed and should be repaired
    3* Checking table: './{word}/{word}'
    3* Recovering table: './{word}/{word}'
    3* InnoDB: Cannot allocate {int} bytes of memory after {int:1-60} retries over {int:1-60} seconds. OS error: Cannot allocate memory ({int:1-20}).
    3* InnoDB: Operating system error number {int:1-40} in a file operation.
    3* The error means the system cannot find the path specified.
    2* IP address '{ip}' could not be resolved: Name or service not known
    2* Hostname '{domain}' does not resolve to '{ip}'.
    2* Starting crash recovery...
    2* Crash recovery finished.
    2* Timeout waiting for reply of binlog (file: binlog.{int}, pos: {int}), semi-sync up to file binlog.{int}, position {int}.
    2* Semi-sync replication switched OFF.
    2* Semi-sync replication switched ON.
    1* Plugin {word} reported: '{words}'
    1* Forcing close of thread {int}  user: '{name}'.
    1* Received SHUTDOWN from user {name}. Shutting down mysqld (Version: {version}).
    1* Shutting down plugin '{InnoDB|MyISAM|binlog|keyring_file}'
    1* Disk is full writing '{path}' (OS errno 28 - No space left on device). Waiting for someone to free space... Retry in 60 secs. Message reprinted in 600 secs.
    1* option 'max_allowed_packet': unsigned value {int} adjusted to {int}
  `,
};

/** A trading venue: short codes, symbols as names. */
export const tradingVenue: Style = {
  name: 'trading-venue',
  header: (r, at) =>
    `${TIMES.compact(at)}.${r.digits(6)} ${r.own(['ME', 'GW', 'RISK', 'MD'])}${r.int(1, 3)} `,
  pools: {
    sym: ['AAPL', 'NESN', 'EURUSD', 'ESZ4', 'BTC-PERP', 'UBSG', 'TSLA'],
    firm: ['JUMP', 'OPTI', 'CITA', 'ubs_prop', 'retail7'],
  },
  templates: `
    NewOrder {CODE} {firm} {BUY|SELL} {int} {sym} @ {float} {DAY|IOC|GTC}
    CancelOrder {CODE} {firm} ok
    CancelOrder {CODE} {firm} rejected: too late
    Fill {CODE} {int} {sym} @ {float} vs {CODE}
    Trade bust {CODE} by {name}
    Reject {CODE} {firm}: {price band|max qty|unknown symbol|kill switch}
    session {firm} logon seq={int}
    session {firm} logout
    session {firm} gap {int}..{int}, resend requested
    session {firm} heartbeat late by {ms}
    book {sym} crossed, halting
    book {sym} state {PREOPEN|OPEN|AUCTION|HALT|CLOSED}
    auction {sym} uncross {float} x {int}
    risk {firm} exposure {float}M of {float}M
    risk {firm} breach, kill switch armed
    snapshot {sym} depth={int} seq={int}
    multicast {ip}:{port} dropped {int} packets
    clock drift {int}ns vs {host}
    failover to {host} in {dur}
    latency p99 {int}us over {int} orders
    end of day for {sym}: {int} trades, volume {int}
    fee table {version} loaded for {firm}
  `,
};
