import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import { isLogLine } from '#src/changes/classify/quiet.ts';
import { codeOf, type SideLine } from '#src/changes/classify/side.ts';

/** A factor between units of time or size. */
const FACTOR =
  /[*/]\s?(?:1_?000(?:_?000){0,2}(?:\.0)?|1e[369]|60(?:_?000)?|3_?600(?:_?000)?|86_?400(?:_?000)?|24|1024|1_?048_?576|time\.\w{1,20}|TimeUnit\.\w{1,20}|[A-Z_]{0,20}(?:MS|MILLIS|SECONDS?|MINUTES?|HOURS?|BYTES|KB|MB|KIB|MIB)(?:_[A-Z_]{1,30})?)(?![\w.])/;
const MEASURED =
  /time|Time|TIME|ttl|TTL|ms\b|Ms\b|MS\b|milli|Milli|second|Second|SECOND|interval|Interval|delay|Delay|idle|Idle|IDLE|age\b|Age\b|expir|Expir|lease|Lease|duration|Duration|period|Period|wait|Wait|byte|Byte|BYTE|size|Size|SIZE|memory|Memory|backoff|Backoff|window|Window/;

/** What makes a text, a number, a time or a yes-or-no of a value. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  [
    'text',
    /\b(?:str|String|repr|to_string|toString|ToString|String\.valueOf|fmt\.Sprint\w{0,2}|strconv\.Itoa|strconv\.Format\w{1,10}|format|strval|inspect|toFixed|toPlainString|JSON\.stringify|json\.dumps|to_json|toISOString|isoformat|strftime|toLocaleString)\s?\(|\.(?:to_s|toString\(\)|isoformat\(\)|iso8601|inspect)\b|::text\b|,string[",]/,
  ],
  [
    'number',
    /(?<![\w.])(?:float|int|Number|Integer|Float|Decimal|parseInt|parseFloat|floatval|intval|double|round|BigDecimal)\s?\(|\.(?:to_i|to_f|to_d|toNumber\(\)|doubleValue\(\)|longValue\(\)|intValue\(\)|toDouble\(\)|toInt\(\)|toLong\(\)|timestamp\(\)|getTime\(\)|toEpochMilli\(\)|Unix\(\)|UnixMilli\(\))/,
  ],
  ['truth', /(?<![\w.])(?:bool|Boolean|!!)\s?\(?/],
];
/** A field of something that is given to others: `"rate": …`, `rate: …,`, `put("rate", …)`. */
const FIELD =
  /^["']?[\w-]{1,60}["']?\s?(?::|=>)\s?\S|\.(?:put|set|add|addProperty|field|writeStringField|writeNumberField|element|append)\(\s?["']|^[\w.]{0,60}\[["'][\w-]{1,60}["']\]\s?=/;

/**
 * Values that are given in another unit or as another kind of thing: a factor between units that came
 * or went, a number that is now written as text. Units are behind some of the best known failures.
 */
export const detectConversions: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' || file.role === 'manifest') continue;
    for (const change of file.lines) {
      if (change.kind === 'modified') yield* conversionFindings(change);
    }
  }
};

function* conversionFindings(change: LineChange): Generator<Finding> {
  const { old, new: now } = change;
  if (!old || !now || isLogLine(now)) return;
  const [had, has] = [FACTOR.test(old.bare), FACTOR.test(now.bare)];
  if (had !== has && MEASURED.test(now.bare) && isSameTarget(old, now)) {
    yield findingAt('unit-changed', 0.85, change);
  }
  if (FIELD.test(codeOf(old)) && FIELD.test(codeOf(now)) && isSameTarget(old, now)) {
    const [before, after] = [kindOf(codeOf(old)), kindOf(codeOf(now))];
    if (before !== after) yield findingAt('contract-format', 0.85, change);
  }
}

/** Whether both lines give a value to the same name. */
function isSameTarget(old: SideLine, now: SideLine): boolean {
  const target = (line: SideLine): string =>
    /^[^:=(]{1,80}(?::=|=>|[:=(])\s?(?:["'][^"']{1,60}["'])?/.exec(codeOf(line))?.[0] ?? '';
  return target(old) !== '' && target(old) === target(now);
}

/** What a value is made into, by the first conversion on the line. */
function kindOf(code: string): string {
  return KINDS.find(([, pattern]) => pattern.test(code))?.[0] ?? '';
}
