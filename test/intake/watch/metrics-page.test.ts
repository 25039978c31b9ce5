import { describe, expect, it } from 'vitest';
import type { PageSample } from '#src/intake/watch/contract.ts';
import { findingsOfPages, serverErrorRate, unreachable } from '#src/intake/watch/metrics-page.ts';

const sample = (name: string, labels: Record<string, string>, value: number): PageSample => ({
  name,
  labels,
  value: String(value),
});
const requests = (status: string, value: number): PageSample =>
  sample('http_requests_total', { status, route: '/' }, value);
const page = (seconds: number, samples: PageSample[]) => ({ at: seconds * 1000, samples });

describe('the rate of 5xx answers', () => {
  it.each<[string, number | null, ReturnType<typeof page>[]]>([
    ['grows', 2, [page(0, [requests('503', 10)]), page(10, [requests('503', 30)])]],
    ['stays', 0, [page(0, [requests('5xx', 10)]), page(10, [requests('5xx', 10)])]],
    ['begins', 1, [page(0, [requests('200', 1)]), page(10, [requests('500', 10)])]],
    [
      'survives a restart',
      1.5,
      [
        page(0, [requests('500', 90)]),
        page(5, [requests('500', 10)]),
        page(10, [requests('500', 15)]),
      ],
    ],
    ['is of 5xx only', 0, [page(0, [requests('404', 1)]), page(10, [requests('404', 50)])]],
    ['is unknown of one page', null, [page(0, [requests('500', 1)])]],
    ['is unknown without counters', null, [page(0, []), page(10, [sample('up', {}, 1)])]],
    ['is unknown in no time', null, [page(1, [requests('500', 1)]), page(1, [requests('500', 9)])]],
  ])('%s', (_name, rate, pages) => {
    expect(serverErrorRate(pages)).toBe(rate);
  });

  it('does not take buckets and sums for counts', () => {
    const of = (value: number): PageSample[] => [
      sample('http_request_duration_seconds_bucket', { code: '500', le: '1' }, value),
      sample('http_request_duration_seconds_sum', { code: '500' }, value),
      sample('http_request_duration_seconds_count', { code: '500' }, value / 2),
    ];
    expect(serverErrorRate([page(0, of(0)), page(10, of(20))])).toBe(1);
  });
});

describe('dependencies that cannot be reached', () => {
  it.each<[string[], PageSample]>([
    [['mongodb'], sample('dependency_up', { dependency: 'mongodb' }, 0)],
    [[], sample('dependency_up', { dependency: 'mongodb' }, 1)],
    [['redis'], sample('redis_connected', {}, 0)],
    [['pg'], sample('upstream_healthy', { upstream: 'pg' }, 0)],
    [[], sample('up', { job: 'shop' }, 0)],
    [[], sample('health_up', {}, 0)],
    [[], sample('uploads', {}, 0)],
    [[], sample('requests_dropped', {}, 0)],
  ])('are %j', (found, given) => {
    expect(unreachable([given])).toEqual(found);
  });
});

it('says both with the service', () => {
  const pages = [
    page(0, [requests('500', 0)]),
    page(10, [requests('500', 5), sample('dependency_up', { dependency: 'db' }, 0)]),
  ];
  const { findings, isRateKnown } = findingsOfPages('shop', pages);
  expect(isRateKnown).toBe(true);
  expect(findings.map(({ alertname, dependency }) => [alertname, dependency])).toEqual([
    ['DependencyDown', 'db'],
    ['Service5xxErrors', undefined],
  ]);
});
