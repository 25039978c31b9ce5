import type { Symptom } from '#src/changes/classify/symptoms.ts';
import { messageOf } from '#src/changes/seen/message-of.ts';

/**
 * What messages of failing programs say, across languages and libraries: the texts of runtimes
 * (exceptions, errno, signals), of HTTP and gRPC statuses, and of the words that people use.
 */
const PATTERNS: readonly (readonly [Symptom, RegExp])[] = [
  [
    'null-reference',
    /NullPointerException|NullReferenceException|nil pointer dereference|'NoneType' object|NoneType|undefined method .{1,60} for nil|(?:cannot|can't) read propert(?:y|ies)|of (?:undefined|null)\b|is (?:undefined|null|nil)\b|null pointer|segfault|SIGSEGV|segmentation fault|on null\b|KotlinNullPointer|UninitializedPropertyAccess|unwrap\(\)` on a `None`|unexpectedly found nil/i,
  ],
  [
    'type-error',
    /TypeError|ClassCastException|InvalidCastException|NoMethodError|NoSuchMethodError|AttributeError|is not a function|not callable|has no attribute|unexpected keyword argument|positional argument|wrong number of arguments|undefined method|undefined function|UndefinedFunctionError|FunctionClauseError|interface conversion|cannot be cast|unsupported operand|MethodNotFound|ArgumentError|argument type|incompatible type|not iterable|not assignable/i,
  ],
  [
    'missing-key',
    /KeyError|NoSuchElementException|KeyNotFoundException|key not found|missing (?:required )?(?:key|field|parameter|property|column|env|environment|config\w{0,10}|setting|variable)|no such (?:key|field|column|element)|undefined (?:index|array key|variable|column)|unknown (?:column|field)|column .{1,80} does not exist|environment variable .{0,60}(?:not set|missing|required|undefined)|could not resolve placeholder|MissingPropert|(?:secret|configmap) "?[\w./-]{1,80}"? not found|is required\b|required property|not configured|No value present/i,
  ],
  [
    'bad-index',
    /IndexError|IndexOutOfBounds|index out of (?:range|bounds)|out of range|ArrayIndexOutOf|StringIndexOutOf|RangeError|slice bounds|ArgumentOutOfRange|list index/i,
  ],
  [
    'arithmetic',
    /Zero ?Division|Divi(?:de|sion)(?:By|_by_)Zero|ArithmeticError|badarith|division by zero|divide by zero|ArithmeticException|integer overflow|OverflowError|numeric overflow|\bNaN\b|attempt to (?:add|subtract|multiply) with overflow|value out of range|Infinity/i,
  ],
  [
    'parse-error',
    /JSONDecodeError|JsonParse|JsonMapping|JsonProcessing|SyntaxError|Unexpected token|unmarshal|deserializ|ParseException|parse error|failed to parse|cannot parse|could not parse|invalid (?:json|format|date|number|character|syntax|payload|encoding|utf|byte)|malformed|NumberFormatException|FormatException|UnicodeDecodeError|UnicodeEncodeError|DateTimeParse|strptime|invalid literal|Unrecognized (?:field|property)|UnrecognizedPropert|schema validation|does not match (?:format|schema)|unexpected (?:end of|EOF|type|character)|protocol buffer|Avro|decode error|decoding|invalid input syntax|MappingException|HttpMessageNotReadable/i,
  ],
  [
    'import-error',
    /ImportError|ModuleNotFoundError|ClassNotFoundException|NoClassDefFoundError|NoSuchFieldError|UnsatisfiedLinkError|cannot find module|module not found|cannot import name|LoadError|undefined symbol|shared librar|GLIBC|could not load|MODULE_NOT_FOUND|UnsupportedClassVersion|TypeLoadException|FileLoadException|DllNotFound|LinkageError|AbstractMethodError|package .{1,80} not found|exec format error/i,
  ],
  [
    'version-conflict',
    /NoSuchMethodError|NoSuchFieldError|AbstractMethodError|IncompatibleClassChange|UnsupportedClassVersion|incompatible (?:version|with)|version (?:conflict|mismatch|incompatib)|requires? (?:version|at least)|(?:unsupported|unknown|unrecognized|deprecated|removed) (?:option|argument|parameter|setting|flag|api|method)|no longer supported|has been removed|peer dep|unexpected keyword argument|is not a constructor|is not a function|ABI|symbol not found|undefined symbol|GLIBC/i,
  ],
  [
    'date-error',
    /offset-(?:naive|aware)|(?:unknown|invalid|ambiguous|non-?existent|unsupported|no such|bad)[^\n]{0,30}(?:time ?zone|offset\b)|time ?zone[^\n]{0,30}(?:unknown|invalid|not found|mismatch)|DateTimeParse|DateTimeException|strptime|does not match format|invalid date|Invalid time value|unparseable date|unable to parse date|day is out of range|ZoneRulesException|date (?:out of range|format)|parsing time|out of range: month|\bDST\b|epoch[^\n]{0,20}(?:range|overflow|invalid|negative)|leap (?:second|year|day)/i,
  ],
  [
    'encoding-error',
    /Unicode(?:De|En)code|codec can't|invalid (?:utf|byte|start byte|encoding)|incompatible character encodings|MalformedInput|UnmappableCharacter|Incorrect string value|charset|not valid UTF|InvalidByteSequence|ENCODING_ERROR|Invalid multibyte/i,
  ],
  [
    'assertion',
    /AssertionError|assertion failed|assert\b.{0,40}failed|IllegalStateException|IllegalArgumentException|InvalidOperationException|precondition|ValueError|invariant|panicked at|panic:|unreachable|ValidationError|validation failed|ConstraintViolationException|MethodArgumentNotValid/i,
  ],
  [
    'exception',
    /exception|traceback|unhandled|uncaught|stack trace|\bpanic\b|RuntimeError|\bfatal error\b/i,
  ],
  [
    'startup-failure',
    /CreateContainer\w{0,12}Error|ErrImagePull|ImagePullBackOff|RunContainerError|FailedMount|InvalidImageName|failed to start|startup failed|application run failed|CrashLoopBackOff|could not start|error (?:starting|creating bean)|BeanCreationException|unable to start|failed to (?:initiali[sz]e|boot|load config\w{0,12})|ApplicationContextException|cannot start|bind: address already in use|EADDRINUSE|initiali[sz]ation failed|no such file or directory.{0,60}(?:config|entrypoint|exec)|executable file not found|invalid configuration|configuration error|readiness probe failed|back-off restarting/i,
  ],
  [
    'crash',
    /OOMKilled|exit(?:ed)? (?:with )?(?:code|status) [1-9]|killed\b|SIGKILL|SIGSEGV|SIGABRT|core dumped|terminated|aborted|crash(?:ed|loop)?|process exited|worker .{0,40}(?:died|exited|killed)|segfault|restarting|liveness probe failed|shutting down unexpectedly/i,
  ],
  [
    'auth-failure',
    /\b40[13]\b|unauthori[sz]ed|forbidden|permission denied|access denied|authentication (?:failed|error|required)|not authori[sz]ed|invalid (?:token|credentials|api key|signature|audience|issuer|grant)|token (?:was )?(?:expired|invalid|is expired|rejected|refused|revoked|not accepted)|(?:reject|refus|revok)\w{0,4} (?:the |a |an )?(?:access |id |bearer )?token|(?:Invalid|Expired|Immature|Malformed|Missing)(?:Token|Jwt|JWT|Signature|Subject|Issuer|Audience|Claim|Grant|Credential)\w{0,30}|jwt|password authentication|AccessDenied|AuthenticationException|Unauthenticated|signature (?:mismatch|verification|does not)|expired token|EACCES|CSRF|login failed|insufficient (?:permissions|scope|privilege)|NOAUTH|WRONGPASS|SignatureDoesNotMatch|not allowed by CORS/i,
  ],
  [
    'rate-limited',
    /\b429\b|too many requests|limiting (?:requests|connections)|rate.?limit|throttl|quota exceeded|ResourceExhausted|RESOURCE_EXHAUSTED|limit exceeded|SlowDown|ProvisionedThroughput|requests? per (?:second|minute)/i,
  ],
  [
    'not-found',
    /\b404\b|not found\b|no route|NoHandlerFound|no such (?:route|endpoint|host|bucket|topic|queue|table|file)|unknown (?:route|path|topic|endpoint)|Cannot (?:GET|POST|PUT|DELETE)\b|UNKNOWN_TOPIC|RoutingError|No routes matched|does not exist/i,
  ],
  [
    'client-errors',
    /\b4(?:00|05|06|09|15|22)\b(?!\s?(?:ms|s|sec|kb|mb|%|rows|items|bytes)\b)|bad request|unprocessable|invalid request|InvalidArgument|INVALID_ARGUMENT|unsupported media|method not allowed|request entity too large|payload too large|\b413\b/i,
  ],
  [
    'server-errors',
    /\b5(?:00|02|03)\b(?!\s?(?:ms|s|sec|kb|mb|%|rows|items|bytes)\b)|internal server error|bad gateway|service unavailable|upstream (?:prematurely|connect error|reset)|no healthy upstream/i,
  ],
  [
    'timeout',
    /time(?:d)?[ -]?out|\b(?:408|504)\b|deadline exceeded|ETIMEDOUT|ESOCKETTIMEDOUT|ReadTimeout|SocketTimeout|gateway timeout|took too long|TimeoutError|context canceled|DEADLINE_EXCEEDED|request aborted|lock wait|no response within/i,
  ],
  [
    'latency',
    /\bslow\b|latency|took \d|duration.{0,20}exceed|took longer|event loop (?:lag|blocked)|high response time|SLO|long-running/i,
  ],
  [
    'connections',
    /too many (?:connections|clients)|connection pool|pool (?:is )?(?:exhausted|timeout|full|empty)|QueuePool limit|unable to (?:acquire|obtain|get) (?:a )?(?:JDBC )?connection|remaining connection slots|max(?:imum)? (?:number of )?(?:connections|clients)|HikariPool|Connection is not available|connection limit|pool overflow|waiting for (?:a )?(?:free )?connection|acquire (?:timeout|connection)|PoolTimeout|no free connections|checkout/i,
  ],
  ['file-handles', /too many open files|EMFILE|ENFILE|file descriptor|inotify|ulimit/i],
  [
    'threads',
    /thread pool|RejectedExecution|unable to create (?:new )?(?:native )?thread|can't start new thread|thread starvation|worker(?:s)? (?:busy|exhausted|timeout)|event loop (?:blocked|lag|delay)|blocked thread|BlockedThreadChecker|ThreadPoolExecutor|listen queue|max_children|server reached pm|goroutine.{0,20}leak|backpressure/i,
  ],
  [
    'memory',
    /out of memory|OutOfMemory|OOM\b|OOMKilled|heap (?:out of memory|space|limit)|MemoryError|cannot allocate|ENOMEM|memory limit|GC overhead|Allocation failed|bad_alloc|Allowed memory size|memory pressure|maxmemory|heap usage|std::bad_alloc|GC pause/i,
  ],
  [
    'disk',
    /no space left|ENOSPC|disk (?:full|usage|quota|pressure)|read-only file ?system|EROFS|DiskPressure|volume is full|quota exceeded on|write failed.{0,40}space/i,
  ],
  [
    'cpu',
    /cpu (?:usage|throttl|limit|pressure|high)|high cpu|load average|CPUThrottling|spin(?:ning)?\b/i,
  ],
  [
    'queue',
    /backlog|queue (?:is )?(?:full|size|depth|length|overflow)|consumer lag|lag (?:is|of|exceed)|dead.?letter|unacked|QueueFull|redelivered|buffer (?:is )?full|messages? pending|rebalance/i,
  ],
  [
    'lock',
    /deadlock|lock (?:wait|timeout|contention)|could not (?:obtain|acquire) lock|LockTimeout|lock not available|serializ(?:ation|e) (?:failure|access)|Lock wait timeout|blocked by|could not serialize|mutex|waiting for lock|canceling statement due to lock/i,
  ],
  [
    'database',
    /slow query|full table scan|seq scan|statement timeout|query (?:took|execution|timeout)|canceling statement|SQLException|SQLSTATE|OperationalError|database is locked|DatabaseError|ProgrammingError|PSQLException|replication lag|relation .{1,80} does not exist|ORA-\d{5}|QueryFailed|Mongo\w{0,20}Error|N\+1/i,
  ],
  [
    'data-conflict',
    /duplicate key|unique constraint|UniqueViolation|IntegrityError|foreign key|violates .{0,40}constraint|DataIntegrity|not-null constraint|cannot be null|E11000|optimistic lock|StaleObject|version conflict|ConflictException|\b409\b|check constraint|Data too long|value too long|Data truncat/i,
  ],
  [
    'dependency-errors',
    /upstream|connection (?:refused|reset|closed|aborted)|ECONNREFUSED|ECONNRESET|EPIPE|broken pipe|failed to (?:call|fetch|connect|reach|send)|could not connect|unreachable|UNAVAILABLE|bad gateway|ServiceUnavailable|circuit (?:breaker )?(?:is )?open|dependency|remote (?:call|service)|FeignException|RestClientException|HttpServerError|socket hang up|no healthy|fetch failed|request failed|error from|responded with|connection lost/i,
  ],
  [
    'network',
    /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|getaddrinfo|name (?:or service not known|resolution)|no such host|UnknownHost|could not resolve|dns|connection refused|no route to host|network (?:is )?unreachable|i\/o timeout|NXDOMAIN|dial tcp|Name does not resolve|Temporary failure in name/i,
  ],
  [
    'tls',
    /\btls\b|\bssl\b|certificate|handshake|x509|CERT_|unable to verify|self.signed|SSLHandshake|PKIX|cipher|wrong version number|UNABLE_TO_VERIFY|hostname mismatch|unknown ca|bad certificate|trust anchor/i,
  ],
  ['stale-data', /stale|out of date|outdated|expired cache|not refreshed|old version of/i],
  [
    'wrong-data',
    /mismatch|inconsisten|checksum|unexpected (?:value|result|total|amount|number)|negative (?:amount|balance|total|quantity|stock)|incorrect|reconciliation|does not (?:match|add up|equal)|invariant|corrupt|wrong (?:value|amount|total|currency|price)/i,
  ],
  [
    'missing-work',
    /no (?:messages|events|jobs|tasks|data) (?:received|processed|for)|not (?:processed|consumed|delivered|sent|run|executed)|skipp(?:ed|ing)|missed|job (?:did not|failed|missing)|dropped|discard|unprocessed|no handler|no subscribers|heartbeat (?:missing|lost)|unregistered task|unroutable/i,
  ],
  [
    'log-volume',
    /log (?:rate|volume|quota)|rate.?limit.{0,20}log|suppress(?:ed|ing) \d|dropped \d+ (?:log|message)|imjournal|messages lost due to rate/i,
  ],
  // Those who check what they are given: schema validators and mappers of many languages.
  [
    'missing-key',
    /invalid_type|\bfield required\b|missing field|missing data for required|\\?"?received\\?"?: ?\\?"?undefined|keyNotFound|Required value '|\bField '[^'\n]{1,60}' is required|must have required property|must not be null|cannot be null|Missing required creator|required field|type=missing|has no (?:field|member|property|column)|not set on|is not present in|expected to (?:have|contain)|no (?:field|property|attribute|member) (?:named )?['"`\w]/i,
  ],
  [
    'parse-error',
    /ZodError|invalid_type|validation errors? (?:for|detected)|cannot (?:construct|convert|coerce|decode)|failed to (?:decode|convert|coerce)|expected (?:an? )?\\?"?(?:string|number|integer|int|boolean|bool|array|object|null|double|float|list|map|date)\b[^\n]{0,60}(?:got|received|but|found|was)|invalid type: |For input string|not a (?:valid )?(?:number|integer|date|boolean|uuid|timestamp|enum)|unparseable|TypeMismatch|No enum constant|unknown (?:enum|variant|discriminator)|is not (?:one of|a valid (?:choice|value))|invalid enum/i,
  ],
  [
    'limit-exceeded',
    /too (?:large|long|big|many (?:values|parameters|headers|parts|fields|items|arguments|redirects))|larger than (?:the )?(?:allowed|permitted|limit|max)|exceed(?:s|ed|ing)? (?:the )?(?:maximum|max\b|limit|allowed|size|quota of|configured)|(?:body|upload|message|file|request|payload|header|record|frame)s?[ _-]?(?:size )?(?:limit|exceed)|\b(?:413|414|431)\b|MaxUploadSize|PayloadTooLarge|RecordTooLarge|max(?:imum)?[ _.-]?(?:depth|length|size|complexity|bytes|items)\b[^\n]{0,30}(?:exceed|reached|is|of)|limit of \d{1,12} (?:reached|exceeded)|over the limit/i,
  ],
  [
    'wrong-target',
    /read-?only (?:transaction|mode|replica|database|server|connection|table)|READONLY|in (?:a )?read-only|cannot execute (?:INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE)|NotWritablePrimary|not (?:the )?(?:primary|master|leader|writable)\b|NOT_LEADER|NotLeader|hot standby|recovery is in progress|unknown (?:database|tenant|keyspace|bucket|index)|database "?[\w.-]{1,80}"? does not exist|misdirected|wrong (?:host|server|database|cluster|region|environment)|index_not_found|NoSuchBucket/i,
  ],
  [
    'dependency-load',
    /overload|too much load|load shed|shedding|capacity exceeded|server busy|thundering|stampede|cache miss/i,
  ],
];

const MAX_TEXT = 2000;

/** Symptoms that a text of the logs speaks of; the frames of its stack traces are not read. */
export function symptomsOfText(text: string): Symptom[] {
  const clipped = messageOf(text.slice(0, 2 * MAX_TEXT)).slice(0, MAX_TEXT);
  return [
    ...new Set(PATTERNS.filter(([, pattern]) => pattern.test(clipped)).map(([symptom]) => symptom)),
  ];
}
