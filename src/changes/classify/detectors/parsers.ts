import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, findingAt } from '#src/changes/classify/finding.ts';
import { isImport, isLogLine } from '#src/changes/classify/quiet.ts';
import type { SideLine } from '#src/changes/classify/side.ts';

/** Calls that make a value of a text, as the usual libraries of many languages name them. */
const PARSER =
  /\b(?:Double|Float|Integer|Long|Short|Boolean|BigDecimal|BigInteger|Decimal|LocalDate|LocalDateTime|LocalTime|Instant|ZonedDateTime|OffsetDateTime|DateTime|DateTimeOffset|Date|Duration|Period|UUID|Guid|Number|Convert|NumberFormat|DecimalFormat|SimpleDateFormat|DateTimeFormatter|DateTimeImmutable|Carbon|Time|decimal|double|float|int|long|datetime|date|time|strconv|json|JSON|yaml|YAML|csv|CSV|xml|URI|URL|Url|Currency|Money)(?:\.|::)(?:parse\w{0,20}|Parse\w{0,20}|TryParse\w{0,10}|valueOf|fromString|from_str|getInstance|getNumberInstance|getCurrencyInstance|ofPattern|To(?:Int32|Int64|Decimal|Double|DateTime|Boolean)|strptime|strftime|fromisoformat|fromtimestamp|createFromFormat|iso8601|rfc\d{3,4}|Atoi|loads?|safe_load|load|reader|DictReader|ofEpoch\w{0,10})\s?\(|(?<![\w.])(?:float|int|Decimal|Number|parseInt|parseFloat|BigDecimal|BigInteger|Integer|Float|Rational|floatval|intval|strtotime|atoi|atof|strtol|strtod|stoi|stod|dayjs|moment)\s?\(|\bnew (?:BigDecimal|BigInteger|SimpleDateFormat|DecimalFormat|Date|URL|DateTime)\s?\(|\.(?:toInt|toLong|toDouble|toBigDecimal|to_i|to_f|to_d|to_r|to_date|to_time|to_datetime)\b|\.parse::<\w{1,20}>|\.split\(""\)|\bpreg_split\(|\bStringTokenizer\b/g;

/**
 * Data that is read by another parser: it takes another form for right. Data of unusual form is what
 * half of the failures of Liu et al. (HotOS 2019) in data formats come from.
 */
export const detectParsers: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' || file.role === 'manifest' || file.status === 'added')
      continue;
    const [before, after] = [new Set<string>(), new Set<string>()];
    for (const { old, new: now, kind } of file.lines) {
      if (kind === 'moved' || kind === 'reindented') continue;
      for (const name of parsersOf(old)) before.add(name);
      for (const name of parsersOf(now)) after.add(name);
    }
    const isReplaced =
      [...before].some((name) => !after.has(name)) && [...after].some((name) => !before.has(name));
    if (!isReplaced) continue;
    for (const change of file.lines) {
      if (bringsIn(change, before)) yield findingAt('contract-format', 0.75, change);
    }
  }
};

function bringsIn({ new: now, kind }: LineChange, known: ReadonlySet<string>): boolean {
  if (kind === 'moved' || kind === 'reindented') return false;
  return parsersOf(now).some((name) => !known.has(name));
}

function parsersOf(line: SideLine | null): string[] {
  if (!line || isImport(line) || isLogLine(line)) return [];
  return Array.from(line.bare.matchAll(PARSER), ([name]) => name.replace(/[\s(]/g, ''));
}
