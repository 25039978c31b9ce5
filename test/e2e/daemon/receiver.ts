import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it arrived. */
export type Received = { key: string; incident: string; kind: string; nonce: string; pid: number };

export type Receiver = { url: string; received: Received[]; close(): void };

/** Takes messages over HTTP; counts each as accepted before it answers, after a moment. */
export async function startReceiver(random: () => number): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ ...JSON.parse(body), key: String(request.headers['idempotency-key']) });
      setTimeout(() => response.end('ok'), random() * 8);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
