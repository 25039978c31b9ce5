import type { z } from 'zod';

/**
 * Gives records their keys in the order of a schema, whoever made them, so that equal records are
 * written as equal text. Keys that the schema does not name follow in their own order.
 */
export function inOrderOf<T extends object>(schema: z.ZodObject): (record: T) => T {
  const keys = Object.keys(schema.shape);
  return (record) => {
    const fields = record as Record<string, unknown>;
    const ordered: Record<string, unknown> = {};
    for (const key of keys) if (fields[key] !== undefined) ordered[key] = fields[key];
    return { ...ordered, ...record } as T;
  };
}
