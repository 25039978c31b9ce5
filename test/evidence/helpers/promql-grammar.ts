import { parser } from '@prometheus-io/lezer-promql';

/** What a PromQL expression asks for. */
export type ParsedQuery = {
  /** False where the grammar finds a mistake. */
  isValid: boolean;
  selectors: { name: string | null; matchers: { label: string; op: string; value: string }[] }[];
};

/** Parses by the grammar of Prometheus' own web interface. */
export function parsePromql(query: string): ParsedQuery {
  const tree = parser.parse(query);
  const parsed: ParsedQuery = { isValid: true, selectors: [] };
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) parsed.isValid = false;
      const text = query.slice(node.from, node.to);
      const last = parsed.selectors.at(-1);
      if (node.name === 'VectorSelector') parsed.selectors.push({ name: null, matchers: [] });
      else if (node.name === 'Identifier' && last && last.name === null) last.name = text;
      else if (node.name === 'UnquotedLabelMatcher' && last) {
        const [, label = '', op = '', quoted = ''] =
          /^(\w+)\s*(=~|!~|!=|=)\s*([\s\S]*)$/.exec(text) ?? [];
        last.matchers.push({ label, op, value: unquote(quoted) });
      }
    },
  });
  return parsed;
}

/** A string literal of PromQL, as Go's strconv.Unquote reads it. */
export function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(["\\n])/g, (_all, char: string) => (char === 'n' ? '\n' : char));
}
