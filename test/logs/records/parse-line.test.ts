import { describe, expect, test } from 'vitest';
import { createLineParser } from '#src/logs/records/parse-line.ts';

/** A line without anything learned: what a single line tells by itself. */
const REFERENCE = Date.UTC(2024, 2, 1);
const parse = createLineParser(
  { steps: [], timed: false, learned: false },
  { reference: REFERENCE },
);
const AT = Date.UTC(2024, 0, 2, 3, 4, 5, 678);
const WHOLE = Date.UTC(2024, 0, 2, 3, 4, 5);

type Expected = {
  at?: number | null;
  level?: string | null;
  message?: string;
  service?: string | null;
  kind?: string;
};

const CASES: [string, string, Expected][] = [
  [
    'docker json-file',
    '{"log":"2024-01-02 03:04:05.678 ERROR boom\\n","stream":"stderr","time":"2024-01-02T03:04:05.999Z"}',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'docker json-file around JSON',
    '{"log":"{\\"level\\":30,\\"time\\":1704164645678,\\"msg\\":\\"hi there\\"}\\n","stream":"stdout","time":"2024-01-02T03:04:06Z"}',
    { at: AT, level: 'info', message: 'hi there' },
  ],
  [
    'CRI full',
    '2024-01-02T03:04:05.678912345Z stdout F hello world',
    { at: AT, message: 'hello world', kind: 'start' },
  ],
  ['CRI partial', '2024-01-02T03:04:05.678Z stderr P first half', { kind: 'part' }],
  [
    'CRI stack frame',
    '2024-01-02T03:04:05.678Z stderr F     at com.a.B.c(B.java:1)',
    { kind: 'more' },
  ],
  [
    'syslog RFC 3164',
    '<11>Jan  2 03:04:05 web1 sshd[4711]: Failed password for root',
    { at: WHOLE, level: 'error', message: 'Failed password for root' },
  ],
  [
    'syslog RFC 5424',
    '<165>1 2024-01-02T03:04:05.678Z host app 123 ID47 [x@1 a="b \\" ]c"] started well',
    { at: AT, level: 'info', service: 'app', message: 'started well' },
  ],
  [
    'syslog RFC 5424 without data',
    '<12>1 2024-01-02T03:04:05.678Z host app - - - plain',
    { at: AT, level: 'warn', message: 'plain', service: 'app' },
  ],
  [
    'journald JSON',
    '{"__REALTIME_TIMESTAMP":"1704164645678000","MESSAGE":"Started Session 1.","PRIORITY":"6","SYSLOG_IDENTIFIER":"systemd","_SYSTEMD_UNIT":"init.scope"}',
    { at: AT, level: 'info', service: 'systemd', message: 'Started Session 1.' },
  ],
  [
    'journald short',
    'Jan 02 03:04:05 box systemd[1]: Started Session 1.',
    { at: WHOLE, message: 'Started Session 1.' },
  ],
  ['journald short-iso', '2024-01-02T03:04:05+00:00 box kernel: oom-killer invoked', { at: WHOLE }],
  [
    'klog',
    'E0102 03:04:05.678901       1 kubelet.go:123] "Failed to sync" err="x"',
    { at: AT, level: 'error', message: '"Failed to sync" err="x"' },
  ],
  [
    'logback',
    '2024-01-02 03:04:05.678 [main] WARN  com.acme.Foo - low disk',
    { at: AT, level: 'warn', message: 'low disk' },
  ],
  [
    'Spring Boot',
    '2024-01-02 03:04:05.678  INFO 1 --- [main] c.acme.Foo : started',
    { at: AT, level: 'info', message: 'started' },
  ],
  [
    'Spring Boot 3',
    '2024-01-02T03:04:05.678Z  INFO 1 --- [app] [main] c.acme.Foo : started',
    { at: AT, level: 'info', message: 'started' },
  ],
  [
    'log4j',
    '2024-01-02 03:04:05,678 ERROR [worker-1] com.acme.Foo: it broke',
    { at: AT, level: 'error', message: 'it broke' },
  ],
  [
    'Hadoop',
    '240102 030405 148 WARN dfs.DataNode: slow block',
    { at: WHOLE, level: 'warn', message: 'slow block' },
  ],
  [
    'Spark',
    '24/01/02 03:04:05 INFO executor.Executor: Running task',
    { at: WHOLE, level: 'info', message: 'Running task' },
  ],
  [
    'Python logging',
    '2024-01-02 03:04:05,678 - app.views - ERROR - it broke',
    { at: AT, message: 'it broke', level: 'error' },
  ],
  ['Python basicConfig', 'ERROR:root:it broke', { level: 'error' }],
  [
    'uvicorn',
    'INFO:     127.0.0.1:5000 - "GET /x HTTP/1.1" 200 OK',
    { level: 'info', message: '127.0.0.1:5000 - "GET /x HTTP/1.1" 200 OK' },
  ],
  [
    'gunicorn',
    '[2024-01-02 03:04:05 +0000] [7] [INFO] Booting worker with pid: 7',
    { at: WHOLE, level: 'info', message: 'Booting worker with pid: 7' },
  ],
  [
    'nginx error',
    '2024/01/02 03:04:05 [error] 7#7: *1 open() failed',
    { at: WHOLE, level: 'error', message: '*1 open() failed' },
  ],
  [
    'nginx access',
    '10.0.0.1 - - [02/Jan/2024:03:04:05 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"',
    { at: WHOLE, message: '"GET / HTTP/1.1" 200 5 "-" "curl"' },
  ],
  [
    'Apache error',
    '[Tue Jan 02 03:04:05.678901 2024] [core:error] [pid 7] AH00124: too many',
    { at: AT, message: '[pid 7] AH00124: too many', level: 'error' },
  ],
  [
    'logfmt',
    'time=2024-01-02T03:04:05.678Z level=warn msg="slow \\"query\\"" took=5ms',
    { at: AT, level: 'warn', message: 'slow "query"' },
  ],
  [
    'logfmt of Go slog',
    'time=2024-01-02T03:04:05.678Z level=ERROR msg=boom err="no such host"',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'pino',
    '{"level":50,"time":1704164645678,"pid":1,"hostname":"h","msg":"boom"}',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'bunyan',
    '{"name":"api","hostname":"h","pid":1,"level":40,"msg":"slow","time":"2024-01-02T03:04:05.678Z","v":0}',
    { at: AT, level: 'warn', message: 'slow' },
  ],
  [
    'winston',
    '{"level":"error","message":"boom","timestamp":"2024-01-02T03:04:05.678Z"}',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'zap',
    '{"level":"info","ts":1704164645.678,"caller":"a/b.go:1","msg":"hello"}',
    { at: AT, level: 'info', message: 'hello' },
  ],
  [
    'zerolog',
    '{"level":"fatal","time":1704164645,"message":"bye"}',
    { at: WHOLE, level: 'fatal', message: 'bye' },
  ],
  [
    'structlog',
    '{"event":"user_login","level":"info","timestamp":"2024-01-02T03:04:05.678Z","user":"a"}',
    { at: AT, level: 'info', message: 'user_login' },
  ],
  [
    'ECS',
    '{"@timestamp":"2024-01-02T03:04:05.678Z","log.level":"ERROR","message":"boom","service.name":"pay","ecs.version":"1.2"}',
    { at: AT, level: 'error', message: 'boom', service: 'pay' },
  ],
  [
    'ECS nested',
    '{"@timestamp":"2024-01-02T03:04:05.678Z","log":{"level":"warn"},"message":"hm","service":{"name":"pay"}}',
    { at: AT, level: 'warn', message: 'hm', service: 'pay' },
  ],
  [
    'OpenTelemetry',
    '{"timeUnixNano":"1704164645678000000","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"boom"}}',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'Serilog compact',
    '{"@t":"2024-01-02T03:04:05.678Z","@m":"Hello Bob","@mt":"Hello {Name}","@l":"Warning","Name":"Bob"}',
    { at: AT, level: 'warn', message: 'Hello Bob' },
  ],
  [
    'Google Cloud',
    '{"severity":"ERROR","timestamp":"2024-01-02T03:04:05.678Z","jsonPayload":{"message":"boom"}}',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'MongoDB',
    '{"t":{"$date":"2024-01-02T03:04:05.678+00:00"},"s":"W","c":"NETWORK","id":1,"ctx":"conn1","msg":"slow"}',
    { at: AT, level: 'warn', message: 'slow' },
  ],
  [
    'logback JSON with a stack',
    '{"@timestamp":"2024-01-02T03:04:05.678Z","level":"ERROR","message":"boom","stack_trace":"a.B: x\\n\\tat c.d(E.java:1)\\n"}',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'JSON behind a text head',
    '2024-01-02 03:04:05.678 INFO {"msg":"inner","level":"error"}',
    { level: 'error', message: 'inner' },
  ],
  [
    'logcat',
    '01-02 03:04:05.678  1702  2395 E ActivityManager: ANR in app',
    { at: AT, level: 'error', message: 'ANR in app' },
  ],
  ['Rails', 'E, [2024-01-02T03:04:05.678901 #7] ERROR -- : boom', { at: AT, level: 'error' }],
  [
    'Postgres',
    '2024-01-02 03:04:05.678 UTC [77] LOG:  checkpoint starting: time',
    { at: AT, level: 'info', message: 'checkpoint starting: time' },
  ],
  ['Redis', '1:M 02 Jan 2024 03:04:05.678 # Server initialized', { at: AT }],
  ['Go log', '2024/01/02 03:04:05 main.go:7: listening', { at: WHOLE, message: 'listening' }],
  [
    'Compose',
    'api-1  | 2024-01-02 03:04:05.678 INFO up',
    { at: AT, level: 'info', service: 'api', message: 'up' },
  ],
  [
    'kubectl --prefix',
    '[pod/api-6d4-x/app] 2024-01-02T03:04:05.678Z INFO up',
    { at: AT, level: 'info', message: 'up', service: 'app' },
  ],
  [
    'Envoy access',
    '[2024-01-02T03:04:05.678Z] "GET /x HTTP/1.1" 503 UF 0 91 12 - "-" "curl"',
    { at: AT, message: '"GET /x HTTP/1.1" 503 UF 0 91 12 - "-" "curl"' },
  ],
  ['java.util.logging', 'Jan 02, 2024 3:04:05 AM com.acme.Foo bar', { at: WHOLE }],
  [
    'IIS W3C',
    '2024-01-02 03:04:05 10.0.0.1 GET /x - 80 - 10.0.0.2 curl 200 0 0 15',
    { at: WHOLE, message: '10.0.0.1 GET /x - 80 - 10.0.0.2 curl 200 0 0 15' },
  ],
  ['Minecraft', '[03:04:05] [Server thread/INFO]: Done', { message: 'Done', level: 'info' }],
  [
    'bare error',
    'Error: cannot find module',
    { at: null, level: 'error', message: 'Error: cannot find module' },
  ],
  ['bare text', 'hello world', { at: null, level: null, message: 'hello world' }],
  [
    'Rust env_logger',
    '[2024-01-02T03:04:05Z WARN  app::db] slow',
    { at: WHOLE, level: 'warn', message: 'slow' },
  ],
  [
    'Rust tracing',
    '2024-01-02T03:04:05.678901Z ERROR app::db: it broke',
    { at: AT, level: 'error', message: 'it broke' },
  ],
  ['.NET console', 'fail: Acme.Program[0]', { level: 'error', message: 'Acme.Program[0]' }],
  [
    'Elixir',
    '03:04:05.678 [error] GenServer terminating',
    { level: 'error', message: 'GenServer terminating' },
  ],
  [
    'PHP',
    '[02-Jan-2024 03:04:05 UTC] PHP Fatal error:  Uncaught Error',
    { at: WHOLE, message: 'PHP Fatal error:  Uncaught Error' },
  ],
  [
    'Monolog',
    '[2024-01-02T03:04:05.678901+00:00] app.ERROR: boom {"a":1} []',
    { at: AT, message: 'boom {"a":1} []', level: 'error' },
  ],
  [
    'Tomcat',
    '02-Jan-2024 03:04:05.678 SEVERE [main] org.apache.Foo.bar boom',
    { at: AT, level: 'error', message: 'boom' },
  ],
  [
    'HAProxy',
    'Jan  2 03:04:05 lb haproxy[9]: 10.0.0.1:5 [02/Jan/2024:03:04:05.678] f b/s 0/0/1/2/3 200 5 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1"',
    {
      message:
        '10.0.0.1:5 [02/Jan/2024:03:04:05.678] f b/s 0/0/1/2/3 200 5 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1"',
    },
  ],
  [
    'ANSI colours',
    '\u001b[31m2024-01-02 03:04:05.678 ERROR boom\u001b[0m',
    { level: 'error', message: 'boom' },
  ],
];

describe('createLineParser', () => {
  test.each(CASES)('%s', (_name, line, expected) => {
    const parsed = parse(line);
    expect(parsed).toMatchObject(expected);
  });
});
