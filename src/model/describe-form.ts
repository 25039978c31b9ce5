import type { z } from 'zod';
import { type JsonSchema, jsonSchemaOf } from '#src/model/json-schema.ts';

const DEEPEST = 12;

/**
 * The form of an answer in the notation of TypeScript, for the prompt: half the tokens of a JSON
 * Schema, and small models do not copy it into their answer in place of values.
 */
export function describeForm(schema: z.ZodType): string {
  const root = jsonSchemaOf(schema);
  return describe(root, root, 0);
}

/** What to tell a model that answers in a form which its server does not hold it to. */
export function formInstruction(schema: z.ZodType): string {
  return `Answer with one JSON value of this form and nothing else, no prose and no code fence:\n${describeForm(schema)}`;
}

function describe(node: JsonSchema, root: JsonSchema, depth: number): string {
  if (depth > DEEPEST) return 'any';
  if ('const' in node) return JSON.stringify(node.const);
  if (Array.isArray(node.enum)) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(node.anyOf)) {
    const options = node.anyOf.map((option) => describe(option as JsonSchema, root, depth + 1));
    return [...new Set(options)].join(' | ');
  }
  if (typeof node.$ref === 'string') return describeReference(node.$ref, root, depth);
  if (Array.isArray(node.type)) return node.type.join(' | ');
  if (node.type === 'array') return describeArray(node, root, depth);
  if (node.type === 'object') return describeObject(node, root, depth);
  return typeof node.type === 'string' ? node.type : 'any';
}

function describeReference(reference: string, root: JsonSchema, depth: number): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const target = reference === '#' ? root : (root.$defs as JsonSchema | undefined)?.[name];
  // A form that contains itself is shown once.
  if (depth > 6 || typeof target !== 'object' || target === null) return 'any';
  return describe(target as JsonSchema, root, depth + 1);
}

function describeArray(node: JsonSchema, root: JsonSchema, depth: number): string {
  if (Array.isArray(node.prefixItems)) {
    const items = node.prefixItems.map((item) => describe(item as JsonSchema, root, depth + 1));
    return `[${items.join(', ')}]`;
  }
  const item =
    typeof node.items === 'object' ? describe(node.items as JsonSchema, root, depth + 1) : 'any';
  return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function describeObject(node: JsonSchema, root: JsonSchema, depth: number): string {
  const required = new Set(node.required as string[] | undefined);
  const fields = Object.entries((node.properties ?? {}) as JsonSchema).map(([name, value]) => {
    const inner = value as JsonSchema;
    const about = typeof inner.description === 'string' ? ` /* ${inner.description} */` : '';
    return `"${name}"${required.has(name) ? '' : '?'}: ${describe(inner, root, depth + 1)}${about}`;
  });
  if (fields.length === 0 && typeof node.additionalProperties === 'object') {
    const value = describe(node.additionalProperties as JsonSchema, root, depth + 1);
    return `{ [name: string]: ${value} }`;
  }
  return `{ ${fields.join(', ')} }`;
}
