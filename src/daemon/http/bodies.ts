import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { checkSchema, parseJson } from '#src/platform/json-file.ts';

const WHERE = 'request body';

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
      return parseJson(body.toString('utf8'), WHERE);
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
