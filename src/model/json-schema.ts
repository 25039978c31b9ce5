import { z } from 'zod';

/** A JSON Schema node (2020-12), as plain data. */
export type JsonSchema = { [key: string]: unknown };

// What the checks after the reply see to; grammars of servers choke on many of them
// (patterns, large repetition counts), and OpenAI's strict mode refuses some.
const LEFT_OUT = new Set([
  '$schema',
  '$id',
  'default',
  'examples',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'propertyNames',
  'contentEncoding',
]);
// Keys under which names stand that an author chose, not keywords.
const NAMED = new Set(['properties', '$defs', 'definitions', 'patternProperties']);

/** The shape of what a model must write, without the limits that are checked afterwards. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const full = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref' });
  return withoutLimits(full) as JsonSchema;
}

function withoutLimits(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutLimits);
  if (typeof node !== 'object' || node === null) return node;
  const kept: JsonSchema = {};
  for (const [key, value] of Object.entries(node)) {
    if (LEFT_OUT.has(key)) continue;
    const name = key === 'oneOf' ? 'anyOf' : key;
    kept[name] = NAMED.has(key) ? eachValue(value, withoutLimits) : withoutLimits(value);
  }
  return kept;
}

function eachValue(value: unknown, change: (node: unknown) => unknown): JsonSchema {
  return Object.fromEntries(
    Object.entries(value as JsonSchema).map(([name, node]) => [name, change(node)]),
  );
}

/**
 * The schema as OpenAI's strict mode takes it: every object closed, every property required, an
 * optional one may be null (nulls are taken for absent when the reply is read).
 * https://platform.openai.com/docs/guides/structured-outputs (supported schemas)
 * @returns null for what strict mode cannot say: open objects, tuples, intersections, a root that is no object
 */
export function strictSchemaOf(schema: JsonSchema): JsonSchema | null {
  return schema.type === 'object' ? strict(schema) : null;
}

function strict(node: JsonSchema): JsonSchema | null {
  if ('allOf' in node || 'prefixItems' in node || 'patternProperties' in node) return null;
  const result: JsonSchema = { ...node };
  if (node.type === 'object') {
    const closed = closeObject(node);
    if (closed === null) return null;
    Object.assign(result, closed);
  }
  if (node.type === 'array') {
    const items = typeof node.items === 'object' ? strict(node.items as JsonSchema) : null;
    if (items === null) return null;
    result.items = items;
  }
  if (Array.isArray(node.anyOf)) {
    const options = node.anyOf.map((option) => strict(option as JsonSchema));
    if (options.includes(null)) return null;
    result.anyOf = options;
  }
  if (node.$defs !== undefined) {
    const defs = eachValue(node.$defs, (inner) => strict(inner as JsonSchema));
    if (Object.values(defs).includes(null)) return null;
    result.$defs = defs;
  }
  // `{}` allows anything, which strict mode has no word for.
  return Object.keys(node).length === 0 ? null : result;
}

function closeObject(node: JsonSchema): JsonSchema | null {
  if (typeof node.additionalProperties === 'object' || node.properties === undefined) return null;
  const required = new Set(node.required as string[] | undefined);
  const properties: JsonSchema = {};
  for (const [name, value] of Object.entries(node.properties as JsonSchema)) {
    const inner = strict(value as JsonSchema);
    if (inner === null) return null;
    properties[name] = required.has(name) ? inner : { anyOf: [inner, { type: 'null' }] };
  }
  return { properties, required: Object.keys(properties), additionalProperties: false };
}
