import type { Bundle, Commit, LogRecord } from '#src/domain/bundle.ts';
import { groupOf } from '#src/intake/alertmanager-payload.ts';
import { alertOf } from './alerts.ts';

/** The onset of the trouble, milliseconds since the epoch. */
export const ONSET = Date.parse('2026-05-04T10:00:00Z');
const MINUTE = 60_000;

export const GUILTY = '5a5b5c5d5e5f50515253545556575859505152aa';
export const INNOCENT = '6a6b6c6d6e6f60616263646566676869606162bb';

const at = (minutes: number): string =>
  new Date(ONSET + minutes * MINUTE).toISOString().replace('.000Z', 'Z');

/** What an attack may write into a case. */
export type CaseChanges = {
  logLine?: string;
  label?: string;
  annotation?: string;
  commitMessage?: string;
  diffLine?: string;
  file?: string;
  runbook?: string;
  event?: string;
  flag?: string;
  health?: string;
  past?: string;
  span?: string;
  /** The errors say nothing, so that the rules cannot settle it. */
  isVague?: boolean;
};

/**
 * A small incident of one service: a change of the basket goes live, three minutes later requests
 * fail in a line that it changed. Another change, of a banner of another service, went live before it.
 */
export function smallCase(changes: CaseChanges = {}): Bundle {
  return {
    manifest: {
      schema: 'incident-bundle/v1',
      capturedAt: at(20),
      window: { start: at(-30), end: at(20) },
      baseline: { start: at(-90), end: at(-30) },
    },
    alertGroup: groupOf(
      [
        alertOf(
          {
            ...{ alertname: 'ShopErrors', service: 'shop', severity: 'critical' },
            ...(changes.label ? { note: changes.label } : {}),
          },
          ONSET + 4 * MINUTE,
          { annotations: { summary: changes.annotation ?? 'shop answers 500' } },
        ),
      ],
      'test',
    ),
    rules: [],
    gaps: [],
    services: new Map([
      ['shop', { depends_on: ['stock'] }],
      ['stock', {}],
    ]) as Bundle['services'],
    metrics: [errorRatio('shop', 0.001, 0.41), errorRatio('stock', 0.001, 0.001), requests('shop')],
    logs: logsOf(changes),
    health: [
      {
        timestamp: at(10),
        service: 'shop',
        url: 'http://shop:8080/health',
        status: 503,
        error: changes.health ?? 'unhealthy',
        latencyMs: 12,
      },
    ],
    changes: {
      commits: [
        commit(INNOCENT, -40, 'banner', 'Show the spring banner', changes),
        guilty(changes),
      ],
      deploys: [
        { timestamp: at(-14), service: 'stock', commit: INNOCENT, version: '41' },
        { timestamp: at(-3), service: 'shop', commit: GUILTY, version: '42' },
      ],
      flags: changes.flag
        ? [{ timestamp: at(-200), name: 'winter', from: 'on', to: changes.flag, service: 'shop' }]
        : [],
    },
    spans: changes.span
      ? [
          {
            traceId: 't',
            spanId: 's',
            service: 'shop',
            name: changes.span,
            start: at(2),
            durationMs: 4,
            status: 'ERROR',
          },
        ]
      : [],
    events: changes.event
      ? [{ timestamp: at(-5), source: 'calendar', title: changes.event, body: changes.event }]
      : [],
    runbooks: [{ name: 'shop.md', text: changes.runbook ?? '# Shop\nLook at the basket first.' }],
    past: changes.past
      ? [{ id: 'inc-1', title: changes.past, service: 'shop', cause: changes.past }]
      : [],
    repositories: [],
  };
}

function errorRatio(service: string, before: number, after: number): Bundle['metrics'][number] {
  const values = Array.from({ length: 110 }, (_, index): [number, string] => {
    const time = ONSET - 90 * MINUTE + index * 60_000;
    const noise = ((index * 7) % 5) * 0.0002;
    return [time / 1000, String((time >= ONSET ? after : before) + noise)];
  });
  return {
    metric: { __name__: 'http_error_ratio', service },
    values,
    signal: 'errors',
    service,
    unit: 'ratio',
    type: 'gauge',
  };
}

function requests(service: string): Bundle['metrics'][number] {
  const values = Array.from({ length: 110 }, (_, index): [number, string] => [
    (ONSET - 90 * MINUTE + index * 60_000) / 1000,
    String(40 + ((index * 3) % 4)),
  ]);
  return {
    metric: { __name__: 'http_requests_per_second', service },
    values,
    signal: 'traffic',
    service,
    type: 'gauge',
  };
}

const TRACE = `ERROR DiscountError: discountRate of the customer is missing in basketTotal
    at basketTotal (/app/src/basket.js:12:31)
    at handle (/app/src/server.js:40:9)`;

const VAGUE_TRACE = TRACE.replace(/DiscountError.*/, 'Error: request failed');

function logsOf(changes: CaseChanges): LogRecord[] {
  const records: LogRecord[] = [];
  for (let minute = -90; minute < 20; minute++) {
    records.push({
      timestamp: at(minute),
      service: 'shop',
      line: `INFO listed ${40 + (minute % 3)} baskets`,
    });
    if (minute >= 0) {
      for (let count = 0; count < 2; count++) {
        records.push({
          timestamp: at(minute + count / 2),
          service: 'shop',
          line: changes.isVague ? VAGUE_TRACE : TRACE,
        });
      }
    }
  }
  if (changes.logLine) {
    for (let minute = 1; minute < 19; minute++) {
      records.push({ timestamp: at(minute + 0.1), service: 'shop', line: changes.logLine });
    }
  }
  return records.sort((a, b) =>
    a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0,
  );
}

function guilty({ commitMessage, diffLine }: CaseChanges): Commit {
  return {
    sha: GUILTY,
    author: 'dev',
    timestamp: at(-20),
    message: `Basket total with discounts${commitMessage ? `\n\n${commitMessage}` : ''}`,
    files: ['src/basket.js'],
    service: 'shop',
    diff: [
      'diff --git a/src/basket.js b/src/basket.js',
      '--- a/src/basket.js',
      '+++ b/src/basket.js',
      '@@ -10,4 +10,4 @@ function basketTotal(basket) {',
      '   let total = 0;',
      `-  for (const item of basket.items) total += item.price;${diffLine ? ` // ${diffLine}` : ''}`,
      '+  const rate = basket.customer.discountRate;',
      '+  for (const item of basket.items) total += item.price * rate;',
      '   return total;',
    ].join('\n'),
  };
}

function commit(
  sha: string,
  minute: number,
  name: string,
  message: string,
  { file }: CaseChanges,
): Commit {
  return {
    sha,
    author: 'dev',
    timestamp: at(minute),
    message,
    files: [`src/${name}.js`],
    service: 'stock',
    diff: [
      `diff --git a/src/${name}.js b/src/${name}.js`,
      `--- a/src/${name}.js`,
      `+++ b/src/${name}.js`,
      '@@ -1,2 +1,2 @@',
      "-const text = 'Winter';",
      `+const text = 'Spring';${file ? ` // ${file}` : ''}`,
      ' export default text;',
    ].join('\n'),
  };
}
