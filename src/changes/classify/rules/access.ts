import type { Rule } from '#src/changes/classify/rule.ts';

/** Authentication, set-up, addresses and numbers in code. */
export const ACCESS_RULES: readonly Rule[] = [
  {
    when: 'lost',
    pattern:
      /@(?:PreAuthorize|Secured|RolesAllowed|login_required|permission_required|Authorize|AllowAnonymous|requires_auth|jwt_required|UseGuards|Roles|auth_required|csrf_exempt|permission_classes|authentication_classes)\b|\b(?:authenticate|authorize|authorization|Authorization|isAuthenticated|requireAuth|requireLogin|ensureLoggedIn|checkPermission|hasRole|hasPermission|hasAuthority|verifyToken|verify_token|verifyJwt|jwt\.verify|jwt\.decode|validateToken|can\?|before_action|skip_before_action|passport|bearer|Bearer|csrf|cors|allowedOrigins|permitAll|IsAuthenticated|HasPermission|checkAccess|requireRole|protect_from_forgery|VerifyPassword|check_password|compareSync|hmac|signature|Signature)\w{0,20}\b/g,
    mechanism: 'auth-changed',
    weight: 0.75,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern:
      /@(?:PreAuthorize|Secured|RolesAllowed|login_required|permission_required|Authorize|requires_auth|jwt_required|UseGuards|Roles|auth_required|permission_classes|authentication_classes)\b|\b(?:authenticate|authorize|isAuthenticated|requireAuth|requireLogin|ensureLoggedIn|checkPermission|hasRole|hasPermission|hasAuthority|verifyToken|verify_token|verifyJwt|jwt\.verify|validateToken|before_action|passport|allowedOrigins|IsAuthenticated|HasPermission|checkAccess|requireRole|protect_from_forgery|audience|issuer|Bearer|Authorization|X-Api-Key|x-api-key)\w{0,20}\b/g,
    mechanism: 'auth-changed',
    weight: 0.7,
    withStrings: true,
  },
  // Set-up.
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:app|router|server|engine|mux|r|e|api|bp|blueprint)\.(?:use|register|register_blueprint|include_router|mount|route|add_middleware|Use|UseRouting|UseAuthentication|UseAuthorization|MapControllers|Handle|HandleFunc|add_url_rule|plugin)\(|@(?:Bean|Component|Service|Repository|Configuration|EnableScheduling|EnableAsync|EnableCaching|ComponentScan|Injectable|Module|PostConstruct|Autowired|Inject|EventListener|Order|DependsOn)\b|\b(?:services\.Add\w{1,40}|bind\(|container\.register|INSTALLED_APPS|MIDDLEWARE|providers|imports|autoload|require_relative|on_load|after_initialize|lifespan|on_startup|on_event|init\(\)|initialize|OnModuleInit|flag\.Parse|load_dotenv|dotenv\.config|registerModule|subscribe|Migrate|migrate)\b/g,
    mechanism: 'init-changed',
    weight: 0.65,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:app|router|server|engine|mux|r|e|api)\.(?:use|add_middleware|Use|plugin|register)\(|@(?:PostConstruct|EnableScheduling|EnableAsync|EnableCaching|ComponentScan|Primary|Lazy|ConditionalOn\w{1,30}|Qualifier|DependsOn|Order)\b|\b(?:services\.Add\w{1,40}|container\.register|on_startup|lifespan|static\s\{|after_initialize)\b/g,
    mechanism: 'init-changed',
    weight: 0.5,
  },
  // Environment and settings that code reads: see settings.ts for their names.
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:mustGetenv|MustGetenv|mustEnv|requireEnv|required_env|getOrThrow|get_or_raise|env!\(|GetRequiredSection|GetRequiredService|envalid|envsafe|ENV\.fetch|System\.fetch_env!|fetch_env!)/g,
    mechanism: 'setting-required',
    weight: 0.75,
  },
  // Addresses.
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:verify\s?=\s?False|rejectUnauthorized|InsecureSkipVerify|NODE_TLS_REJECT_UNAUTHORIZED|TLSv1\.?[0-3]?|TLS_1_[0-3]|VersionTLS1[0-3]|MinVersion|ssl_context|SSLContext|sslmode|ca_certs|cafile|truststore|TrustManager|HostnameVerifier|check_hostname|CERT_NONE|CERT_REQUIRED|client_cert|requests_ca_bundle|useSSL|requireSSL|ssl\s?[:=]\s?\{?)\b/g,
    mechanism: 'tls-changed',
    weight: 0.75,
    withStrings: true,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:verify\s?=\s?False|rejectUnauthorized|InsecureSkipVerify|TLSv1\.?[0-3]?|TLS_1_[0-3]|VersionTLS1[0-3]|ssl_context|SSLContext|sslmode|ca_certs|cafile|truststore|TrustManager|client_cert|useSSL|requireSSL)\b/g,
    mechanism: 'tls-changed',
    weight: 0.75,
    withStrings: true,
  },
  // Numbers: Di Franco et al. (ASE 2017).
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:BigDecimal|Decimal|decimal|bigint|BigInteger|BigInt|int64|uint64|Int64|i64|u64|f64|long|Long|double|float64|NUMERIC|BIGINT|DOUBLE|Fraction|Math\.(?:round|floor|ceil|trunc|abs)|round|floor|ceil|abs|toFixed|setScale|intdiv|Math\.max|Math\.min|max|min|clamp)\b(?=\s?[([)\s,;>]|$)/g,
    mechanism: 'type-changed',
    weight: 0.6,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:int32|Int32|i32|u32|int16|i16|u16|float32|f32|short|SMALLINT|TINYINT|INTEGER|FLOAT|REAL|parseInt|Number|parseFloat|int|float|Float|toInt|intValue|floatValue|\(int\)|as i32|as u32|as f32|as usize|to_i|to_f|intdiv|Math\.(?:round|floor|ceil|trunc)|toFixed)\s?\(/g,
    mechanism: 'type-changed',
    weight: 0.5,
    unless:
      /\b(?:int|float|parseInt|Number|parseFloat|Math\.(?:round|floor|ceil)|toFixed|to_i|to_f)\s?\(/,
  },
  {
    when: 'lost',
    pattern: /(?<![\w@$])(?:VARCHAR|CHAR|TEXT|BIGINT|DECIMAL|NUMERIC)\s?\(?\d{0,6}/g,
    mechanism: 'type-changed',
    weight: 0.6,
    withStrings: true,
  },
  // Registrations that others look for.
  {
    when: 'lost',
    pattern:
      /@(?:GetMapping|PostMapping|PutMapping|DeleteMapping|PatchMapping|RequestMapping|RestController|Controller|Path|GET|POST|PUT|DELETE|Get|Post|Put|Delete|Patch|app\.(?:route|get|post|put|delete|patch)|router\.(?:get|post|put|delete|patch)|bp\.route|api_view|HttpGet|HttpPost|HttpPut|HttpDelete|Route|Scheduled|KafkaListener|RabbitListener|SqsListener|JmsListener|shared_task|celery\.task|app\.task|task)\b|\b(?:app|router|server|r|e|mux|api|route|Route|group)(?:\.|::)(?:get|post|put|delete|patch|GET|POST|PUT|DELETE|PATCH|HandleFunc|Handle|Get|Post|Put|Delete|Patch|all|resource|resources|MapGet|MapPost)\(/g,
    mechanism: 'removed-code',
    weight: 0.75,
  },
];
