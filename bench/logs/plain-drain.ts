/**
 * Plain Drain (He et al., ICWS 2017), the yardstick: a tree of fixed depth over token count and
 * leading tokens, then the most similar cluster; only numbers and IP addresses are masked.
 */
type Cluster = { id: number; tokens: string[] };
type Node = { children: Map<string, Node>; clusters: Cluster[] };

const MAX_CHILDREN = 100;
const IP = /\/?\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b/g;
const NUMBER = /(?<=^|[^A-Za-z0-9])-?\+?\d+(?=$|[^A-Za-z0-9])/g;

export class PlainDrain {
  readonly #depth: number;
  readonly #similarity: number;
  readonly #root: Node = node();
  #count = 0;

  /** @param depth levels of the tree, as the paper counts them: with the root and the leaf level */
  constructor(depth = 4, similarity = 0.4) {
    this.#depth = depth - 2;
    this.#similarity = similarity;
  }

  get size(): number {
    return this.#count;
  }

  /** The number of the line's cluster. */
  add(message: string): number {
    const tokens = message.replace(IP, '<*>').replace(NUMBER, '<*>').trim().split(/\s+/);
    const leaf = this.#leaf(tokens);
    const found = best(leaf.clusters, tokens, this.#similarity);
    if (!found) {
      const cluster = { id: this.#count++, tokens };
      leaf.clusters.push(cluster);
      return cluster.id;
    }
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i] !== found.tokens[i]) found.tokens[i] = '<*>';
    }
    return found.id;
  }

  #leaf(tokens: readonly string[]): Node {
    let at = child(this.#root, String(tokens.length), false);
    for (let level = 0; level < this.#depth && level < tokens.length; level++) {
      at = child(at, tokens[level] as string, true);
    }
    return at;
  }
}

function node(): Node {
  return { children: new Map(), clusters: [] };
}

function child(parent: Node, token: string, bounded: boolean): Node {
  const variable =
    bounded &&
    (/\d/.test(token) || (!parent.children.has(token) && parent.children.size >= MAX_CHILDREN));
  const key = variable ? '<*>' : token;
  let next = parent.children.get(key);
  if (!next) {
    next = node();
    parent.children.set(key, next);
  }
  return next;
}

function best(
  clusters: readonly Cluster[],
  tokens: readonly string[],
  similarity: number,
): Cluster | null {
  let found: Cluster | null = null;
  let bestScore = -1;
  let bestWild = -1;
  for (const cluster of clusters) {
    let same = 0;
    let wild = 0;
    for (let i = 0; i < tokens.length; i++) {
      if (cluster.tokens[i] === '<*>') wild++;
      else if (cluster.tokens[i] === tokens[i]) same++;
    }
    const score = same / tokens.length;
    if (score > bestScore || (score === bestScore && wild > bestWild)) {
      found = cluster;
      bestScore = score;
      bestWild = wild;
    }
  }
  return bestScore >= similarity ? found : null;
}
