import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bodyOf } from '#src/daemon/http/bodies.ts';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import { InputError } from '#src/domain/errors.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import type { RecordedChange } from '#src/store/contract.ts';

const text = (most: number) => z.string().min(1).max(most);

const changeSchema = z.object({
  kind: z.enum(['deploy', 'flag', 'note']).optional(),
  timestamp: z.string().max(64).optional(),
  service: text(200).optional(),
  commit: text(200).optional(),
  version: text(200).optional(),
  name: text(200).optional(),
  from: z
    .union([z.string().max(2000), z.number(), z.boolean()])
    .transform(String)
    .optional(),
  to: z
    .union([z.string().max(2000), z.number(), z.boolean()])
    .transform(String)
    .optional(),
  source: text(200).optional(),
  title: text(2000).optional(),
  body: text(20_000).optional(),
});
type Change = z.output<typeof changeSchema>;

/** `POST /changes`: deploys, flags and other changes, told by CI jobs. */
export function addChangeRoutes(server: FastifyInstance, { parts }: RouteParts): void {
  server.post('/changes', async (request, reply) => {
    const change = toChange(bodyOf(request, changeSchema), parts.clock.now());
    const isNew = await parts.store.addChange(change);
    void reply.code(isNew ? 201 : 200);
    return { added: isNew, change };
  });
}

function toChange(given: Change, now: number): RecordedChange {
  const at = given.timestamp === undefined ? now : parseTime(given.timestamp);
  if (at === null || at > now + 60_000) {
    throw wrong('timestamp: expected an RFC 3339 time that is not in the future');
  }
  const timestamp = formatTime(at);
  const service = given.service === undefined ? {} : { service: given.service };
  const kind = given.kind ?? kindOf(given);
  if (kind === 'deploy') {
    if (given.service === undefined) throw wrong('service: a deploy needs it');
    if (given.commit === undefined && given.version === undefined) {
      throw wrong('commit or version: a deploy needs one of them');
    }
    const version = given.version === undefined ? {} : { version: given.version };
    return { kind, timestamp, service: given.service, commit: given.commit ?? '', ...version };
  }
  if (kind === 'flag') {
    if (given.name === undefined) throw wrong('name: a flag needs it');
    const from = given.from === undefined ? {} : { from: given.from };
    const to = given.to === undefined ? {} : { to: given.to };
    return { kind, timestamp, name: given.name, ...from, ...to, ...service };
  }
  if (given.title === undefined) throw wrong('title: a note needs it');
  const body = given.body === undefined ? {} : { body: given.body };
  return {
    kind: 'note',
    timestamp,
    source: given.source ?? 'change',
    title: given.title,
    ...body,
    ...service,
  };
}

function kindOf(given: Change): RecordedChange['kind'] {
  if (given.commit !== undefined || given.version !== undefined) return 'deploy';
  return given.name !== undefined ? 'flag' : 'note';
}

function wrong(message: string): InputError {
  return new InputError(message, { where: 'request body' });
}
