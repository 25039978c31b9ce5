/**
 * A small stand-in that speaks MongoDB's wire protocol (OP_MSG) well enough for the real driver:
 * hello, ping, insert, find, update, delete on collections in memory. It is no database.
 */
import { createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { answerCommand } from './commands.ts';

const OP_MSG = 2013;
const OP_QUERY = 2004;
const OP_REPLY = 1;
const LONGEST_MESSAGE = 48 * 1024 * 1024;

const sockets = new Set<Socket>();
let nextRequestId = 1;

const server = createServer((socket) => {
  sockets.add(socket);
  let pending: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4) {
      const length = pending.readInt32LE(0);
      if (length < 16 || length > LONGEST_MESSAGE) {
        socket.destroy();
        return;
      }
      if (pending.length < length) return;
      const message = pending.subarray(0, length);
      pending = pending.subarray(length);
      const reply = answer(message);
      if (reply) socket.write(reply);
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
});

/** The reply to one message, or null where none is wanted. */
function answer(message: Buffer): Buffer | null {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_QUERY) {
    // The driver's first hello may still come in the old form.
    const nameEnd = message.indexOf(0, 20);
    const query = BSON.deserialize(message.subarray(nameEnd + 9));
    const body = Buffer.from(BSON.serialize(answerCommand(query)));
    const head = Buffer.alloc(20);
    head.writeInt32LE(1, 16);
    return frame(OP_REPLY, requestId, Buffer.concat([head, body]));
  }
  if (opCode !== OP_MSG) return null;
  const flags = message.readUInt32LE(16);
  const reply = Buffer.from(BSON.serialize(answerCommand(readSections(message, flags))));
  const isQuiet = (flags & 2) !== 0;
  return isQuiet ? null : frame(OP_MSG, requestId, Buffer.concat([Buffer.alloc(5), reply]));
}

/** Joins the body of an OP_MSG with its document sequences. */
function readSections(message: Buffer, flags: number): BSON.Document {
  const command: BSON.Document = {};
  const end = message.length - (flags & 1 ? 4 : 0);
  let at = 20;
  while (at < end) {
    const kind = message.readUInt8(at);
    const size = message.readInt32LE(at + 1);
    if (kind === 0)
      Object.assign(command, BSON.deserialize(message.subarray(at + 1, at + 1 + size)));
    else {
      const nameEnd = message.indexOf(0, at + 5);
      const name = message.toString('utf8', at + 5, nameEnd);
      const documents: BSON.Document[] = [];
      let next = nameEnd + 1;
      while (next < at + 1 + size) {
        const length = message.readInt32LE(next);
        documents.push(BSON.deserialize(message.subarray(next, next + length)));
        next += length;
      }
      command[name] = documents;
    }
    at += 1 + size;
  }
  return command;
}

function frame(opCode: number, responseTo: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + body.length, 0);
  head.writeInt32LE(nextRequestId++, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(opCode, 12);
  return Buffer.concat([head, body]);
}

for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
  process.on(signal, () => {
    for (const socket of sockets) socket.destroy();
    server.close(() => process.exit(0));
  });
}
server.listen(Number(process.env.PORT ?? 27017), process.env.HOST ?? '127.0.0.1', () => {
  // Who started us may have gone meanwhile.
  if (process.connected === false) process.exit(0);
  process.send?.({ ready: true });
});
