import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A Java web shop as Spring Boot prints it. */
export const springShop: Style = {
  name: 'spring-shop',
  header: (r, at, level) =>
    `${TIMES.dot(at)} ${level.padStart(5)} ${r.int(1, 9)} --- [${r.pick(['nio-8080-exec-', 'scheduling-', 'pool-2-thread-'])}${r.int(1, 20)}] ${r.own(['c.a.shop.order.OrderController', 'c.a.shop.pay.PaymentClient', 'o.s.web.servlet.DispatcherServlet', 'com.zaxxer.hikari.pool.HikariPool']).padEnd(40)} : `,
  pools: {
    cust: ['Miller', 'Schmidt', "O'Brien", 'van der Berg', 'Li', 'Garcia', 'Nguyen', 'Da Silva'],
    method: ['VISA', 'MASTERCARD', 'PAYPAL', 'INVOICE', 'SEPA'],
    bean: [
      'orderRepository',
      'paymentClient',
      'cacheManager',
      'entityManagerFactory',
      'taskScheduler',
    ],
  },
  templates: `
    Order {int} placed by customer {cust} total={float} EUR
    Order {int} changed state from {NEW|PAID|PACKED|SHIPPED} to {PAID|PACKED|SHIPPED|DELIVERED}
    Payment {uuid} authorised with {method} in {int} ms
    WARN! Payment {uuid} declined with {method}: {insufficient funds|card expired|suspected fraud|do not honor}
    Completed {200 OK|404 NOT_FOUND|500 INTERNAL_SERVER_ERROR|201 CREATED}
    GET "{route}", parameters={}
    POST "{route}", parameters={}
    shop-pool - Pool stats (total={int:1-20}, active={int:1-20}, idle={int:1-20}, waiting={int:0-20})
    shop-pool - Keepalive: connection com.mysql.cj.jdbc.ConnectionImpl@{hex:8} is alive
    WARN! shop-pool - Thread starvation or clock leap detected (housekeeper delta={dur}).
    WARN! shop-pool - Failed to validate connection com.mysql.cj.jdbc.ConnectionImpl@{hex:8} (No operations allowed after connection closed.). Possibly consider using a shorter maxLifetime value.
    ERROR! Servlet.service() for servlet [dispatcherServlet] in context with path [] threw exception [Request processing failed: {exc}: {ioerr}] with root cause
    Sent mail "{words}" to {email}
    ERROR! Could not send mail to {email}: {ioerr}
    Creating shared instance of singleton bean '{bean}'
    Initialized bean '{bean}' in {int} ms
    Started ShopApplication in {float} seconds (process running for {float})
    Tomcat started on port {port} (http) with context path ''
    Starting job {word} with parameters [{list:word}]
    Job {word} finished: {int} read, {int} written, {int} skipped
    WARN! Job {word} skipped: lock held by {host}
    Cache {word} hit ratio {pct}
    Cache {word} evicted {int} entries
    DEBUG! Cleared thread-bound request context: {class}
    DEBUG! Opening JPA EntityManager in OpenEntityManagerInViewInterceptor
    DEBUG! Closing JPA EntityManager in OpenEntityManagerInViewInterceptor
    Exchange rates refreshed from {domain}
    WARN! Stock of article {int} is low: {int:0-9} left
  `,
};

/** A Node service: pino's JSON lines, values in the message by template strings. */
export const nodeApi: Style = {
  name: 'node-api',
  header: () => '',
  wrap: (r, at, level, message) =>
    JSON.stringify({
      level: level === 'ERROR' ? 50 : level === 'WARN' ? 40 : 30,
      time: at,
      pid: r.int(1, 30),
      hostname: r.pick(['api-7d9f-abcde', 'api-7d9f-xk2lp']),
      ...(r.chance(0.4) ? { reqId: `req-${r.hex(4)}` } : {}),
      ...(r.chance(0.1)
        ? { userId: r.int(1, 9999), tenant: r.pick(['acme', 'globex', 'initech']) }
        : {}),
      msg: message,
    }),
  pools: {
    tenant: ['acme', 'globex', 'initech', 'umbrella', 'hooli'],
    flag: ['new-checkout', 'dark_mode', 'beta-search', 'fastPath'],
  },
  templates: `
    request completed
    incoming request
    user {name} logged in from {ip}
    user {name} logged out
    WARN! login failed for {email}: bad password
    WARN! login failed for {email}: account locked
    tenant {tenant} loaded {int} items in {ms}
    cache miss for key {word}:{tenant}:{int}
    cache hit for key {word}:{tenant}:{int}
    WARN! slow query ({ms}): SELECT * FROM {word} WHERE id = {int}
    ERROR! query failed: relation "{word}" does not exist
    ERROR! unhandled rejection: Cannot read properties of undefined (reading '{word}')
    ERROR! connect ECONNREFUSED {ipport}
    ERROR! getaddrinfo ENOTFOUND {domain}
    WARN! retrying {word} request, attempt {int:1-5} of 5
    WARN! circuit {word} is now {open|half-open|closed}
    feature flag {flag} evaluated to {bool} for tenant {tenant}
    published {int} events to topic {word}.{created|updated|deleted}
    consumed event {uuid} from {word}.{created|updated|deleted}
    webhook delivered to {url} with status {int:200-204}
    ERROR! webhook to {url} failed with status {int:400-504}
    rate limit exceeded for {tenant}: {int} requests in {dur}
    scheduled job {word} started
    scheduled job {word} done in {dur}
    ERROR! scheduled job {word} crashed: {ioerr}
    server listening at http://0.0.0.0:{port}
    received SIGTERM, draining {int} connections
    {name} uploaded {file} ({size})
    {name} deleted {file}
    memory usage rss={int}MB heap={int}MB
    websocket {hex:10} connected
    websocket {hex:10} closed with code {int:1000-1012}
  `,
};

/** A Go service: logfmt with a message field. */
export const goGateway: Style = {
  name: 'go-gateway',
  header: () => '',
  wrap: (r, at, level, message) =>
    `time=${TIMES.rfc3339(at)} level=${level.toLowerCase()} msg=${JSON.stringify(message)} caller=${r.pick(['proxy', 'pool', 'auth', 'main'])}.go:${r.int(20, 700)}${r.chance(0.3) ? ` trace_id=${r.hex(32)}` : ''}${r.chance(0.2) ? ` upstream=${r.pick(['billing', 'users', 'search'])} attempt=${r.int(1, 4)}` : ''}`,
  pools: { up: ['billing', 'users', 'search', 'media', 'ads'] },
  templates: `
    upstream {up} healthy
    WARN! upstream {up} unhealthy: {ioerr}
    ERROR! upstream {up} timed out after {dur}
    proxied request
    request rejected by policy {up}-{ro|rw}
    WARN! dial tcp {ipport}: connect: connection refused
    WARN! dial tcp {ipport}: i/o timeout
    WARN! dial tcp: lookup {domain} on {ip}:53: no such host
    token for {email} expired {dur} ago
    token for {email} refreshed
    loaded {int} routes from {path}
    reloading configuration
    configuration reloaded in {dur}
    ERROR! failed to reload configuration: open {path}: no such file or directory
    ERROR! failed to reload configuration: yaml: line {int}: mapping values are not allowed in this context
    certificate for {domain} renewed, valid until {date}
    WARN! certificate for {domain} expires in {int:1-29} days
    connection pool for {up} grown to {int}
    connection pool for {up} shrunk to {int}
    ERROR! panic recovered: runtime error: index out of range [{int:0-9}] with length {int:0-9}
    ERROR! panic recovered: runtime error: invalid memory address or nil pointer dereference
    listening on :{port}
    shutting down, waiting for {int} requests
    rate limiter: {ip} throttled for {dur}
    GC pause {dur}, heap {size}
    retry {int:1-3}/3 for {up} in {dur}
    cache {up}: evicted {int} of {int} entries
    breaker {up}: {closed|open|half-open} -> {closed|open|half-open}
  `,
};

/** A relational database server. */
export const relationalDb: Style = {
  name: 'relational-db',
  header: (r, at, level) =>
    `${TIMES.dot(at)} UTC [${r.int(50, 40000)}] ${r.chance(0.6) ? `${r.zipf(['app', 'report', 'postgres'])}@${r.own(['shop', 'billing'])} ` : ''}${level === 'INFO' ? 'LOG' : level}:  `,
  templates: `
    12* duration: {float} ms  statement: SELECT {list:word} FROM {word} WHERE {word}_id = {int}
    8* duration: {float} ms  execute <unnamed>: UPDATE {word} SET status = '{word}' WHERE id = {int}
    8* connection received: host={ip} port={port}
    8* connection authorized: user={name} database={word} application_name={word}
    7* disconnection: session time: 0:{int:10-59}:{float} user={name} database={word} host={ip} port={port}
    5* checkpoint starting: time
    2* checkpoint starting: {wal|immediate force wait}
    5* checkpoint complete: wrote {int} buffers ({float}%); {int:0-3} WAL file(s) added, {int:0-3} removed, {int:0-3} recycled; write={float} s, sync={float} s, total={float} s; sync files={int}, longest={float} s, average={float} s; distance={int} kB, estimate={int} kB
    4* automatic vacuum of table "{word}.public.{word}": index scans: {int:0-3}
    4* automatic analyze of table "{word}.public.{word}" system usage: CPU: user: {float} s, system: {float} s, elapsed: {float} s
    4* ERROR! duplicate key value violates unique constraint "{word}_pkey"
    4* ERROR! relation "{word}" does not exist at character {int:1-99}
    3* ERROR! column "{word}" does not exist at character {int:1-99}
    3* ERROR! deadlock detected
    3* ERROR! canceling statement due to statement timeout
    2* ERROR! canceling statement due to user request
    3* FATAL! password authentication failed for user "{name}"
    2* FATAL! role "{name}" does not exist
    2* FATAL! database "{word}" does not exist
    2* FATAL! sorry, too many clients already
    2* FATAL! remaining connection slots are reserved for non-replication superuser connections
    2* could not receive data from client: {ioerr}
    2* unexpected EOF on client connection with an open transaction
    2* process {int} still waiting for ShareLock on transaction {int} after {float} ms
    2* process {int} acquired ShareLock on transaction {int} after {float} ms
    1* received fast shutdown request
    1* database system is ready to accept connections
    1* database system was shut down at {date} {clock} UTC
    1* database system is shut down
    1* temporary file: path "base/pgsql_tmp/pgsql_tmp{int}.{int:0-9}", size {big:8}
    1* parameter "{word}" changed to "{int}"
    1* invalid length of startup packet
  `,
};
