import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a server may do instead of answering. */
export const MISBEHAVIOURS = {
  hang: () => {},
  reset: (socket: Socket) => socket.resetAndDestroy(),
  'close at once': (socket: Socket) => socket.end(),
  '401': (socket: Socket) => socket.end(answer('401 Unauthorized', 'text/plain', 'go away')),
  '503': (socket: Socket) =>
    socket.end(answer('503 Service Unavailable', 'text/plain', 'overloaded')),
  html: (socket: Socket) =>
    socket.end(answer('200 OK', 'text/html', '<html><body>Please log in</body></html>')),
  'wrong JSON': (socket: Socket) =>
    socket.end(
      answer(
        '200 OK',
        'application/json',
        '{"status":"success","data":{"resultType":"pony","result":7}}',
      ),
    ),
  'cut JSON': (socket: Socket) =>
    socket.end(answer('200 OK', 'application/json', '{"status":"succ')),
  redirect: (socket: Socket) =>
    socket.end('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n'),
  'no HTTP': (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  'slow drip': (socket: Socket) => {
    socket.write(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
    );
    const timer = setInterval(() => socket.write('1\r\n \r\n'), 50);
    socket.on('close', () => clearInterval(timer));
  },
  'slow headers': (socket: Socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('x-a: b\r\n'), 100);
    socket.on('close', () => clearInterval(timer));
  },
  '1 GB': (socket: Socket) => {
    const size = 1024 ** 3;
    socket.write(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n`,
    );
    const block = Buffer.alloc(1024 * 1024, 32);
    let sent = 0;
    const send = (): void => {
      while (sent < size && !socket.destroyed) {
        sent += block.length;
        if (!socket.write(block)) return;
      }
    };
    socket.on('drain', send);
    send();
  },
} satisfies Record<string, (socket: Socket) => void>;

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

function answer(status: string, type: string, body: string): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** A server on a free port that does this to every request. @returns its base URL */
export async function hostileServer(misbehaviour: Misbehaviour): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => MISBEHAVIOURS[misbehaviour](socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
