/** Queries longer than this are cut before they are read. */
const MAX_QUERY = 4000;

/** What the expression behind a series tells about its values. */
export type QueryHints = {
  /** Metric names that the expression reads, in order. */
  names: string[];
  /** `rate`, `irate`, `increase`, `delta`, `deriv` was applied. */
  rated: boolean;
  /** A division of two expressions. */
  divided: boolean;
  /** From `histogram_quantile(0.99, …)` or `quantile`. */
  quantile: string | null;
  /** A matcher picks failed requests: `code=~"5.."`, `status="error"`. */
  selectsErrors: boolean;
  /** The result is `1 - …` or `100 - …`. */
  complement: boolean;
};

const KEYWORDS = new Set(
  (
    'by without on ignoring group_left group_right and or unless offset bool atan2 sum avg min max ' +
    'count topk bottomk stddev stdvar quantile count_values group inf nan start end limitk'
  ).split(' '),
);

/** Reads a PromQL expression well enough to know what its result measures; never throws. */
export function readQuery(query: string): QueryHints {
  const text = query.slice(0, MAX_QUERY);
  const selectsErrors =
    /[=~]\s{0,4}"[^"]{0,60}(?:5\.\.|5xx|5\[|5\\d|50\d|5\.\*|5\.\+|error|fail)/i.test(text);
  const bare = withoutStrings(text)
    .replace(/\{[^{}]*\}/g, '{}')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s{0,8}\([^()]*\)/gi, ' ');
  const quantile = /\b(?:histogram_)?quantile\s{0,4}\(\s{0,8}(?:scalar\()?(\d?\.?\d{1,6})/i.exec(
    bare,
  );
  return {
    names: metricNames(bare),
    rated: /\b(?:i?rate|increase|i?delta|deriv)\s{0,4}\(/i.test(bare),
    divided: bare.includes('/'),
    quantile: quantile?.[1] ?? null,
    selectsErrors,
    complement: /^[\s(]{0,20}(?:1|100)(?:\.0+)?\s{0,8}-/.test(bare),
  };
}

/** The expression with every quoted string emptied, in one pass; an open quote runs to the end. */
function withoutStrings(text: string): string {
  let bare = '';
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (quote === '') {
      bare += char;
      if (char === '"' || char === "'") quote = char;
    } else if (char === '\\') i += 1;
    else if (char === quote) {
      bare += char;
      quote = '';
    }
  }
  return bare;
}

function metricNames(bare: string): string[] {
  const names: string[] = [];
  for (const match of bare.matchAll(/[a-zA-Z_:][a-zA-Z0-9_:.]{0,255}/g)) {
    const name = match[0];
    const before = match.index > 0 ? bare.charAt(match.index - 1) : '';
    if (/[0-9.[]/.test(before) || KEYWORDS.has(name.toLowerCase())) continue;
    const after = bare.slice(match.index + name.length, match.index + name.length + 12).trimStart();
    if (after.startsWith('(') || names.includes(name)) continue;
    names.push(name);
    if (names.length >= 8) break;
  }
  return names;
}
