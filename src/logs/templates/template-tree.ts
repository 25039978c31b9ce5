import { WILD } from './marks.ts';

type Leaf = { tokens: readonly string[]; value: number }[];
type Node = { children: Map<string, Node>; leaf: Leaf };

const DEPTH = 3;
const MAX_BRANCHES = 64;

/**
 * Drain's fixed-depth tree (He et al., ICWS 2017): by number of tokens, then by the leading tokens, of
 * which a parameter takes any. It finds the template that covers a message among many at the price
 * of a few steps; unlike in Drain, templates do not change here, they come out of `consolidate`.
 */
export class TemplateTree {
  readonly #roots = new Map<number, Node>();

  add(tokens: readonly string[], value: number): void {
    let node = childOf(this.#roots, tokens.length);
    for (let at = 0; at < Math.min(DEPTH, tokens.length); at++) {
      node = childOf(node.children, tokens[at] as string);
    }
    node.leaf.push({ tokens, value });
  }

  /** The value of the covering template with the most text, the earlier one of equals; -1 when none covers. */
  find(tokens: readonly string[]): number {
    const root = this.#roots.get(tokens.length);
    if (!root) return -1;
    let best = -1;
    let bestText = -1;
    let open: Node[] = [root];
    for (let at = 0; at < Math.min(DEPTH, tokens.length); at++) {
      const next: Node[] = [];
      for (const node of open) {
        const exact = node.children.get(tokens[at] as string);
        if (exact) next.push(exact);
        const wild = tokens[at] === WILD ? undefined : node.children.get(WILD);
        if (wild) next.push(wild);
      }
      open = next.slice(0, MAX_BRANCHES);
    }
    for (const node of open) {
      for (const { tokens: template, value } of node.leaf) {
        const text = textShared(template, tokens);
        if (text > bestText || (text === bestText && value < best)) {
          best = value;
          bestText = text;
        }
      }
    }
    return best;
  }
}

/** How many tokens are the same, or -1 when the template does not cover the message. */
function textShared(template: readonly string[], tokens: readonly string[]): number {
  let same = 0;
  for (let at = 0; at < template.length; at++) {
    if (template[at] === tokens[at]) same++;
    else if (template[at] !== WILD) return -1;
  }
  return same;
}

function childOf<K>(children: Map<K, Node>, key: K): Node {
  let child = children.get(key);
  if (!child) {
    child = { children: new Map(), leaf: [] };
    children.set(key, child);
  }
  return child;
}
