import type { Rule } from '#src/changes/classify/rule.ts';

/** Caches, queries, times and texts in code. */
export const DATA_RULES: readonly Rule[] = [
  // Caches: AWS Builders' Library, "Caching challenges and strategies".
  {
    when: 'lost',
    pattern:
      /@(?:Cacheable|cached|cache|cache_page|lru_cache|functools\.lru_cache|memoize|cached_property|CachePut|ResponseCache|OutputCache)\b|\b(?:[\w$]{0,30}[cC]ache[\w$]{0,20}|memo|memoize|useMemo|Rails\.cache)(?:\.|->|\?\.)(?:get|fetch|has|read|getOrSet|get_or_set|remember|getIfPresent|computeIfAbsent|GetOrCreate\w{0,6}|TryGetValue|set|put|setex|lookup|load|contains|Get|Set|store|exists)\b|\b(?:memoize|withCache|cached|remember|cacheable|CacheBuilder|Caffeine)\(|\|\|=/g,
    mechanism: 'cache-removed',
    weight: 0.85,
    unless: /[cC]ache|memo|remember|\|\|=/,
  },
  {
    when: 'gained',
    pattern:
      /@(?:Cacheable|cached|cache_page|lru_cache|functools\.lru_cache|memoize|ResponseCache|OutputCache)\b|\b(?:[\w$]{0,30}[cC]ache[\w$]{0,20}|Rails\.cache)(?:\.|->|\?\.)(?:get|fetch|has|read|getOrSet|get_or_set|remember|getIfPresent|computeIfAbsent|GetOrCreate\w{0,6}|TryGetValue|set|put|setex|Get|Set)\b|\b(?:memoize|withCache|CacheBuilder|Caffeine)\(/g,
    mechanism: 'cache-added',
    weight: 0.65,
    unless: /[cC]ache|memo/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:[cC]ache[\w$]{0,20})(?:\.|->)(?:delete|del|invalidate|evict|remove|clear|expire|flush|forget|Remove|Delete)\b|@CacheEvict\b|\b(?:expire_fragment|invalidateQueries|revalidate\w{0,10}|touch: true)/g,
    mechanism: 'cache-longer',
    weight: 0.75,
  },
  // Queries.
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:limit\s+(?:\d|\?|:|\$|%)|fetch first\b|top\s?\(?\d|rownum\b|where\b|and\s+[\w."`]{1,60}\s?(?:=|>|<|>=|<=|in\b|between\b|is\b|like\b)|having\b)/gi,
    mechanism: 'query-unbounded',
    weight: 0.8,
    withStrings: true,
    unless: /\b(?:limit|fetch first|top)\b.{0,200}\bwhere\b|\bwhere\b.{0,300}\blimit\b/i,
  },
  {
    when: 'lost',
    pattern:
      /\.(?:limit|take|first|page|paginate|per|top|setMaxResults|setFirstResult|Take|Skip|slice|head|simplePaginate|with_limit|LIMIT)\(/g,
    mechanism: 'query-unbounded',
    weight: 0.75,
    unless: /\.(?:limit|take|first|page|paginate|Take|slice|setMaxResults)\(/,
  },
  {
    when: 'lost',
    pattern:
      /\.(?:where|filter|filter_by|Where|find_by|andWhere|having|exclude|whereIn|select|only|project|pluck|values_list)\(/g,
    mechanism: 'query-changed',
    weight: 0.6,
    unless: /\.(?:where|filter|filter_by|Where|find_by|select|only|project)\(/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:left |right |inner |outer |cross |full )?join\b|\border by\b|\bgroup by\b|\bdistinct\b|\bselect \*|\blike\s*'?%|"%"\s?(?:\+|\.|\|\|)|'%'\s?\|\||\bilike\b|\bunion\b|\bnot in\b|\b(?:lower|upper|date|trim|cast|coalesce|to_char|substr|substring|year|extract|date_trunc)\s?\(\s?[\w."`]{1,60}|\boffset\b|\bor\s+[\w."`]{1,60}\s?=|\brand\(\)|\brandom\(\)|\bjsonb?_\w{1,30}\(|\bregexp\b|\bcount\s?\(/gi,
    mechanism: 'query-changed',
    weight: 0.8,
    withStrings: true,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:use|force) index\b|\bindex\s?\(|@Index\b|\bdb_index\s?=\s?True|\bindex\s?:\s?true|\b(?:create|add)\s+(?:unique\s+)?index\b|\badd_index\b|\.(?:createIndex|ensureIndex|index)\(|\bindexes\b|\bhint\(/gi,
    mechanism: 'index-removed',
    weight: 0.9,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern: /\bdrop\s+index\b|\bremove_index\b|\.dropIndex\(|\bdropIndexes\b/gi,
    mechanism: 'index-removed',
    weight: 0.95,
    withStrings: true,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:select_related|prefetch_related|joinedload|selectinload|subqueryload|includes|eager_load|preload|Include|ThenInclude|JOIN FETCH|join fetch|EntityGraph|@BatchSize|BatchSize|withGraphFetched|populate|with\(\[|DataLoader|dataloader|loaders|loadMany|findAllById|findAllByIdIn|findBy\w{1,40}In|in_bulk|mget|MGET|multi_get|getMulti|multiGet|get_many|getMany|bulkWrite|bulk_create|bulk_update|insertMany|insert_all|upsert_all|executemany|executeBatch|addBatch|saveAll|createMany|batchGet\w{0,10}|BatchGetItem|pipeline|pipelined|Pipeline)\b|\$in\b|\bIN\s?\(|\bwhereIn\b|\bANY\s?\(/g,
    mechanism: 'batching-lost',
    weight: 0.85,
    withStrings: true,
    unless:
      /select_related|prefetch_related|joinedload|selectinload|includes|eager_load|preload|Include|FETCH|[lL]oaders?|DataLoader|AllById|bulk|mget|Many|saveAll|\bIN\b|\$in|whereIn|pipeline|batch/i,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:FetchType\.EAGER|lazy\s?=\s?False|lazy="joined"|eager\s?:\s?true|fetchType EAGER)\b/g,
    mechanism: 'query-changed',
    weight: 0.75,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern: /(?<![\w@$])(?:FetchType\.LAZY|lazy\s?=\s?True|lazy="select")\b/g,
    mechanism: 'batching-lost',
    weight: 0.6,
    withStrings: true,
  },
  {
    when: 'lost',
    pattern: /\.with\(/g,
    mechanism: 'batching-lost',
    weight: 0.8,
    languages: ['php'],
  },
  // Commands that go through all there is: redis.io documents KEYS and its like as O(N).
  {
    when: 'gained',
    pattern:
      /\.(?:keys|KEYS|hgetall|hGetAll|HGetAll|smembers|sMembers|SMembers|lrange|LRange|find_all|findAll|all|All|scanIterator)\(\s?(?:""|\w{0,40}|""\s?,\s?0\s?,\s?-1)\s?\)/g,
    mechanism: 'query-unbounded',
    weight: 0.5,
    unless: /\.(?:keys|hgetall|smembers|lrange|find_all|findAll|all|All)\(/,
  },
  // Expiry.
  {
    when: 'lost',
    pattern:
      /(?<![\w])(?:setex|setEx|SetEX|psetex|expire|expireat|pexpire|EXPIRE|expireAfter\w{0,10}|setWithExpiry|EX|PX)(?![\w])/g,
    mechanism: 'unbounded-growth',
    weight: 0.7,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern: /\b(?:no-store|no-cache|max-age=0|must-revalidate|Pragma)\b/g,
    mechanism: 'cache-removed',
    weight: 0.8,
    withStrings: true,
  },
  {
    when: 'lost',
    pattern: /\b(?:no-store|no-cache|max-age=0|must-revalidate)\b/g,
    mechanism: 'cache-added',
    weight: 0.7,
    withStrings: true,
  },
  // Times and texts.
  {
    when: 'gained',
    pattern:
      /\b(?:Unix|UnixMilli|UnixMicro|UnixNano|FromUnixTime\w{0,20}|ofEpochMilli|ofEpochSecond|fromMillis|fromSeconds|toEpochMilli|toEpochSecond|getTime|currentTimeMillis|nanoTime|timestamp_millis|from_timestamp\w{0,10}|to_i|total_seconds|TotalSeconds|TotalMilliseconds|toMillis|toSeconds|as_millis|as_secs)\(/g,
    mechanism: 'time-changed',
    weight: 0.7,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:utcnow|UTC|utc|timezone|TimeZone|ZoneId|ZoneOffset|ZonedDateTime|OffsetDateTime|tzinfo|pytz|tz|TZ|in_time_zone|Time\.zone|Time\.current|Date\.current|toISOString|getUTC\w{1,20}|UtcNow|DateTimeOffset|DateTimeKind|AT TIME ZONE|timestamptz|astimezone|localize|setUTC\w{1,20}|moment\.utc|Date\.UTC|time\.UTC)\b/g,
    mechanism: 'time-changed',
    weight: 0.8,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:datetime\.now\(\)|utcnow|LocalDateTime|LocalDate|LocalTime|DateTime\.Now|DateTime\.Today|Time\.now|Date\.today|new Date\(|toLocale(?:Date|Time)?String|getTimezoneOffset|mktime|strtotime|strptime|strftime|SimpleDateFormat|DateTimeFormatter|fromtimestamp|utcfromtimestamp|time\.Parse|ParseInLocation|moment\(|dayjs\(|timedelta|relativedelta|addDays|AddDate|plusDays|plusMonths|AddMonths|isAfter|isBefore|\d\.days|\d\.months|\d\.month)\b/g,
    mechanism: 'time-changed',
    weight: 0.55,
    unless:
      /\b(?:datetime|LocalDate|DateTime|Time\.|Date|strptime|strftime|time\.Parse|moment|dayjs|timedelta)\b/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:utf-?8|UTF_8|StandardCharsets|encode|decode|charset|encoding|encodeURIComponent|decodeURIComponent|URLEncoder|URLDecoder|quote_plus|urlencode|url_encode|escape|unescape|normalize|Normalizer|casefold|toLowerCase|toUpperCase|lower|upper|downcase|upcase|ToLower\w{0,9}|ToUpper\w{0,9}|strip|trim|Trim|TrimSpace|Locale\.ROOT|Locale\.US|InvariantCulture|ensure_ascii|mb_\w{1,20}|iconv|force_encoding|base64|b64encode|b64decode|atob|btoa)\b/g,
    mechanism: 'text-changed',
    weight: 0.7,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:latin-?1|iso-8859-1|ascii|cp1252|utf-?16|UTF_16|toLowerCase|toUpperCase|lower|upper|downcase|upcase|ToLower\w{0,9}|ToUpper\w{0,9}|encodeURIComponent|decodeURIComponent|quote_plus|urlencode|normalize|casefold|base64|b64encode|b64decode|atob|btoa|encode|decode|getBytes|escape|unescape|substr|substring|truncate)\(?/g,
    mechanism: 'text-changed',
    weight: 0.45,
    withStrings: true,
    unless: /\b(?:encode|decode|lower|upper|toLowerCase|toUpperCase|base64|getBytes|substr)/i,
  },
  // Forms of data.
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:JsonProperty|JsonAlias|JsonIgnoreProperties|JsonIgnore|SerializedName|JsonInclude|JsonSerialize|JsonDeserialize|serde\(|rename_all|DataMember|XmlElement|alias(?=\s?=)|serialization_alias|validation_alias|allow_population_by_field_name|by_alias|omitempty|marshal|Marshal|Unmarshal|serialize|deserialize|to_json|as_json|from_json|dumps|loads|fromJson|toJson|parseFrom|toByteArray|ParseFromString|SerializeToString|ObjectMapper|Jackson|Gson|protobuf|msgpack|pickle|yaml\.safe_load|yaml\.load|avro|writeValueAsString|readValue)\b/g,
    mechanism: 'contract-format',
    weight: 0.65,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:JsonIgnore|rename_all|serde\(rename|JsonProperty|SerializedName|alias(?=\s?=)|omitempty|marshal|Marshal|Unmarshal|deserialize|from_json|loads|msgpack|pickle|parseFrom|ParseFromString|Gson|FAIL_ON_UNKNOWN\w{0,20}|PropertyNamingStrategy\w{0,40}|WRITE_DATES_AS_TIMESTAMPS|yaml\.load)\b/g,
    mechanism: 'contract-format',
    weight: 0.5,
    withStrings: true,
    unless:
      /\b(?:JsonProperty|SerializedName|[mM]arshal|loads|dumps|serialize|deserialize|Gson|ObjectMapper)\b/,
  },
];
