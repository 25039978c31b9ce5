import type { Rule } from '#src/changes/classify/rule.ts';

/**
 * Checks for absent values and fallbacks that go, and accesses that trust more than before. Missing
 * null checks lead the repair patterns of Defects4J (Sobreira et al., SANER 2018).
 */
export const GUARD_RULES: readonly Rule[] = [
  // Comparisons with nothing.
  {
    when: 'lost',
    pattern:
      /[!=]==?\s?(?:null|nil|undefined|None|nullptr|NULL|Nothing|Nil)\b|\bis (?:not )?(?:None|null|nil)\b|(?:\bnull|\bnil|\bNULL|\bnullptr)\s?[!=]=/g,
    mechanism: 'guard-removed',
    weight: 0.85,
    unless:
      /\?\.|\?\?|&\.|[!=]==?\s?(?:null|nil|undefined|None)|\bis (?:not )?(?:None|null|nil)\b|typeof|isNull|nonNull|\bisset\(|\bOptional\b|\bexists\(/,
  },
  {
    when: 'lost',
    pattern: /\?\.|&\./g,
    mechanism: 'guard-removed',
    weight: 0.85,
    unless: /[!=]==?\s?(?:null|nil|undefined|None)|&&/,
  },
  {
    when: 'lost',
    pattern:
      /\.(?:nil\?|present\?|blank\?|any\?|empty\?|key\?|has_key\?|include\?)|\b(?:isset|empty|is_null|array_key_exists|property_exists|hasattr|is_nil)\(|\b(?:Objects\.)?(?:isNull|nonNull|requireNonNull|requireNonNullElse|checkNotNull|IsNullOrEmpty|IsNullOrWhiteSpace|isNullOrEmpty|isNullOrBlank)\b|\.(?:isPresent|is_some|is_none|isDefined|isDefinedAt|HasValue|hasNext|has_value|ifPresent)\b/g,
    mechanism: 'guard-removed',
    weight: 0.75,
    unless:
      /\?\.|\?\?|[!=]==?\s?(?:null|nil|undefined|None)|orElse|unwrap_or|isPresent|is_some|present\?|isset\(/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:if|guard|while) let (?:Some|Ok)?\b|\bguard let\b|\b(?:TryGetValue|TryParse|containsKey|ContainsKey|has_key|hasOwnProperty|hasKey|Object\.hasOwn|contains_key)\b/g,
    mechanism: 'guard-removed',
    weight: 0.75,
    unless: /getOrDefault|\?\?|TryGet|containsKey|ContainsKey|if let/,
  },
  {
    when: 'lost',
    pattern:
      /\bif not \w[\w.]{0,60}\s?:|\bif\s?\(\s?!\s?[\w$.]{1,60}\s?\)|\bunless\s[\w.@]{1,60}$|\bif \w[\w.]{0,60} in \w|\bif !ok\b|,\s?ok\s?:=/g,
    mechanism: 'guard-removed',
    weight: 0.55,
    unless: /\bif\b|\?\.|\?\?|\bunless\b|\bwhen\b|\bguard\b/,
  },
  {
    when: 'lost',
    pattern:
      /(?:\.length|\.size\(\)|\.Length|\.Count|\.size|\.count|len\([\w.]{1,40}\))\s?(?:===?|!==?|>=?|<=?)\s?\w{1,20}|\.isEmpty\(\)|\.is_empty\(\)|\.IsEmpty|\.isNotEmpty\b|\.nonEmpty\b/g,
    mechanism: 'guard-removed',
    weight: 0.6,
    unless:
      /\.length|\.size|isEmpty|is_empty|empty\?|len\(|\.Count|\?\.|\bfor\b|isNotEmpty|nonEmpty/,
  },
  // Conditional expressions and short circuits that ask for the very thing they use.
  {
    when: 'lost',
    pattern: /\bif (?:not )?[\w.]{1,60} else\b|(?<![\w$.])([\w$]{1,40}) and \1[.[]/g,
    mechanism: 'guard-removed',
    weight: 0.75,
    languages: ['python'],
    unless: /\bif\b|\bor\b|\band\b|\.get\(|getattr/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w$.])([\w$]{1,40})(?:[.\w$]{0,40}) ?\? ?\1[.[][^:?\n]{0,80} ?:|(?<![\w$.])([\w$]{1,40}) ?&& ?\2[.[]/g,
    mechanism: 'guard-removed',
    weight: 0.75,
    unless: /\?|&&|\bif\b/,
  },
  // Fallback values.
  {
    when: 'lost',
    pattern:
      /\?\?(?!=)|\?:|\|\|\s?(?:""|\{\}|\[\]|\d{1,9}|null|false|true|new\s\w{1,40}|DEFAULT\w{0,40}|default\w{0,40})|\bor (?:""|\{\}|\[\]|\d{1,9}|None|\w{0,20}[dD]efault\w{0,20})/g,
    mechanism: 'default-removed',
    weight: 0.8,
    unless: /\?\?|\|\||\?:|\bor\b|getOrDefault|orElse|\.get\([^)]{1,60},/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:getOrDefault|GetValueOrDefault|getOrElse|orElse(?:Get)?|unwrap_or(?:_else|_default)?|get_or_insert|setdefault|defaultdict|firstOrNull|first_or_none|FirstOrDefault|SingleOrDefault|singleOrNull|one_or_none|scalar_one_or_none|getOrNull|toIntOrNull|toLongOrNull|getIfPresent|Map\.get|Keyword\.get|dig)\b/g,
    mechanism: 'default-removed',
    weight: 0.8,
    unless: /\?\?|\?:|getOrDefault|orElse|unwrap_or|OrDefault|OrNull|or_none|\bif\b/,
  },
  {
    when: 'lost',
    pattern:
      /\.get\(\s?(?:""|[\w.]{1,60})\s?,\s?[^()]{1,80}\)|\.fetch\(\s?(?:""|:?[\w.]{1,60})\s?,\s?[^()]{1,80}\)|\bgetattr\([^,()]{1,60},[^,()]{1,60},|\bnext\([^,()]{1,60},\s?None\)|\bgetenv\([^,()]{1,60},[^()]{1,80}\)/g,
    mechanism: 'default-removed',
    weight: 0.75,
    unless: /\?\?|\bor\b|\.get\([^)]{1,60},|getattr\([^)]{1,100},[^)]{1,60},/,
  },
  {
    when: 'lost',
    pattern: /(?<![\w@$])(?:coalesce|ifnull|nvl|nullif)\s?\(/gi,
    mechanism: 'default-removed',
    weight: 0.7,
    withStrings: true,
  },
  {
    when: 'lost',
    pattern: /\.get\(\s?(?:""|[\w.]{1,60})\s?\)/g,
    mechanism: 'unsafe-access',
    weight: 0.75,
    languages: ['python'],
    unless: /\.get\(|\bin\b|getattr/,
  },
  // Accesses that fail where nothing is there.
  {
    when: 'gained',
    pattern: /\.unwrap\(\)|\.expect\(|!!(?=[.)\s,]|$)|\bas!\s|[\w)\]]!\.|\btry!\s/g,
    mechanism: 'unsafe-access',
    weight: 0.7,
    languages: ['rust', 'kotlin', 'swift'],
  },
  {
    when: 'gained',
    pattern:
      /\.(?:orElseThrow\(\)|getFirst\(\)|single\(\)|First\(\)|Single\(\)|first!|find_by!|fetch\([^,()]{1,60}\)|scalar_one\(\)|one\(\))/g,
    mechanism: 'unsafe-access',
    weight: 0.6,
    unless: /\borElseThrow\(|\.First\(|\.fetch\(|isEmpty|first!/,
  },
  {
    when: 'gained',
    pattern:
      /\[0\]|\[-1\]|\.at\(0\)|\.get\(0\)|\.head\b(?!\()|\.split\(""[^()]{0,10}\)\s?\[\d\]|\.split\([^()]{1,20}\)\[\d\]/g,
    mechanism: 'unsafe-access',
    weight: 0.5,
    unless: /\[0\]|\.at\(0\)|\.length|len\(/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:JSON\.parse|json\.loads|JSON\.parse!|Integer\.parseInt|Long\.parseLong|Double\.parseDouble|Integer\.valueOf|UUID\.fromString|Enum\.valueOf|valueOf|int\.Parse|Decimal\.Parse|DateTime\.Parse|Convert\.ToInt32|strconv\.Atoi|MustCompile|MustParse|Must|atoi|stoi|Integer|Float|toInt\(\)|toLong\(\))\(/g,
    mechanism: 'unsafe-access',
    weight: 0.35,
    unless: /\b(?:JSON\.parse|json\.loads|parse|Parse|valueOf|Atoi|toInt|Integer|Float)\b/,
  },
  {
    when: 'gained',
    pattern:
      /(?<!,\s?(?:ok|found|is\w{1,20})\s?:?=\s?[\w.()[\]]{1,60})\.\(\*?[A-Za-z][\w.]{0,60}\)/g,
    mechanism: 'unsafe-access',
    weight: 0.65,
    languages: ['go'],
  },
  {
    when: 'gained',
    pattern: /(?<![\w])(?:strcpy|strcat|sprintf|gets|vsprintf|alloca)\(/g,
    mechanism: 'boundary-changed',
    weight: 0.75,
    languages: ['c'],
  },
  // Parts of a list or text by numbers: out of range is an error here, and an empty part elsewhere.
  {
    when: 'gained',
    pattern: /[\w)\]]\[[^\][]{0,60}\.\.[^\][]{0,60}\]/g,
    mechanism: 'boundary-changed',
    weight: 0.7,
    languages: ['rust', 'swift', 'csharp'],
  },
  {
    when: 'gained',
    pattern: /[\w)\]]\[[^\][]{0,60}\w\s?:[^\][]{0,60}\]|[\w)\]]\[:\s?\w[^\][]{0,60}\]/g,
    mechanism: 'boundary-changed',
    weight: 0.6,
    languages: ['go'],
  },
  {
    when: 'gained',
    pattern: /\.(?:subList|sublist|substring|Substring|GetRange|AsSpan|subSequence)\(/g,
    mechanism: 'boundary-changed',
    weight: 0.6,
    languages: ['java', 'kotlin', 'scala', 'csharp'],
    unless: /\.(?:subList|sublist|substring|Substring|GetRange)\(/,
  },
  // Validation.
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:validate|validates|validator|isValid|is_valid|IsValid|assertValid|sanitize|sanitise|escape|escapeHtml|htmlspecialchars|checkArgument|ensure|Preconditions|permit|strong_params|joi|zod|schema\.parse|safeParse|@Valid|@Validated|@NotNull|@NotBlank|@Size|@Min|@Max|@Pattern|validates_presence_of|clean)\b/g,
    mechanism: 'validation-removed',
    weight: 0.75,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:validate|validates|isValid|is_valid|IsValid|assertValid|checkArgument|Preconditions|schema\.parse|@Valid|@Validated|@NotNull|@NotBlank|@NotEmpty|@Size|@Min|@Max|@Pattern|@Email|validates_presence_of|additionalProperties|extra\s?=\s?"?forbid|strict\(\)|FAIL_ON_UNKNOWN_PROPERTIES|DisallowUnknownFields|required\s?:\s?true|minLength|maxLength|min_length|max_length)\b/g,
    mechanism: 'validation-added',
    weight: 0.75,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern: /(?<![\w@$])(?:assert|assert!|debug_assert!|require)\b(?!\s?\(\s?"")/g,
    mechanism: 'error-raised',
    weight: 0.5,
    languages: ['python', 'rust', 'kotlin', 'scala', 'c', 'java'],
  },
];
