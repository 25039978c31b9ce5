import type { FastifyInstance } from 'fastify';
import { type Collection, ObjectId } from 'mongodb';

export type Item = { name: string; price: number };

const body = {
  type: 'object',
  required: ['name', 'price'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 200 },
    price: { type: 'number', minimum: 0 },
  },
} as const;

type One = { Params: { id: string } };

/** Create, read, update and delete under `/items/`. */
export function addItemRoutes(server: FastifyInstance, items: () => Collection<Item>): void {
  server.post<{ Body: Item }>('/items/', { schema: { body } }, async (request, reply) => {
    const { insertedId } = await items().insertOne({ ...request.body });
    return reply.code(201).send({ id: insertedId.toHexString(), ...request.body });
  });
  server.get('/items/', async () => {
    const found = await items().find({}).sort({ _id: -1 }).limit(100).toArray();
    return found.map(({ _id, name, price }) => ({ id: _id.toHexString(), name, price }));
  });
  server.get<One>('/items/:id', async (request, reply) => {
    const id = toId(request.params.id);
    const item = id && (await items().findOne({ _id: id }));
    if (!item) return reply.code(404).send({ error: 'no such item' });
    return { id: item._id.toHexString(), name: item.name, price: item.price };
  });
  server.put<One & { Body: Item }>('/items/:id', { schema: { body } }, async (request, reply) => {
    const id = toId(request.params.id);
    const result = id && (await items().updateOne({ _id: id }, { $set: request.body }));
    if (!result || result.matchedCount === 0)
      return reply.code(404).send({ error: 'no such item' });
    return { id: request.params.id, ...request.body };
  });
  server.delete<One>('/items/:id', async (request, reply) => {
    const id = toId(request.params.id);
    const result = id && (await items().deleteOne({ _id: id }));
    if (!result || result.deletedCount === 0)
      return reply.code(404).send({ error: 'no such item' });
    return reply.code(204).send();
  });
}

function toId(text: string): ObjectId | null {
  return ObjectId.isValid(text) ? new ObjectId(text) : null;
}
