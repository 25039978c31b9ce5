import { z } from 'zod';
import { type Rule, ruleSchema } from '#src/domain/bundle.ts';
import { InputError } from '#src/domain/errors.ts';
import { type ServiceEntry, serviceEntrySchema } from '#src/domain/service.ts';

/**
 * Alerting rules, whether the file holds the whole answer of `/api/v1/rules`, its `data`, a list
 * of groups, or a list of rules. Recording rules are left out.
 * @throws InputError when it is none of these
 */
export function parseRules(value: unknown, where: string): Rule[] {
  const found: Rule[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (depth > 6 || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) visit(item, depth + 1);
      return;
    }
    const fields = node as Record<string, unknown>;
    const query = fields.query ?? fields.expr;
    const name = fields.name ?? fields.alert;
    if (typeof query === 'string' && typeof name === 'string') {
      if (fields.type === 'recording' || 'record' in fields) return;
      const rule = ruleSchema.safeParse({ ...fields, query, name, duration: durationOf(fields) });
      if (rule.success) found.push(rule.data);
      return;
    }
    for (const key of ['data', 'groups', 'rules']) visit(fields[key], depth + 1);
  };
  if (typeof value !== 'object' || value === null) {
    throw new InputError('expected rules as /api/v1/rules gives them', { where });
  }
  visit(value, 0);
  return found;
}

function durationOf(fields: Record<string, unknown>): number | undefined {
  return typeof fields.duration === 'number' ? fields.duration : undefined;
}

// A foreign registry may hold more and other fields than ours: what fits is taken.
const lenientEntrySchema = z.object(
  Object.fromEntries(
    Object.entries(serviceEntrySchema.shape).map(([key, field]) => [
      key,
      (field as z.ZodType).catch(undefined),
    ]),
  ),
);

/** Services by name. @throws InputError when the value is no object (or list) of entries */
export function parseServices(value: unknown, where: string): Map<string, ServiceEntry> {
  if (typeof value !== 'object' || value === null) {
    throw new InputError('expected an object from service name to entry', { where });
  }
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.flatMap((item: unknown) => {
        const name = (item as { name?: unknown } | null)?.name;
        return typeof name === 'string' ? [[name, item] as [string, unknown]] : [];
      })
    : Object.entries(value);
  const services = new Map<string, ServiceEntry>();
  for (const [name, entry] of entries) {
    if (name.startsWith('_') && !Array.isArray(value)) continue;
    const parsed = lenientEntrySchema.safeParse(entry ?? {});
    const fields = parsed.success ? parsed.data : {};
    services.set(
      name,
      Object.fromEntries(
        Object.entries(fields).filter(([, field]) => field !== undefined),
      ) as ServiceEntry,
    );
  }
  return services;
}
