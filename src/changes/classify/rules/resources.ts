import type { Rule } from '#src/changes/classify/rule.ts';

/**
 * Resources that are no longer given back, are taken too often, or grow: Weimer and Necula (OOPSLA
 * 2004), Ghanavati et al. (EMSE 2020).
 */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    when: 'lost',
    pattern:
      /\bdefer\s[^;]{1,100}|\.(?:close|Close|closeQuietly|release|Release|dispose|Dispose|DisposeAsync|disconnect|Disconnect|shutdown|shutdownNow|destroy|unref|unsubscribe|removeListener|removeEventListener|off|removeAllListeners|returnObject|return_connection|putconn|free|quit|end|cancel|stop|Stop|terminate|rollback|Rollback|unlink|cleanup|clearTimeout|unregister)\(\s?\w{0,40}\s?\)|\b(?:free|delete|close|fclose|closesocket|curl_close|clearInterval|clearTimeout|pclose|mysqli_close|unlink)\s?\(\s?[\w.*&>-]{1,60}\s?\)|\bcancel\(\)/g,
    mechanism: 'release-removed',
    weight: 0.85,
    unless:
      /\.(?:close|Close|release|Release|dispose|Dispose|shutdown|cleanup|unsubscribe|end)\w{0,12}\(|\bwith\b|\busing\b|\.use\b|\bdefer\b|try\s?\(|\bfinally\b/,
  },
  {
    when: 'lost',
    pattern:
      /^(?:async )?with\s[^:]{1,200}:|\btry\s?\((?:var|final|[A-Z][\w<>]{0,40})\s|\busing\s?(?:\(|var\s|\w{1,40}\s\w{1,40}\s?=)|\.use\s?\{|\.use\s?\(|\bFile\.open\b[^\n]{0,120}\bdo\b|\bFile\.open\([^()]{0,100}\)\s?\{/g,
    mechanism: 'release-removed',
    weight: 0.7,
    unless: /^(?:async )?with\s|\btry\s?\(|\busing\b|\.use\b|\bclose\(|\.Dispose|\bdo \|/,
  },
  {
    when: 'gained',
    pattern:
      /(?<!with )\b(?:open|fopen|os\.Open|os\.Create|FileInputStream|FileReader|FileOutputStream|createReadStream|createWriteStream|openSync|File\.open|StreamReader|NamedTemporaryFile|mkstemp)\(/g,
    mechanism: 'release-removed',
    weight: 0.45,
    unless: /\bwith\b|\bdefer\b|\.close|try\s?\(|\busing\b|\.use\b|\bopen\(|\bfinally\b/,
  },
  {
    when: 'gained',
    pattern:
      /\bnew\s(?:\w{1,30}\.)?(?:HttpClient|MongoClient|Redis|RedisClient|Pool|Client|PrismaClient|DataSource|HikariDataSource|KafkaProducer|KafkaConsumer|Kafka|RestTemplate|OkHttpClient|JedisPool|Jedis|Sequelize|S3Client|DynamoDBClient|WebClient|ConnectionFactory|SqlConnection|NpgsqlConnection|MySqlConnection|Agent|Socket|AmazonS3Client|CloseableHttpClient|Thread|ThreadPoolExecutor|Timer|EventSource|WebSocket)\b|\b(?:psycopg2\.connect|psycopg\.connect|pymysql\.connect|mysql\.connector\.connect|sqlite3\.connect|redis\.Redis|redis\.StrictRedis|redis\.createClient|createClient|createPool|create_engine|create_pool|boto3\.client|boto3\.resource|requests\.Session|aiohttp\.ClientSession|httpx\.Client|httpx\.AsyncClient|pymongo\.MongoClient|MongoClient|sql\.Open|sqlx\.Connect|sqlx\.Open|redis\.NewClient|mongo\.Connect|grpc\.Dial|grpc\.NewClient|grpc\.insecure_channel|amqp\.Dial|kafka\.NewWriter|kafka\.NewReader|pg\.connect|PG\.connect|Mysql2::Client\.new|Redis\.new|Faraday\.new|Net::HTTP\.start|new mysqli|new PDO|curl_init|Executors\.new\w{1,40}|HttpClient\.newHttpClient|HttpClient\.newBuilder|HttpClients\.createDefault|DriverManager\.getConnection|reqwest::Client::new|PgPool::connect|ConnectionMultiplexer\.Connect)\b/g,
    mechanism: 'acquired-per-call',
    weight: 0.75,
    unless:
      /\bHttpClient\b|MongoClient|createClient|create_engine|createPool|ClientSession|NewClient|sql\.Open|boto3|Redis\.new/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:fs\.readFileSync|readFileSync|\.readlines\(\)|\.read\(\)|ioutil\.ReadAll|io\.ReadAll|ReadAllBytes|ReadAllLines|readAllBytes|Files\.readAllBytes|Files\.readString|Files\.readAllLines|File\.ReadAllText|file_get_contents|read_to_string|read_to_end|IOUtils\.toString|IOUtils\.toByteArray|toByteArray\(\)|\.toArray\(\)|\.toList\(\)|\.ToList\(\)|\.ToArray\(\)|\.collect\(\)|\.fetchall\(\)|File\.read|IO\.read|Enum\.to_list|ReadToEnd\(\)|\.arrayBuffer\(\)|Buffer\.concat)/g,
    mechanism: 'buffered-whole',
    weight: 0.6,
    unless:
      /\b(?:readFileSync|readlines|ReadAll|readAllBytes|file_get_contents|read_to_string|toList|ToList|toArray|collect|fetchall|\.read\(\))/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:stream|Stream|pipe|pipeline|iterator|iter_content|iter_lines|StreamingResponse|yield|find_each|find_in_batches|in_batches|chunked|fetchmany|server_side|stream_results|yield_per|Scanner|bufio|createReadStream|lines\(\)|forEachRow|fetchSize|setFetchSize|InputStreamResource|AsyncEnumerable)\b/g,
    mechanism: 'buffered-whole',
    weight: 0.45,
    unless: /\b(?:stream|Stream|pipe|iterator|yield|find_each|chunk)/,
  },
  // Growth without end.
  {
    when: 'gained',
    pattern: /\bdef \w{1,60}\([^()]{0,200}=\s?(?:\[\]|\{\}|set\(\)|dict\(\)|list\(\))/g,
    mechanism: 'unbounded-growth',
    weight: 0.7,
    languages: ['python'],
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:maxsize|max_size|maximumSize|maxEntries|max_entries|MaxEntries|SizeLimit|expireAfterWrite|expireAfterAccess|evict|Evict|eviction|removeEldestEntry|prune|purge|expire|Expire|WeakMap|WeakHashMap|WeakReference|WeakRef|LRU|LRUCache|lru|TTLCache|maxlen|trim|LTRIM|ltrim|xtrim)\w{0,20}\b/g,
    mechanism: 'unbounded-growth',
    weight: 0.75,
  },
  {
    when: 'lost',
    pattern:
      /\.(?:delete|remove|Remove|clear|Clear|pop|shift|popleft|truncate|unset|invalidate|removeAll|evictAll|poll|splice)\(|\b(?:del|delete)\s[\w.[\]]{1,60}|\bdelete\(\w/g,
    mechanism: 'unbounded-growth',
    weight: 0.55,
    unless: /\.(?:delete|remove|clear|pop|shift|splice|evict)\w{0,10}\(|\bdel\b|\bdelete\b/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:maxsize\s?=\s?None|max_size\s?=\s?None|maxlen\s?=\s?None|functools\.cache\b|@cache\b|memoize\()/g,
    mechanism: 'unbounded-growth',
    weight: 0.75,
  },
  {
    when: 'gained',
    pattern:
      /\.(?:on|addListener|addEventListener|subscribe|addObserver|register|add_listener|once|prependListener)\(|\bsetInterval\(|\+=\s?On[A-Z]\w{0,40}|\bNewTicker\(|\btime\.Tick\(|\bnew Thread\(|\bgo func\b|\bgo \w[\w.]{0,60}\(/g,
    mechanism: 'unbounded-growth',
    weight: 0.3,
    unless:
      /\.(?:on|addListener|addEventListener|subscribe|once)\(|setInterval|\bgo\b|removeListener|unsubscribe/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:WithLabelValues|labels\(|withTags|tag\(|setAttribute)\b[^\n]{0,80}\b(?:user|userId|user_id|id|email|path|url|request|ip|session|uuid)\w{0,10}\b/g,
    mechanism: 'unbounded-growth',
    weight: 0.55,
  },
];
