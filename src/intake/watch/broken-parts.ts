import { oneLine } from '#src/platform/sanitize.ts';

const DOWN =
  /^(?:down|fail(?:ed|ing|ure)?|error|unhealthy|unavailable|unreachable|disconnected|offline|broken|out_of_service)$/i;
/** Under these names frameworks list what a service is made of or depends on. */
const LISTS =
  /^(?:components?|checks?|dependenc(?:y|ies)|details|services|results|entries|info|upstreams?|backends?)$/i;
/** What speaks of the whole service or of a measure, not of something that it depends on. */
const NOT_PARTS =
  /^(?:status|state|health|healthy|ready|live|liveness|readiness|result|outcome|message|error|errors|reason|output|description|severity|level|code|ping|self|disk_?space)$/i;
const STATES = ['status', 'state', 'health', 'healthy', 'ok', 'up', 'connected', 'available'];
const MOST_NODES = 2000;
const MOST_DEPTH = 6;
const MOST_PARTS = 20;

/**
 * The parts that a health answer says are down: `{"components":{"db":{"status":"DOWN"}}}` (Spring
 * Boot), `{"checks":{"db:connections":[{"status":"fail"}]}}` (draft-inadarei-api-health-check),
 * `{"dependencies":{"db":"disconnected"}}`, `{"db":{"connected":false}}` and the like.
 * @returns their names, sorted; none for what is no JSON object
 */
export function brokenParts(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const found = new Set<string>();
  const budget = { nodes: MOST_NODES };
  walk(value, null, 0, found, budget);
  return [...found].sort().slice(0, MOST_PARTS);
}

/** @param name of the part that `value` describes; null at the top and in lists of parts */
function walk(
  value: unknown,
  name: string | null,
  depth: number,
  found: Set<string>,
  budget: { nodes: number },
): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MOST_DEPTH || --budget.nodes < 0) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, ownName(item) ?? name, depth + 1, found, budget);
    return;
  }
  if (name !== null && isDown(value as Record<string, unknown>)) found.add(clean(name));
  for (const [key, inner] of Object.entries(value)) {
    if (LISTS.test(key)) walk(inner, null, depth + 1, found, budget);
    else if (NOT_PARTS.test(key)) continue;
    else if (typeof inner === 'object') walk(inner, key, depth + 1, found, budget);
    else if (typeof inner === 'string' && depth > 0 && DOWN.test(inner)) found.add(clean(key));
  }
}

function ownName(item: unknown): string | null {
  const { name, component, id } = (item ?? {}) as Record<string, unknown>;
  for (const given of [name, component, id]) if (typeof given === 'string' && given) return given;
  return null;
}

function isDown(part: Record<string, unknown>): boolean {
  return STATES.some((key) => {
    const state = part[key];
    return state === false || (typeof state === 'string' && DOWN.test(state));
  });
}

/** `db:connections` measures `db`. */
function clean(name: string): string {
  return oneLine(name.slice(0, 400)).split(':', 1)[0]?.slice(0, 80) || 'a part';
}
