import { describe, expect, test } from 'vitest';
import { accessOfFields, accessOfText, routeOf } from '#src/logs/records/access.ts';

describe('accessOfText', () => {
  test.each([
    [
      'combined',
      '10.0.0.1 - bob [x] "GET /v1/orders/17?x=1 HTTP/1.1" 503 612 "-" "curl/8"',
      { method: 'GET', route: '/v1/orders/{}', status: 503, latencyMs: null },
    ],
    [
      'with request time',
      '10.0.0.1 - - [x] "POST /a HTTP/2.0" 201 5 "-" "x" 0.123',
      { method: 'POST', route: '/a', status: 201, latencyMs: 123 },
    ],
    [
      'named time',
      '10.0.0.1 "GET /a HTTP/1.1" 200 5 rt=0.250 ua="x"',
      { status: 200, latencyMs: 250 },
    ],
    ['uvicorn', '127.0.0.1:5000 - "GET /x HTTP/1.1" 404 Not Found', { status: 404, route: '/x' }],
    ['gin', '[GIN] | 200 |     1.5ms |  10.0.0.1 | GET      "/ping"', null],
    ['plain', 'GET /v1/orders/7 500 12ms', { status: 500, latencyMs: 12 }],
    ['arrow', 'completed POST /pay status=502 duration=31ms', { status: 502, latencyMs: 31 }],
    ['envoy', '"GET /x HTTP/1.1" 503 UF 0 91 12 - "-" "curl"', { status: 503 }],
    [
      'haproxy',
      '10.0.0.1:5 [x] f b/s 0/0/1/2/3 200 5 - - ---- 1/1 "GET / HTTP/1.1"',
      { status: 200 },
    ],
    ['IIS', '10.0.0.1 GET /x - 80 - 10.0.0.2 curl 500 0 0 15', { status: 500, latencyMs: 15 }],
    ['no status', 'GET /x of the customer', null],
    ['no request', 'it took 5 ms', null],
  ])('%s', (_name, text, expected) => {
    const found = accessOfText(text);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});

describe('accessOfFields', () => {
  test.each([
    [
      { 'req.method': 'GET', 'req.url': '/a/5', 'res.statusCode': 200, responseTime: 12 },
      { method: 'GET', route: '/a/{}', status: 200, latencyMs: 12 },
    ],
    [
      { method: 'get', path: '/a', status: '502', duration: '1.5s' },
      { method: 'GET', status: 502, latencyMs: 1500 },
    ],
    [
      { 'http.request.method': 'GET', 'url.path': '/a', 'http.response.status_code': 404 },
      { status: 404, latencyMs: null },
    ],
    [{ method: 'GET', path: '/a', status: 200, request_time: 0.25 }, { latencyMs: 250 }],
  ])('%j', (fields, expected) => {
    expect(accessOfFields(fields)).toMatchObject(expected);
  });

  test('is null for what only has a status', () => {
    expect(accessOfFields({ status: 200 })).toBeNull();
    expect(accessOfFields({ status: 'ok', method: 'GET' })).toBeNull();
  });
});

test('routeOf', () => {
  expect(routeOf('/v2/users/550e8400-e29b-41d4-a716-446655440000/cart?x=1#y')).toBe(
    '/v2/users/{}/cart',
  );
  expect(routeOf('/')).toBe('/');
});
