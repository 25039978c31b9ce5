import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeForm } from '#src/model/describe-form.ts';
import { jsonSchemaOf, strictSchemaOf } from '#src/model/json-schema.ts';

const schema = z.object({
  verdict: z.enum(['a', 'b']).describe('how sure'),
  pattern: z.string().regex(/x/).max(5).default('x'),
  cites: z.array(z.object({ id: z.string(), at: z.number().int().optional() })).max(3),
  kind: z.discriminatedUnion('k', [
    z.object({ k: z.literal('x'), v: z.number().nullable() }),
    z.object({ k: z.literal('y') }),
  ]),
});

describe('jsonSchemaOf', () => {
  it('keeps the shape and leaves the limits out', () => {
    const json = jsonSchemaOf(schema);
    expect(JSON.stringify(json)).not.toMatch(/maxItems|maxLength|"regex|default|\$schema|oneOf/);
    // A field may be called like a keyword that is left out.
    expect(json.properties).toHaveProperty('pattern', { type: 'string' });
    expect(json.required).toEqual(['verdict', 'cites', 'kind']);
  });
});

describe('strictSchemaOf', () => {
  it('closes every object and makes what is optional nullable', () => {
    const strict = strictSchemaOf(jsonSchemaOf(schema)) as Record<string, never>;
    const text = JSON.stringify(strict);
    expect(strict.required).toEqual(['verdict', 'pattern', 'cites', 'kind']);
    expect(text.match(/"type":"object"/g)?.length).toBe(
      text.match(/"additionalProperties":false/g)?.length,
    );
    expect(text).toContain('"at":{"anyOf":[{"type":"integer"},{"type":"null"}]}');
  });

  it.each([
    ['an open record', z.object({ a: z.record(z.string(), z.number()) })],
    ['anything', z.object({ a: z.unknown() })],
    ['a tuple', z.object({ a: z.tuple([z.string(), z.number()]) })],
    ['a list at the root', z.array(z.string())],
  ])('is not possible for %s', (_what, form) => {
    expect(strictSchemaOf(jsonSchemaOf(form))).toBeNull();
  });
});

describe('describeForm', () => {
  it('reads like a type', () => {
    expect(describeForm(schema)).toBe(
      '{ "verdict": "a" | "b" /* how sure */, "pattern"?: string, "cites": { "id": string, "at"?: integer }[], "kind": { "k": "x", "v": number | null } | { "k": "y" } }',
    );
    expect(describeForm(z.record(z.string(), z.number()))).toBe('{ [name: string]: number }');
    expect(describeForm(z.array(z.union([z.string(), z.number()])))).toBe('(string | number)[]');
  });

  it('ends for a form that contains itself', () => {
    const tree: z.ZodType = z.lazy(() => z.object({ name: z.string(), kids: z.array(tree) }));
    expect(describeForm(tree)).toContain('"kids": any[]');
  });
});
