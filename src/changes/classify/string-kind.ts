import type { Token } from '#src/changes/classify/lexer.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';

const ROUTE_CONTEXT =
  /\b(?:route|Route|path|Path|get|post|put|delete|patch|head|all|Get|Post|Put|Delete|Patch|GET|POST|PUT|DELETE|PATCH|Mapping|HandleFunc|Handle|mount|prefix|url|URL|uri|URI|endpoint|fetch|request|axios|http|resource|resources|scope|namespace|redirect|href|basePath|baseURL|api)/;
const MESSAGE_CONTEXT =
  /\b(?:publish|subscribe|emit|topic|Topic|queue|Queue|channel|exchange|event|Event|producer|consumer|stream|routing|routingKey|broadcast|dispatch|KafkaListener|RabbitListener|subject|sns|sqs|pubsub|send_task|delay|enqueue|perform_later)\w{0,12}/;
const HEADER =
  /^(?:X-[\w-]{1,60}|Content-Type|Accept(?:-[A-Z]\w{1,20})?|Authorization|Cookie|Set-Cookie|Origin|Host|User-Agent|Cache-Control|Idempotency-Key|If-None-Match|ETag|Retry-After|Location|Referer|[A-Z][a-z]{1,20}(?:-[A-Z][a-z]{1,20}){1,4})$/i;
const KEY_CONTEXT =
  /\[ ?"|\.get\( ?"|"[\w.-]+" ?(?::|=>|,)|(?:JsonPropertyName|JsonProperty|DataMember|XmlElement|BsonElement|SerialName|SerializedName|Column|Field|JsonKey|alias|rename|key|name|field|attribute|param|params|query|body|form|column|prop|attr|getString|getInt|getColumn|Form|Query|Param|Header|cookie|cookies|session|header|fetch|dig|pluck|select)\b ?[=(:[]/;
const DATE_FORMAT =
  /%[YmdHMSyjbBzZT]|\b(?:yyyy|YYYY|MM|dd|DD|HH|hh|mm|ss|SSS)\b.{0,20}\b(?:MM|dd|DD|mm|ss|yyyy|YYYY|HH)|yyyy|YYYY-|2006-01-02|RFC3339|ISO8601/;
const ROUTE = /^\/[\w{}:.$*<>/-]{0,200}(?:\?\S{0,100})?$/;
const HOST = /^[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}(?::\d{2,5})?$/;
const MEDIA_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}(?:;.{0,60})?$/;
const NAME = /^[\w.:$@-]{1,80}$/;
const DISTINGUISHES =
  /[=!]==? ?"|"\s?[=!]==?|\bcase\b|\bwhen\b|\bin\b|[sS]tatus|[tT]ype|[sS]tate|[kK]ind|[mM]ode|[rR]ole/;

type Kind = readonly [MechanismId, number];
type Facts = {
  before: string;
  after: string;
  code: string;
  tokens: readonly Token[];
  index: number;
};

/** What strings are, by their form and by the code around them; the first that fits counts. */
const KINDS: readonly ((facts: Facts) => Kind | null | 'none')[] = [
  ({ after }) =>
    /^\s*(?:select|insert|update|delete|with|create|alter|merge)\b/i.test(after)
      ? ['query-changed', 0.7]
      : null,
  ({ before, after, code }) => {
    const isHost = HOST.test(after) && /host|url|addr|endpoint|server|domain|dsn/i.test(code);
    return /:\/\//.test(`${before} ${after}`) || isHost ? ['endpoint-changed', 0.85] : null;
  },
  ({ before, code }) =>
    ROUTE.test(before) ? ['contract-route', ROUTE_CONTEXT.test(code) ? 0.9 : 0.6] : null,
  ({ before, after }) =>
    DATE_FORMAT.test(before) && DATE_FORMAT.test(after) ? ['time-changed', 0.85] : null,
  ({ before, after }) =>
    MEDIA_TYPE.test(before) && MEDIA_TYPE.test(after) ? ['contract-format', 0.85] : null,
  ({ after, code }) =>
    MESSAGE_CONTEXT.test(code) && /^[\w.:/#*-]{1,120}$/.test(after)
      ? ['contract-message', 0.85]
      : null,
  ({ before, after, code }) => {
    const isHeader = HEADER.test(before) && HEADER.test(after);
    return isHeader && /[hH]eader|\[ ?"|\.(?:get|set|add|Set|Get|Add)/.test(code)
      ? ['contract-header', 0.85]
      : null;
  },
  ({ before, after }) => {
    if (NAME.test(before) && NAME.test(after)) return null;
    // Struct tags: `json:"id"`. Other texts say nothing.
    const isTag =
      /\w+:"?[\w,-]+/.test(before) && /json|yaml|xml|db|bson|form|protobuf/.test(before);
    return isTag ? ['contract-field', 0.85] : 'none';
  },
  ({ tokens, index }) => {
    const around = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? ''];
    const isCompared = around.some((text) => /^(?:===?|!==?|case|when|in|is)$/.test(text));
    return isCompared ? ['contract-enum', 0.75] : null;
  },
  ({ tokens, index, code }) =>
    isKeyPosition(tokens, index) || KEY_CONTEXT.test(code) ? ['contract-field', 0.85] : null,
  ({ code }) => (DISTINGUISHES.test(code) ? ['contract-enum', 0.7] : ['constant-changed', 0.4]),
];

/** What it means that a string of a line of code took the place of another one, or null. */
export function stringKind(
  before: string,
  after: string,
  code: string,
  tokens: readonly Token[],
  index: number,
): Kind | null {
  for (const kind of KINDS) {
    const found = kind({ before, after, code, tokens, index });
    if (found === 'none') return null;
    if (found) return found;
  }
  return null;
}

/** Whether a string is a key: `["x"]`, `"x": …`, `.get("x")`. */
function isKeyPosition(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? ''];
  const asks = /^(?:get|Get|fetch|getString|Form|Query|Param|value|path|has|pop|opt|optString)$/;
  return (
    (before === '[' && after === ']') ||
    after === ':' ||
    after === '=>' ||
    (before === '(' && asks.test(tokens[index - 2]?.text ?? ''))
  );
}
