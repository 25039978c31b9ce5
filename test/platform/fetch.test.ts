import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFetch } from '#src/platform/fetch.ts';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const target = (): Promise<string> =>
  listen(createServer((_request, response) => response.end('here')));

/** A proxy for plain HTTP that answers itself, and what it was asked for. */
async function proxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '').host);
    response.end('by proxy');
  });
  return { url: `http://${await listen(server)}`, asked };
}

describe('createFetch', () => {
  it('goes straight without a proxy', async () => {
    const response = await createFetch()(`http://${await target()}/`);
    expect(await response.text()).toBe('here');
  });

  it('goes through the proxy, except to the hosts that are named', async () => {
    const host = await target();
    const { url, asked } = await proxy();
    const through = createFetch({ httpsProxy: url, noProxy: 'other.example' });
    expect(await (await through(`http://${host}/`)).text()).toBe('by proxy');
    expect(asked).toEqual([host]);
    const past = createFetch({ httpsProxy: url, noProxy: '127.0.0.1' });
    expect(await (await past(`http://${host}/`)).text()).toBe('here');
    const byDefault = createFetch({ httpsProxy: url });
    expect(await (await byDefault(`http://${host}/`)).text()).toBe('here');
    expect(asked).toHaveLength(1);
  });
});
