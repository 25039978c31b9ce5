/** Ways in which the lines of a program's output reach a log; each gives the lines of that log. */
export type Wrapper = (lines: readonly string[]) => string[];

const clock = (n: number) => new Date(Date.UTC(2026, 4, 3, 2, 1, 0) + n * 7).toISOString();

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  plain: (lines) => [...lines],
  docker: (lines) =>
    lines.map((line, n) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: clock(n) })),
  cri: (lines) => lines.map((line, n) => `${clock(n).replace('Z', '123456Z')} stderr F ${line}`),
  compose: (lines) => lines.map((line) => `checkout-1  | ${line}`),
  'syslog 3164': (lines) =>
    lines.map(
      (line, n) =>
        `May  3 02:01:${String(Math.floor(n / 60) % 60).padStart(2, '0')} host-7 checkout[4711]: ${line}`,
    ),
  'syslog 5424': (lines) =>
    lines.map((line, n) => `<131>1 ${clock(n)} host-7 checkout 4711 - - ${line}`),
  klog: (lines) =>
    lines.map((line, n) => `E0503 02:01:00.${String(100000 + n)}       1 checkout.go:88] ${line}`),
  logger: (lines) =>
    lines.map(
      (line, n) =>
        `${clock(n).replace('T', ' ').replace('Z', '').replace('.', ',')} ERROR [worker-3] shop.checkout - ${line}`,
    ),
  'json record per line': (lines) =>
    lines.map((line, n) =>
      JSON.stringify({ '@timestamp': clock(n), level: 'error', message: line }),
    ),
};

/** A logger that writes the whole text as one value of a structured record. */
export const TEXT_WRAPPERS: Readonly<Record<string, (text: string) => string>> = {
  'json string': (text) =>
    JSON.stringify({ time: clock(0), level: 'error', msg: 'request failed', stack: text }),
  'json in docker': (text) =>
    JSON.stringify({
      log: `${JSON.stringify({ level: 'error', error: { stack_trace: text } })}\n`,
      stream: 'stdout',
      time: clock(0),
    }),
  logfmt: (text) =>
    `time=${clock(0)} level=error msg="request failed" stack=${JSON.stringify(text)} tenant=7`,
  'rsyslog escapes': (text) =>
    `May  3 02:01:00 host-7 checkout[4711]: ${text.replaceAll('\t', '#011').replaceAll('\n', '#012')}`,
};

/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ROUTES = ['/orders', '/cart', '/login', '/health', '/v1/items'];
const NOISE: readonly ((n: number, random: () => number) => string)[] = [
  (n) =>
    `${clock(n)} INFO  [http-nio-8080-exec-4] c.acme.shop.web.Access : GET ${ROUTES[n % 5]} 200 in ${n % 90} ms`,
  (n) =>
    `10.2.0.${n % 250} - - [03/May/2026:02:01:${String(n % 60).padStart(2, '0')} +0000] "GET ${ROUTES[n % 5]} HTTP/1.1" 200 ${n} "-" "curl/8.1"`,
  (n) =>
    JSON.stringify({ level: 'info', time: clock(n), msg: `at ${n} items: cache hit`, pid: 12 }),
  (n) => `time=${clock(n)} level=warn msg="slow query" took=${n % 400}ms table=orders`,
  (n) =>
    `[${clock(n)}] DEBUG pool: 3 of 10 connections at 10.0.0.5:5432 in use (waiting: ${n % 4})`,
  (n) =>
    `I0503 02:01:00.${100000 + (n % 899999)}       1 reconciler.go:${n % 300}] synced "default/checkout" at generation ${n}`,
  (n) =>
    `${clock(n)} WARN  retrying after error: connect ECONNREFUSED 10.0.0.7:6379 (attempt ${n % 5})`,
  (n) =>
    `May  3 02:01:${String(n % 60).padStart(2, '0')} host-7 sshd[${n}]: Accepted publickey for deploy@host-7 port ${n}`,
];

/** Lines of other logs, none of which belongs to a stack trace. */
export function noise(count: number, seed: number): string[] {
  const random = seeded(seed);
  return Array.from(
    { length: count },
    (_, n) => NOISE[Math.floor(random() * NOISE.length)]?.(n, random) ?? '',
  );
}
