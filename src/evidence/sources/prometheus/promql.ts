/** A label value or other text as a PromQL string literal. */
export function quoteLabel(value: string): string {
  return `"${value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"')}"`;
}

/** A text that matches itself inside a PromQL (RE2) regular expression. */
function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const PLAIN_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Words of the language, which as the name of a metric need quotes (promql/parser/lex.go). */
const KEYWORDS = new Set(
  (
    'and or unless atan2 sum avg count min max group stddev stdvar topk bottomk count_values quantile ' +
    'limitk limit_ratio offset by without on ignoring group_left group_right bool start end step inf nan'
  ).split(' '),
);

/** What a selector asks of labels: one value, or one of several. */
export type Matchers = Readonly<Record<string, string | readonly string[]>>;

/**
 * `name{label="value",…}` with everything escaped. Names that PromQL has no plain form for are
 * matched by `__name__`; labels that have none are left out.
 */
export function selector(name: string | null, matchers: Matchers): string {
  const parts = Object.entries(matchers)
    .filter(([label]) => PLAIN_LABEL.test(label))
    .map(([label, value]) => matcher(label, value));
  const isPlain = name !== null && PLAIN_NAME.test(name) && !KEYWORDS.has(name.toLowerCase());
  if (isPlain) return `${name}{${parts.join(',')}}`;
  if (name !== null) parts.unshift(`__name__=${quoteLabel(name)}`);
  return `{${parts.join(',')}}`;
}

function matcher(label: string, value: string | readonly string[]): string {
  if (typeof value === 'string') return `${label}=${quoteLabel(value)}`;
  const [only, ...more] = value;
  if (only !== undefined && more.length === 0) return `${label}=${quoteLabel(only)}`;
  return `${label}=~${quoteLabel(value.map(escapeRegex).join('|'))}`;
}

/** The expression with everything inside quotes and brackets blanked, same length. */
function topLevel(expression: string): string {
  let depth = 0;
  let quote = '';
  let masked = '';
  for (let index = 0; index < expression.length; index++) {
    const char = expression[index] ?? '';
    const isInside = depth > 0 || quote !== '';
    if (quote && char === '\\') {
      masked += ' ';
      index++;
    } else if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'" || char === '`') quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    masked += isInside || quote !== '' || depth > 0 ? ' ' : char;
  }
  return masked;
}

/**
 * The side of a rule's expression that moves: `rate(x[5m]) > 0.1` gives `rate(x[5m])`. An
 * expression without one comparison against a number at its top level is given back as it is.
 */
export function withoutThreshold(expression: string): { query: string; threshold: number | null } {
  const unchanged = { query: expression.trim(), threshold: null };
  const masked = topLevel(expression);
  const comparisons = [...masked.matchAll(/==|!=|>=|<=|>|</g)];
  const [comparison] = comparisons;
  if (!comparison || comparisons.length > 1 || /\b(?:and|or|unless)\b/i.test(masked))
    return unchanged;
  const right = expression
    .slice(comparison.index + comparison[0].length)
    .replace(/^\s*bool\b/, '')
    .trim();
  const threshold = Number(right);
  if (right === '' || Number.isNaN(threshold)) return unchanged;
  return { query: expression.slice(0, comparison.index).trim(), threshold };
}
