import type { MechanismId } from '#src/changes/classify/mechanisms.ts';

/** What well-known libraries are for, by words of their names; the first that fits counts. */
const KINDS: readonly (readonly [MechanismId, RegExp])[] = [
  [
    'library-of-access',
    /(?:^|[^a-z])(?:\w{0,12}jwt\w{0,8}|jose\d?|jsonwebtoken|oauth\w{0,12}|oidc\w{0,12}|openid\w{0,12}|saml\w{0,8}|passport\w{0,12}|devise|keycloak\w{0,12}|auth0?|authlib|authentication|spring-security\w{0,12}|shiro|pac4j|nimbus\w{0,12}|bcrypt|argon2|itsdangerous|casbin|pundit|cancancan|sanctum|guardian|ldap\w{0,8}|session|cookie\w{0,12}|csrf)(?:[^a-z]|$)/i,
  ],
  [
    'library-of-data',
    /(?:^|[^a-z])(?:pg|pgx|pq|psycopg\d?|asyncpg|postgres\w{0,8}|postgresql|npgsql|postgrex|mysql\w{0,12}|mysqlclient|mariadb\w{0,12}|pymysql|ojdbc\w{0,4}|mssql\w{0,8}|tedious|sqlite\w{0,4}|sqlalchemy|hibernate\w{0,12}|jooq|mybatis|jdbi|hikaricp|hikari|flyway\w{0,12}|liquibase|knex|sequelize|typeorm|prisma|drizzle\w{0,8}|activerecord|rails|ecto\w{0,8}|gorm|sqlx|diesel|doctrine|eloquent|dapper|entityframework\w{0,12}|mongo\w{0,12}|mongoose|pymongo|motor|redis\w{0,8}|ioredis|jedis|lettuce\w{0,8}|redisson|memcached?|pymemcache|cassandra\w{0,8}|gocql|elasticsearch\w{0,8}|opensearch\w{0,8}|neo4j\w{0,8}|dynamodb\w{0,8}|dalli|django|exposed|r2dbc\w{0,12}|tortoise)(?:[^a-z]|$)/i,
  ],
  [
    'library-of-messages',
    /(?:^|[^a-z])(?:kafka\w{0,8}|kafkajs|confluent\w{0,8}|sarama|rdkafka|rabbitmq\w{0,8}|amqp\w{0,8}|pika|bunny|celery|kombu|sidekiq|resque|bull\w{0,4}|rq|dramatiq|nats\w{0,4}|pulsar\w{0,8}|sqs\w{0,8}|activemq|artemis|masstransit|oban|hangfire|quartz|agenda|temporal\w{0,8})(?:[^a-z]|$)/i,
  ],
  [
    'library-of-calls',
    /(?:^|[^a-z])(?:axios|requests|httpx|aiohttp|urllib3|got|undici|node-fetch|superagent|okhttp\w{0,4}|retrofit\w{0,4}|feign|httpclient\d?|httpcore|resty|reqwest|hyper|faraday|httparty|excon|typhoeus|guzzle\w{0,4}|grpc\w{0,8}|tonic|boto\d?|botocore|aws-sdk\w{0,12}|google-cloud\w{0,12}|azure\w{0,12}|stripe|twilio|certifi|openssl|cryptography|tls\w{0,8}|rustls|bouncycastle|bcprov\w{0,8}|ws|websocket\w{0,8}|tesla|finch|mint|polly|resilience4j\w{0,12}|hystrix|opossum|tenacity|paramiko|ssh\w{0,4}|nodemailer|smtp\w{0,8})(?:[^a-z]|$)/i,
  ],
  [
    'library-of-formats',
    /(?:^|[^a-z])(?:jackson\w{0,12}|gson|moshi|serde\w{0,8}|zod|ajv|joi|yup|pydantic\w{0,12}|marshmallow|cerberus|voluptuous|jsonschema|class-validator|hibernate-validator|protobuf\w{0,8}|protoc\w{0,8}|thrift|avro\w{0,4}|msgpack|simplejson|orjson|ujson|json\w{0,8}|yaml\w{0,8}|pyyaml|snakeyaml|toml\w{0,4}|xml\w{0,8}|lxml|nokogiri|xerces|csv\w{0,8}|excel\w{0,4}|openpyxl|poi|dateutil|pytz|tzdata|moment\w{0,8}|dayjs|date-fns|luxon|joda\w{0,4}|chrono|arrow|tzinfo|iconv\w{0,4}|chardet|charset\w{0,12}|i18n\w{0,8}|icu\w{0,4}|qs|body-parser|multer|busboy|markdown\w{0,4}|marked|automapper|mapstruct|lodash)(?:[^a-z]|$)/i,
  ],
  [
    'library-of-serving',
    /(?:^|[^a-z])(?:express|fastify|koa|hapi|nest\w{0,4}|next|nuxt|uvicorn|gunicorn|hypercorn|starlette|fastapi|flask|werkzeug|tornado|sanic|puma|unicorn|rack|sinatra|actionpack|tomcat\w{0,8}|jetty\w{0,8}|undertow|netty\w{0,8}|spring\w{0,12}|ktor\w{0,8}|micronaut\w{0,8}|quarkus\w{0,8}|vertx\w{0,8}|gin|echo|fiber|chi|mux|actix\w{0,8}|axum|rocket|tokio|warp|phoenix|plug\w{0,8}|cowboy|laravel|symfony|slim|aspnetcore|kestrel|anyio|asyncio|gevent|eventlet)(?:[^a-z]|$)/i,
  ],
  [
    'library-of-media',
    /(?:^|[^a-z])(?:sharp|jimp|pillow|imagemagick|rmagick|minimagick|imaging|opencv\w{0,12}|ffmpeg\w{0,8}|pdf\w{0,12}|wkhtmltopdf|puppeteer|playwright|itext\w{0,8}|reportlab|weasyprint|archiver|unzipper|zip\w{0,8}|commons-compress|snappy\w{0,4}|zstd\w{0,4}|brotli|lz4\w{0,4}|tika\w{0,8}|numpy|pandas|polars|torch|tensorflow|onnx\w{0,12}|scikit-learn)(?:[^a-z]|$)/i,
  ],
];

/** What a library is for, by its name; null where that is not known. */
export function libraryKind(name: string): MechanismId | null {
  const text = name.slice(0, 120);
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
