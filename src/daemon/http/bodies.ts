import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InputError } from '#src/domain/errors.ts';
import { checkSchema, parseJson } from '#src/platform/json-file.ts';

const WHERE = 'request body';
/** Of longer bodies it is not said where they are broken: finding it costs many times the parsing. */
const MOST_EXPLAINED = 16 * 1024;

/** The bytes of bodies, for signatures; they live as long as the request does. */
const RAW = new WeakMap<FastifyRequest, Buffer>();

/** Reads JSON and forms; anything else is refused by Fastify with 415. */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      RAW.set(request, body);
      return parseBody(body.toString('utf8'));
    },
  );
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      RAW.set(request, body);
      return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    },
  );
}

function parseBody(text: string): unknown {
  if (text.length <= MOST_EXPLAINED) return parseJson(text, WHERE);
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('is not valid JSON', { where: WHERE });
  }
}

/** The bytes of a request's body. */
export function rawBody(request: FastifyRequest): Buffer | undefined {
  return RAW.get(request);
}

/** Whether the body came from a form of a page. */
export function isForm(request: FastifyRequest): boolean {
  return /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
}

/** Checks a body against a schema. @throws InputError that names the first wrong key */
export function bodyOf<T extends z.ZodType>(request: FastifyRequest, schema: T): z.output<T> {
  return checkSchema(schema, request.body, WHERE);
}
