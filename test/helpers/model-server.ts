import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a double says next. */
export type ScriptedReply = {
  text?: string;
  toolCalls?: { name: string; input: unknown }[];
  /** `stop` unless said otherwise. */
  finish?: string;
  usage?: { input: number; output: number; cached?: number };
  /** Characters a piece of a streamed text. */
  pieceLength?: number;
  /** Milliseconds before the first byte. */
  delayMs?: number;
  /** Ends the connection after this many pieces. */
  cutAfter?: number;
  /** Stops after the first piece and never ends. */
  hangAfterFirst?: boolean;
  /** Never answers. */
  hang?: boolean;
  /** Closes the connection without an answer. */
  reset?: boolean;
  status?: number;
  error?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is in place of the protocol's own form. */
  raw?: string;
  contentType?: string;
};

export type Asked = {
  path: string;
  headers: IncomingMessage['headers'];
  /** The parsed JSON of the request. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into requests of two protocols
  body: any;
};

export type ModelServer = {
  url: string;
  /** Every request, in order. */
  asked: Asked[];
  close(): Promise<void>;
};

export type Script = ScriptedReply[] | ((asked: Asked, call: number) => ScriptedReply);

/** Gives the nth reply of a script; the last one again when it has ended. */
export function nextReply(script: Script, asked: Asked, call: number): ScriptedReply {
  if (typeof script === 'function') return script(asked, call);
  return script[Math.min(call, script.length - 1)] ?? {};
}

/** A server on a free port of this machine; hanging connections end with it. */
export async function startServer(
  handle: (asked: Asked, response: ServerResponse) => void | Promise<void>,
): Promise<ModelServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const one: Asked = {
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    asked.push(one);
    response.on('error', () => {});
    await handle(one, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The faults that do not depend on the protocol. @returns true when the reply has been given */
export async function serveFault(reply: ScriptedReply, response: ServerResponse): Promise<boolean> {
  if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
  if (reply.hang) return true;
  if (reply.reset) {
    response.socket?.destroy();
    return true;
  }
  if (reply.status !== undefined && reply.status >= 300) {
    const isText = typeof reply.error === 'string';
    const type = reply.contentType ?? 'application/json';
    response.writeHead(reply.status, { 'content-type': type, ...reply.headers });
    response.end(isText ? (reply.error as string) : JSON.stringify(reply.error ?? {}));
    return true;
  }
  if (reply.raw !== undefined) {
    response.writeHead(200, { 'content-type': reply.contentType ?? 'application/json' });
    response.end(reply.raw);
    return true;
  }
  return false;
}

/** Sends the pieces of a stream, with its faults. */
export async function serveStream(
  reply: ScriptedReply,
  response: ServerResponse,
  contentType: string,
  pieces: readonly string[],
): Promise<void> {
  response.writeHead(200, { 'content-type': contentType, ...reply.headers });
  for (const [index, piece] of pieces.entries()) {
    if (reply.cutAfter !== undefined && index >= reply.cutAfter) {
      response.socket?.destroy();
      return;
    }
    if (reply.hangAfterFirst && index > 0) return;
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

/** A text in pieces of a length. */
export function piecesOf(text: string, length: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return pieces.length > 0 ? pieces : [''];
}
