import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPrometheusClient } from '#src/evidence/sources/prometheus/client.ts';
import { createHttp } from '#src/platform/http.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { unending } from '../helpers/request.ts';

/** A client of a server that answers everything with a captured answer of a real one. */
async function clientOf(file: string, status = 200) {
  const text = readFileSync(join(import.meta.dirname, '../captured', file), 'utf8');
  const url = await httpServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(text);
  });
  return createPrometheusClient(createHttp(), { url: `${url}/`, timeoutMs: 5000 }, unending());
}

describe('answers of a real Prometheus', () => {
  it('reads an instant query', async () => {
    const client = await clientOf('prometheus_query_instant.json');
    const [first, second] = await client.instant('up', 1);
    expect(first).toEqual({
      metric: {
        __name__: 'up',
        env: 'test',
        instance: '127.0.0.1:19198',
        job: 'app',
        service: 'checkout',
      },
      values: [[1795362509.234, '0']],
    });
    expect(second?.metric.job).toBe('prometheus');
  });

  it('reads range queries', async () => {
    const [series] = await (await clientOf('prometheus_query_range.json')).range('up', 1, 2, 1);
    expect(series?.values).toHaveLength(31);
    const many = await (await clientOf('prometheus_query_range_multi.json')).range('x', 1, 2, 1);
    expect(many.map(({ metric }) => metric.code)).toEqual(['200', '500']);
  });

  it('reads targets with their scrape intervals', async () => {
    const targets = await (await clientOf('prometheus_targets.json')).targets();
    expect(targets.map(({ labels, scrapeInterval }) => [labels.job, scrapeInterval])).toEqual([
      ['app', 1],
      ['prometheus', 1],
    ]);
  });

  it('says what the server says of a query that does not parse', async () => {
    const client = await clientOf('prometheus_query_error.json', 400);
    await expect(client.instant('up{', 1)).rejects.toThrow(
      'answered 400: invalid parameter "query": 1:4: parse error: unexpected end of input inside braces',
    );
  });

  it('takes an answer of another form for what it is', async () => {
    const client = await clientOf('prometheus_buildinfo.json');
    await expect(client.instant('up', 1)).rejects.toThrow('answered in an unknown form');
    await expect(client.series(['up'], 1, 2)).rejects.toThrow('answered in an unknown form');
    expect(await client.targets()).toEqual([]);
  });
});
