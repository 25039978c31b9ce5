import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Alert } from '#src/domain/alert.ts';
import type { SourceSettings } from '#src/evidence/contract.ts';
import { createRunbooksSource } from '#src/evidence/sources/runbooks.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { alertOn, requestFor, toolsAt, unending } from '../helpers/request.ts';

function look(
  annotations: Record<string, string>,
  settings: Partial<SourceSettings['runbooks']> = {},
  runbook?: string,
) {
  const source = createRunbooksSource({ hosts: [], timeoutMs: 2000, ...settings }, toolsAt());
  const alert: Alert = { ...alertOn('shop', 'ShopDown'), annotations };
  const service = { name: 'shop', ...(runbook === undefined ? {} : { runbook }) };
  return source.collect(requestFor([service], { alerts: [alert] }), unending());
}

test('a page of an allowed host is read; of another it is a gap that says how to allow it', async () => {
  const url = await httpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<h1>ShopDown</h1><ol><li>Look at the till</ol>');
  });
  const { host } = new URL(url);
  const annotations = { runbook_url: `${url}/wiki/shop` };
  const found = await look(annotations, { hosts: [host] });
  expect(found.runbooks).toEqual([{ name: 'shop.md', text: '# ShopDown\n\n- Look at the till' }]);
  const refused = await look(annotations);
  expect(refused.runbooks).toEqual([]);
  expect(refused.gaps?.[0]?.hint).toBe(`Add "${host}" to runbooks.hosts.`);
});

test('an address that the registry names needs no permission', async () => {
  const url = await httpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/markdown' });
    response.end('# Till');
  });
  expect((await look({}, {}, `${url}/till.md`)).runbooks).toEqual([
    { name: 'till.md', text: '# Till' },
  ]);
});

test.each([
  ['a redirect', 302, 'text/html', '', 'answers 302'],
  ['a picture', 200, 'image/png', 'x', 'is no text'],
  ['too much', 200, 'text/plain', 'x'.repeat(2 * 1024 * 1024), ''],
])('%s is a gap', async (_name, status, type, body, why) => {
  const url = await httpServer((_request, response) => {
    response.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/' });
    response.end(body);
  });
  const found = await look({ runbook_url: url }, { hosts: ['127.0.0.1'] });
  expect(found.runbooks).toEqual([]);
  expect(found.gaps).toHaveLength(1);
  expect(found.gaps?.[0]?.why).toContain(why);
});

test('a page that never answers ends with the time limit', async () => {
  const url = await httpServer(() => undefined);
  const found = await look({ runbook_url: url }, { hosts: ['127.0.0.1'], timeoutMs: 100 });
  expect(found.gaps).toHaveLength(1);
});

test('an alert may name files of the folder, and none outside it', async () => {
  const dir = tempDir();
  const folder = join(dir, 'runbooks');
  mkdirSync(folder);
  writeFileSync(join(dir, 'secret.md'), 'secret');
  writeFileSync(join(folder, 'till.md'), '# Till');
  symlinkSync(join(dir, 'secret.md'), join(folder, 'link.md'));
  const named = await look({ runbook: 'till.md' }, { dir: folder });
  expect(named.runbooks?.map(({ name }) => name)).toEqual(['till.md']);
  for (const runbook of [
    '../secret.md',
    join(dir, 'secret.md'),
    'link.md',
    'gone.md',
    'file:///etc/hosts',
  ]) {
    const found = await look({ runbook }, { dir: folder });
    expect(found.runbooks).toEqual([]);
    expect(found.gaps).toHaveLength(1);
  }
});

test('of the folder come the runbooks about the alert or the service', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'shop.md'), '# Who to call');
  writeFileSync(join(dir, 'soup.md'), '# Soup');
  writeFileSync(join(dir, 'list.txt'), 'ShopDown');
  const found = await look({ summary: 'down' }, { dir });
  expect(found).toEqual({ runbooks: [{ name: 'shop.md', text: '# Who to call' }], gaps: [] });
});

test('a path in the registry is read, wherever it is; a folder that is missing is a gap', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'x y.md'), '# X');
  const found = await look({}, { dir: join(dir, 'gone') }, join(dir, 'x y.md'));
  expect(found.runbooks).toEqual([{ name: 'x_y.md', text: '# X' }]);
  expect(found.gaps?.[0]?.hint).toContain('runbooks.dir');
});

test('runbooks of one name stand beside each other', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'a.md'), 'one');
  mkdirSync(join(dir, 'sub'));
  writeFileSync(join(dir, 'sub', 'a.md'), 'two');
  const found = await look({ runbook: 'a.md', runbook_url: 'sub/a.md' }, { dir });
  expect(found.runbooks?.map(({ name }) => name)).toEqual(['a.md', 'a-2.md']);
});
