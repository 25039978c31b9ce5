import type { Random } from './random.ts';
import { VALUES } from './values.ts';

/** How one system logs. */
export type Style = {
  name: string;
  /** The beginning of a line up to the message; `at` is in epoch milliseconds. */
  header: (random: Random, at: number, level: string) => string;
  /** Wraps the message where the header is not simply put before it (JSON, logfmt). */
  wrap?: (random: Random, at: number, level: string, message: string) => string;
  /**
   * One template a line: `[weight*] [LEVEL!] text with {kind:arg}`. `{a|b|c}` picks one of the
   * words, `{list:kind}` and `{row:kind}` give one to six values with and without commas,
   * `{opt:text}` a text that is there half of the time. All of them are parameters: lines of
   * one template belong together whatever they hold. `⟨` and `⟩` are written as braces.
   */
  templates: string;
  /** Values of this system's own placeholders. */
  pools?: Record<string, readonly string[]>;
  /** Falling exponent of the templates' weights, in the order written. */
  skew?: number;
};

type Part = string | { kind: string; arg: string };
export type Template = { level: string; weight: number; parts: Part[] };

const HEAD = /^(?:(\d+)\* )?(?:([A-Z]+)! )?(.*)$/;

/** The templates of a style, with weights that sum up to 1. */
export function templatesOf(style: Style): Template[] {
  const lines = style.templates.split('\n').map((line) => line.trim());
  const templates = lines.filter(Boolean).map((line, index) => {
    const [, weight, level, text = ''] = HEAD.exec(line) ?? [];
    const falling = 1 / (index + 1) ** (style.skew ?? 0.7);
    return {
      level: level ?? 'INFO',
      weight: weight ? Number(weight) : falling,
      parts: parse(text),
    };
  });
  const total = templates.reduce((sum, template) => sum + template.weight, 0);
  for (const template of templates) template.weight /= total;
  return templates;
}

function parse(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{([A-Za-z][^{}]*)\}/g)) {
    parts.push(text.slice(at, match.index));
    at = match.index + match[0].length;
    const body = match[1] as string;
    const colon = body.indexOf(':');
    if (body.includes('|')) parts.push({ kind: '|', arg: body });
    else if (colon < 0) parts.push({ kind: body, arg: '' });
    else parts.push({ kind: body.slice(0, colon), arg: body.slice(colon + 1) });
  }
  parts.push(text.slice(at));
  return parts;
}

/** One message of a template. */
export function instantiate(template: Template, random: Random, style: Style): string {
  return template.parts
    .map((part) => (typeof part === 'string' ? part : value(part.kind, part.arg, random, style)))
    .join('')
    .replaceAll('⟨', '{')
    .replaceAll('⟩', '}');
}

function value(kind: string, arg: string, random: Random, style: Style): string {
  if (kind === '|') return random.zipf(arg.split('|'), 0.8);
  if (kind === 'opt') return random.chance(0.5) ? arg : '';
  if (kind === 'list' || kind === 'row') {
    const items = Array.from({ length: random.int(1, 6) }, () => value(arg, '', random, style));
    return items.join(kind === 'list' ? ', ' : ' ');
  }
  const pool = style.pools?.[kind];
  if (pool) return random.zipf(pool);
  const maker = VALUES[kind];
  if (!maker) throw new Error(`no values for {${kind}} in ${style.name}`);
  return maker(random, arg);
}
