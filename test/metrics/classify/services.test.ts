import { expect, test } from 'vitest';
import { classifySeries } from '#src/metrics/classify/classify-series.ts';
import { createServiceNames, hostOf } from '#src/metrics/classify/service-names.ts';
import { workloadOfPod } from '#src/metrics/classify/workload.ts';
import { range, series } from '../build-series.ts';

const ones = range(10, () => 1);
const classOf = (
  metric: Record<string, string>,
  services: Parameters<typeof classifySeries>[1] = [],
  extra = {},
) => classifySeries([series(metric, ones, extra)], services)[0]!;

test('the field wins over labels, and registry names over look-alikes', () => {
  const metric = { __name__: 'up', job: 'scraper', app: 'Check_Out' };
  expect(classOf(metric, [], { service: 'cart' }).service).toBe('cart');
  expect(classOf(metric, [{ name: 'check-out' }]).service).toBe('check-out');
  expect(classOf({ __name__: 'up', job: 'checkout' }, [{ name: 'checkout-service' }]).service).toBe(
    'checkout-service',
  );
});

test('a known name in a later label wins over an unknown one in an earlier', () => {
  const metric = { __name__: 'up', service: 'prod-cluster', app: 'cart' };
  expect(classOf(metric, [{ name: 'cart' }]).service).toBe('cart');
  expect(classOf(metric).service).toBe('prod-cluster');
});

test('selectors find a service whose name no label carries', () => {
  const services = [
    { name: 'cart', selectors: { prometheus: { job: 'kubernetes-pods', tier: 'c' } } },
  ];
  expect(classOf({ __name__: 'up', job: 'kubernetes-pods', tier: 'c' }, services).service).toBe(
    'cart',
  );
  expect(classOf({ __name__: 'up', job: 'kubernetes-pods', tier: 'd' }, services).service).not.toBe(
    'cart',
  );
});

test('what a page says of itself wins over the scraper’s label', () => {
  const metric = { __name__: 'http_requests_total', service: 'proxy', exported_service: 'cart' };
  expect(classOf(metric).service).toBe('cart');
});

test('pods give their workload', () => {
  expect(workloadOfPod('checkout-7d9f8b6c5d-x2x9k')).toBe('checkout');
  expect(workloadOfPod('node-agent-4x9zk')).toBe('node-agent');
  expect(workloadOfPod('db-0')).toBe('db');
  expect(workloadOfPod('plain')).toBe('plain');
});

test('addresses lose scheme, port, path, user and cluster suffix', () => {
  expect(hostOf('mongodb://u:p@mongo:27017/db')).toBe('mongo');
  expect(hostOf('stock:8080')).toBe('stock');
  expect(hostOf('stock')).toBe('stock');
  const names = createServiceNames([{ name: 'stock' }]);
  expect(names.canonical('http://stock.prod.svc.cluster.local:80/x')).toBe('stock');
  expect(names.canonical('api.payments.example')).toBe('api.payments.example');
  expect(names.canonical('other.prod.svc.cluster.local')).toBe('other');
  expect(names.canonical('10.1.2.3:9090')).toBe('10.1.2.3');
});

test('two services with one short name are not mistaken for each other', () => {
  const names = createServiceNames([{ name: 'order-api' }, { name: 'order-service' }]);
  expect(names.known('order')).toBeNull();
  expect(names.known('order-api')).toBe('order-api');
});

test('a server’s own host label is no peer, a client’s is', () => {
  const host = { service: 'cart', host: 'stock.example.com' };
  expect(classOf({ __name__: 'http_server_requests_total', ...host }).peer).toBeNull();
  expect(classOf({ __name__: 'http_client_requests_total', ...host }).peer).toBe(
    'stock.example.com',
  );
});
