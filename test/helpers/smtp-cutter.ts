import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export const CUT_STAGES = [
  'greeting',
  'EHLO',
  'MAIL',
  'RCPT',
  'DATA',
  'message',
  'accepted',
] as const;
export type CutStage = (typeof CUT_STAGES)[number];

/**
 * A mail server that cuts the first connection at a stage and serves every later one. At
 * `accepted` it has taken the message and cuts before it says so.
 */
export async function smtpCutter(
  stage: CutStage,
): Promise<{ port: number; accepted: string[]; connections: () => number }> {
  let connections = 0;
  const accepted: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const cuts = ++connections === 1 ? stage : null;
    const answer = (at: string, text: string): void => {
      if (at === cuts) socket.destroy();
      else socket.write(`${text}\r\n`);
    };
    let buffered = '';
    let isMessage = false;
    answer('greeting', '220 mail.test ESMTP');
    const take = (text: string): void => {
      if (isMessage) {
        isMessage = false;
        accepted.push(text);
        answer('accepted', '250 queued');
        return;
      }
      const verb = text.slice(0, 4).toUpperCase();
      isMessage = verb === 'DATA' && cuts !== 'DATA';
      if (verb === 'QUIT') socket.end('221 bye\r\n');
      else answer(verb, verb === 'DATA' ? '354 go on' : '250 fine');
    };
    socket.on('data', (chunk: Buffer) => {
      buffered += chunk.toString('latin1');
      if (isMessage && cuts === 'message') socket.destroy();
      while (!socket.destroyed) {
        const mark = isMessage ? '\r\n.\r\n' : '\r\n';
        const end = buffered.indexOf(mark);
        if (end < 0) return;
        const text = buffered.slice(0, end);
        buffered = buffered.slice(end + mark.length);
        take(text);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { port, accepted, connections: () => connections };
}
