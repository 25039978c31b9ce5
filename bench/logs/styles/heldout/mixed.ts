import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A message queue's server in Erlang. */
export const queueServer: Style = {
  name: 'queue-server',
  header: (r, at, level) =>
    `${TIMES.dot(at)}000+00:00 [${level.toLowerCase()}] <0.${r.int(200, 9999)}.0> `,
  pools: {
    vh: ['/', 'shop', 'billing', 'iot'],
    q: ['orders', 'emails.out', 'audit-log', 'dead_letters', 'sync'],
  },
  templates: `
    10* accepting AMQP connection <0.{int}.0> ({ipport} -> {ipport})
    10* connection <0.{int}.0> ({ipport} -> {ipport}): user '{name}' authenticated and granted access to vhost '{vh}'
    8* closing AMQP connection <0.{int}.0> ({ipport} -> {ipport}, vhost: '{vh}', user: '{name}')
    5* WARN! closing AMQP connection <0.{int}.0> ({ipport} -> {ipport}): client unexpectedly closed TCP connection
    4* ERROR! Error on AMQP connection <0.{int}.0> ({ipport} -> {ipport}, state: starting): PLAIN login refused: user '{name}' - invalid credentials
    4* ERROR! Channel error on connection <0.{int}.0> ({ipport} -> {ipport}, vhost: '{vh}', user: '{name}'), channel {int:1-9}: operation queue.declare caused a channel exception precondition_failed: inequivalent arg 'durable' for queue '{q}' in vhost '{vh}'
    3* Mirrored queue '{q}' in vhost '{vh}': Promoting mirror <rabbit@{host}.{int}.0> to leader
    3* Mirrored queue '{q}' in vhost '{vh}': Adding mirror on node rabbit@{host}: <rabbit@{host}.{int}.0>
    3* Mirrored queue '{q}' in vhost '{vh}': Synchronising: {int} messages to synchronise
    3* Mirrored queue '{q}' in vhost '{vh}': Synchronising: complete
    3* WARN! memory resource limit alarm set on node rabbit@{host}.
    3* memory resource limit alarm cleared on node rabbit@{host}
    2* WARN! disk resource limit alarm set on node rabbit@{host}.
    2* disk resource limit alarm cleared on node rabbit@{host}
    2* Free disk space is insufficient. Free bytes: {big:9}. Limit: {big:8}
    2* Free disk space is sufficient. Free bytes: {big:10}. Limit: {big:8}
    2* rabbit on node rabbit@{host} up
    2* rabbit on node rabbit@{host} down
    2* node rabbit@{host} down: {connection_closed|net_tick_timeout|noconnection}
    2* node rabbit@{host} up
    1* Creating user '{name}'
    1* Deleting user '{name}'
    1* Setting permissions for '{name}' in '{vh}' to '.*', '.*', '.*'
    1* Setting user tags for user '{name}' to [{administrator|monitoring|policymaker}]
    1* Adding vhost '{vh}' without a description
    1* Server startup complete; {int:3-9} plugins started.
    1* Running boot step {database|exchange|recovery|networking} defined by app rabbit
  `,
};

/** A workflow scheduler. */
export const workflows: Style = {
  name: 'workflows',
  header: (r, at, level) =>
    `[${TIMES.comma(at)}] {${r.own(['scheduler_job.py', 'taskinstance.py', 'dagbag.py', 'local_task_job.py'])}:${r.int(20, 1900)}} ${level} - `,
  pools: {
    dag: ['daily_sales', 'ml_train', 'export_gl', 'cleanup', 'sync-crm'],
    task: ['extract', 'load_raw', 'transform', 'notify_slack', 'wait_for_file', 'publish'],
  },
  templates: `
    Filling up the DagBag from {path}
    Dependencies all met for <TaskInstance: {dag}.{task} scheduled__{date}T{clock}+00:00 [queued]>
    Starting attempt {int:1-4} of {int:1-4}
    Executing <Task({class}): {task}> on {date} {clock}+00:00
    Started process {int} to run task
    Running <TaskInstance: {dag}.{task} scheduled__{date}T{clock}+00:00 [running]> on host {host}
    Marking task as SUCCESS. dag_id={dag}, task_id={task}, execution_date={big:8}T{big:6}, start_date={big:8}T{big:6}, end_date={big:8}T{big:6}
    Marking task as UP_FOR_RETRY. dag_id={dag}, task_id={task}, execution_date={big:8}T{big:6}, start_date={big:8}T{big:6}, end_date={big:8}T{big:6}
    ERROR! Marking task as FAILED. dag_id={dag}, task_id={task}, execution_date={big:8}T{big:6}, start_date={big:8}T{big:6}, end_date={big:8}T{big:6}
    Task exited with return code {int:0-2}
    {int:0-9} downstream tasks scheduled from follow-on schedule check
    Setting next_dagrun for {dag} to {date} {clock}+00:00
    Marking run <DagRun {dag} @ {date} {clock}+00:00: scheduled__{date}T{clock}+00:00, externally triggered: {bool}> successful
    ERROR! Marking run <DagRun {dag} @ {date} {clock}+00:00: scheduled__{date}T{clock}+00:00, externally triggered: {bool}> failed
    {int:1-20} tasks up for execution
    Figuring out tasks to run in Pool(name={word}) with {int:1-128} open slots and {int:0-9} task instances ready to be queued
    DAG {dag} has {int:0-16}/{int:8-16} running and queued tasks
    Sending TaskInstanceKey(dag_id='{dag}', task_id='{task}', try_number={int:1-4}) to executor with priority {int:1-9} and queue {word}
    Executor reports execution of {dag}.{task} exited with status {success|failed|queued} for try_number {int:1-4}
    WARN! Killing DAGFileProcessorProcess (PID={int})
    ERROR! Heartbeat time limit exceeded!
    Poking for {path}
    Success criteria met. Exiting.
    Rescheduling task, marking task as UP_FOR_RESCHEDULE
    Running command: ['bash', '-c', '{words}']
    Output:
    Using connection ID '{word}_{word}' for task execution.
    Resetting orphaned tasks for active dag runs
    ERROR! Broken DAG: [{path}] {exc}
    WARN! Pool {word} has no open slots
  `,
};

/** A company's own planning system, in German. */
export const germanErp: Style = {
  name: 'german-erp',
  header: (r, at, level) =>
    `${TIMES.us(at).replace(/(\d\d)\/(\d\d)\/(\d{4})/, '$2.$1.$3')} ${level === 'INFO' ? 'INFO ' : level === 'WARN' ? 'WARNUNG' : 'FEHLER'} [${r.own(['Lager', 'Auftrag', 'Druck', 'Buchhaltung'])}] `,
  pools: {
    lager: ['Hamburg', 'München', 'Köln', 'Dresden', 'Bremen'],
    ma: ['müller', 'schmidt', 'weber', 'fischer', 'becker', 'hoffmann'],
    grund: [
      'Adresse unvollständig',
      'Kreditlimit überschritten',
      'Artikel gesperrt',
      'Kunde unbekannt',
    ],
    drucker: ['etikett-1', 'etikett-2', 'büro-og', 'versand'],
  },
  templates: `
    Auftrag {int} angelegt von {ma}
    Auftrag {int} freigegeben durch {ma}
    Auftrag {int} storniert durch {ma}
    WARN! Auftrag {int} gesperrt: {grund}
    Lieferschein {int} gedruckt auf {drucker}
    ERROR! Lieferschein {int} konnte nicht gedruckt werden: {Papierstau|Drucker offline|Zeitüberschreitung}
    Bestand von Artikel {CODE} in {lager}: {int} Stück
    WARN! Bestand von Artikel {CODE} in {lager} unter Mindestmenge ({int:0-9} < {int:10-99})
    Umlagerung {int} von {lager} nach {lager} gebucht
    Inventur in {lager} gestartet
    Inventur in {lager} beendet, {int} Differenzen
    Rechnung {int} über {float} EUR erstellt
    Rechnung {int} über {float} EUR bezahlt
    WARN! Rechnung {int} ist seit {int:1-90} Tagen überfällig
    Mahnung Stufe {int:1-3} an Kunde {int} versendet
    Benutzer {ma} angemeldet von {ip}
    Benutzer {ma} abgemeldet
    WARN! Benutzer {ma}: Kennwort falsch
    Schnittstelle {word} verbunden
    ERROR! Schnittstelle {word} getrennt: {ioerr}
    Sicherung nach {path} erfolgreich ({size} in {int:1-59} min)
    ERROR! Sicherung nach {path} fehlgeschlagen
    Stapelverarbeitung {word} beginnt
    Stapelverarbeitung {word} fertig: {int} verarbeitet, {int} übersprungen
    Preisliste {word} gültig ab {date} geladen
    Sitzung {hex:16} abgelaufen
  `,
};

/** A gateway for remote workers. */
export const vpnGateway: Style = {
  name: 'vpn-gateway',
  header: (r, at) =>
    `${TIMES.plain(at)} vpn${r.int(1, 2)} charon: ${String(r.int(1, 16)).padStart(2, '0')}[${r.own(['IKE', 'NET', 'CFG', 'ENC', 'KNL', 'JOB'])}] `,
  pools: {
    conn: ['roadwarrior', 'site-berlin', 'site-oslo', 'partner_acme'],
    cn: ['CN=gw.acme.dev', 'CN=alice', 'CN=bob', 'CN=site-oslo'],
  },
  templates: `
    received packet: from {ip}[{int}] to {ip}[{int}] ({int} bytes)
    sending packet: from {ip}[{int}] to {ip}[{int}] ({int} bytes)
    parsed IKE_SA_INIT request {int:0-9} [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]
    parsed IKE_AUTH request {int:0-9} [ IDi CERT CERTREQ IDr AUTH CPRQ(ADDR DNS) SA TSi TSr ]
    generating IKE_AUTH response {int:0-9} [ IDr CERT AUTH CPRP(ADDR DNS) SA TSi TSr ]
    generating INFORMATIONAL request {int:0-9} [ ]
    parsed INFORMATIONAL response {int:0-9} [ ]
    IKE_SA {conn}[{int}] established between {ip}[{cn}]...{ip}[{cn}]
    IKE_SA {conn}[{int}] state change: {CREATED|CONNECTING|ESTABLISHED|DELETING} => {CONNECTING|ESTABLISHED|DELETING|DESTROYED}
    CHILD_SA {conn}\\{int} established with SPIs {hex:8}_i {hex:8}_o and TS {ip}/32 === 0.0.0.0/0
    deleting IKE_SA {conn}[{int}] between {ip}[{cn}]...{ip}[{cn}]
    received DELETE for IKE_SA {conn}[{int}]
    authentication of '{cn}' with RSA signature successful
    authentication of '{cn}' with EAP successful
    no trusted RSA public key found for '{cn}'
    assigning virtual IP {ip} to peer '{cn}'
    lease {ip} by '{cn}' went offline
    pool '{word}' is full, unable to assign address
    giving up after {int:3-6} retransmits
    retransmit {int:1-5} of request with message ID {int:0-9}
    peer supports MOBIKE
    local host is behind NAT, sending keep alives
    remote host is behind NAT
    sending keep alive to {ip}[4500]
    looking for peer configs matching {ip}[{cn}]...{ip}[{cn}]
    selected peer config '{conn}'
    no matching peer config found
    scheduling reauthentication in {int}s
    maximum IKE_SA lifetime {int}s
    installing {CHILD_SA|policy} failed, SA with SPI {hex:8} already exists
    certificate status is {good|revoked|not available}
    crl is stale: since {date}
    reached self-signed root ca with a path length of {int:0-3}
  `,
};

/** A build runner: mostly other programs' words. */
export const buildRunner: Style = {
  name: 'build-runner',
  header: (_r, at) => `${TIMES.rfc3339(at).replace('Z', '0000Z')} `,
  pools: {
    pkg: ['react', 'lodash', '@types/node', 'left-pad', 'vite', 'eslint', 'zod'],
    job: ['build', 'test', 'lint', 'deploy-staging', 'e2e'],
  },
  templates: `
    Requested labels: ubuntu-{int:20-24}.04
    Job defined at: {word}/{word}/.github/workflows/{word}.yml@refs/heads/main
    Waiting for a runner to pick up this job...
    Job is about to start running on the hosted runner: GitHub Actions {int}
    Download action repository '{word}/{word}@v{int:1-4}' (SHA:{hex:40})
    Syncing repository: {word}/{word}
    Cache hit for: node-{hex:64}
    Cache not found for input keys: node-{hex:64}, node-
    Cache Size: ~{int} MB ({int} B)
    Cache restored successfully
    Cache saved with key: node-{hex:64}
    Received {int} of {int} ({float}%), {float} MBs/sec
    npm warn deprecated {pkg}@{version}: {words}
    added {int} packages, and audited {int} packages in {int:1-59}s
    {int} packages are looking for funding
    found {int} vulnerabilities
    ERROR! npm error code {E404|ERESOLVE|ETIMEDOUT|EINTEGRITY}
    ERROR! npm error 404 Not Found - GET {url} - Not found
    PASS {path}
    FAIL {path}
    Tests: {int} passed, {int} total
    Tests: {int:1-9} failed, {int} passed, {int} total
    Time: {float} s, estimated {int} s
    ##[error]Process completed with exit code {int:1-137}.
    ##[warning]Node.js {int:12-18} actions are deprecated.
    ##[group]Run {job}
    Cleaning up orphan processes
    Terminate orphan process: pid ({int}) ({node|java|chrome})
    Evaluate and set job outputs
    Set output '{word}'
    Uploaded bytes {int}
    Artifact {word}-{job} has been successfully uploaded! Final size is {int} bytes. Artifact ID is {int}
    Step {job} started
    Step {job} succeeded in {dur}
    Step {job} failed in {dur}
  `,
};
