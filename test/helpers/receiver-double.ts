import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { httpServer } from './http-server.ts';

/** A request that a double has seen, in order; `fault` names what it did instead of answering. */
export type SeenRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  fault: Fault | null;
  /** Milliseconds on a clock that never jumps. */
  at: number;
};

/** What goes wrong with a request: an answer of this status, or none at all. */
export type Fault =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'reset'
  | 'hang'
  /** Does the work, and cuts before it says so. */
  | 'lost-answer';

export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

export type ReceiverDouble = { url: string; seen: SeenRequest[]; faults: (Fault | null)[] };

/**
 * A server that answers as `answer` says, after the faults that a test puts in the list: each is
 * for one request, in order.
 */
export async function receiverDouble(
  answer: (request: SeenRequest) => Answer,
): Promise<ReceiverDouble> {
  const seen: SeenRequest[] = [];
  const faults: (Fault | null)[] = [];
  const url = await httpServer((request, response, at) => {
    void readAll(request).then((body) => {
      const fault = faults.shift() ?? null;
      const made: SeenRequest = {
        method: request.method ?? '',
        path: at.pathname,
        query: at.searchParams,
        headers: request.headers,
        body,
        fault,
        at: performance.now(),
      };
      seen.push(made);
      if (fault === 'hang') return;
      if (fault === 'reset') {
        response.destroy();
        return;
      }
      if (fault !== null && fault !== 'lost-answer') {
        response.writeHead(fault.status, fault.headers);
        response.end(fault.body ?? '');
        return;
      }
      const answered = answer(made);
      if (fault === 'lost-answer') response.destroy();
      else send(response, answered);
    });
  });
  return { url, seen, faults };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/plain' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  } catch {
    // The client went away; what came is what there is.
  }
  return Buffer.concat(chunks).toString('utf8');
}
