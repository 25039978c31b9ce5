import { Random, seedOf } from './random.ts';
import { instantiate, type Style, templatesOf } from './style.ts';

/** Raw lines with the number of each one's true template. */
export type Corpus = { name: string; lines: string[]; messages: string[]; truth: number[] };

/** `count` lines of a style; the same for the same seed. */
export function generate(style: Style, count: number, seed = 1): Corpus {
  const random = new Random(seedOf(style.name) + seed);
  const templates = templatesOf(style);
  const corpus: Corpus = { name: style.name, lines: [], messages: [], truth: [] };
  let at = Date.UTC(2024, 2, 5, 7, 0, 0);
  for (let i = 0; i < count; i++) {
    at += Math.floor(-Math.log(1 - random.next()) * 900);
    const index = pickTemplate(templates, random);
    const template = templates[index] as (typeof templates)[number];
    random.template = index;
    const message = instantiate(template, random, style);
    const { header, wrap } = style;
    const line = wrap
      ? wrap(random, at, template.level, message)
      : header(random, at, template.level) + message;
    corpus.lines.push(line);
    corpus.messages.push(message);
    corpus.truth.push(index);
  }
  return corpus;
}

function pickTemplate(templates: readonly { weight: number }[], random: Random): number {
  let left = random.next();
  for (let index = 0; index < templates.length; index++) {
    left -= (templates[index] as { weight: number }).weight;
    if (left <= 0) return index;
  }
  return templates.length - 1;
}
