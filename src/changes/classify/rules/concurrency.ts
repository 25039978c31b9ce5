import type { Rule } from '#src/changes/classify/rule.ts';

/**
 * Waiting, blocking, locking, and how much runs at once: Lu et al. (ASPLOS 2008), Wang et al. on
 * Node.js (ASE 2017), Tu et al. on Go (ASPLOS 2019).
 */
export const CONCURRENCY_RULES: readonly Rule[] = [
  {
    when: 'lost',
    pattern:
      /\bawait\b(?!\s?(?:Promise\.all|asyncio\.gather|Task\.WhenAll|sleep|asyncio\.sleep|delay|Task\.Delay))|\.await\b|\.join\(\)|\bwg\.Wait\(\)|\.Wait\(\)|\.get\(\)(?=;|$)/g,
    mechanism: 'await-removed',
    weight: 0.8,
    unless:
      /\bawait\b|\.await\b|\.then\(|\breturn\b|Promise\.all|\.join\(|\.block\(|gather|\.Wait\(/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:\w{1,40}Sync)\(|\btime\.sleep\(|\bThread\.sleep\(|\bTask\.Delay\([^()]{0,60}\)\.Wait|\btime\.Sleep\(|\busleep\(|\bKernel\.sleep\b|(?:^|\s)sleep\s?\(?\d|\bsleep\(|\.Result\b(?!\s?[({=])|\.GetAwaiter\(\)\.GetResult\(\)|\.block\(\)|\bblock_on\(|\brunBlocking\b|\.blockingGet\(\)|\.toFuture\(\)\.get\(|\bAwait\.result\(|\brun_until_complete\(|\basyncio\.run\(|\bexecSync\(|\bspawnSync\(|\bsubprocess\.(?:run|call|check_output)\(|\bos\.system\(|\bexec\.Command\(|\bAtomics\.wait\(|\bstd::thread::sleep|\bProcess\.sleep\(|\bsynchronous\b/g,
    mechanism: 'blocking-call',
    weight: 0.75,
    unless:
      /\b(?:\w{1,40}Sync)\(|[sS]leep\(|\.Result\b|\.block\(|runBlocking|subprocess|exec\.Command/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:bcrypt|scrypt|argon2|pbkdf2|PBKDF2|gzip|zlib|brotli|deflate|crypto\.\w{1,30}|sha256|sha512|md5|hashlib|deepcopy|cloneDeep|structuredClone|deep_dup|SerializationUtils\.clone|JSON\.parse\(JSON\.stringify|stringify|toPrettyString|pprint|traceback\.format_exc|inspect\.stack|getStackTrace|printStackTrace|captureStackTrace|levenshtein|difflib|SequenceMatcher|permutations|combinations|itertools\.product|sorted|sort|sortBy|orderBy|OrderBy|Arrays\.sort|Collections\.sort|reduceRight|resize|thumbnail|convert)\w{0,20}\(/g,
    mechanism: 'costly-work',
    weight: 0.45,
    unless:
      /\b(?:bcrypt|gzip|crypto|deepcopy|cloneDeep|stringify|sort|sorted|orderBy|sha256|md5|resize)\w{0,10}/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:Promise\.all|Promise\.allSettled|asyncio\.gather|gather\(|Task\.WhenAll|CompletableFuture\.allOf|supplyAsync|thenCombine|parallelStream|parallel\(\)|par_iter|rayon|errgroup|WaitGroup|Task\.async_stream|async_stream|ThreadPoolExecutor|ProcessPoolExecutor|executor\.submit|executor\.map|Pool\(|Mono\.zip|Flux\.merge|zipWith|coroutineScope|async\s?\{|awaitAll|Parallel\.ForEach|pmap|concurrent\.futures|create_task|ensure_future|tokio::spawn|tokio::join|join_all|futures::join|spawn\()/g,
    mechanism: 'parallelism-lost',
    weight: 0.8,
    unless:
      /Promise\.all|gather|WhenAll|allOf|parallel|errgroup|WaitGroup|async_stream|Executor|join_all|tokio::|create_task|TaskGroup|awaitAll|Parallel/,
  },
  {
    when: 'lost',
    pattern: /\bgo func\b|\bgo \w[\w.]{0,60}\(/g,
    mechanism: 'parallelism-lost',
    weight: 0.55,
    languages: ['go'],
    unless: /\bgo\b|errgroup|\.Go\(/,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:pLimit|p-limit|limit\(|Semaphore|semaphore|BoundedSemaphore|SemaphoreSlim|p_limit|throttle|debounce|bottleneck|Bottleneck|RateLimiter|rateLimiter|rate_limit|SetLimit|mapLimit|eachLimit|concurrency|buffer_unordered|maxConcurrency|MaxDegreeOfParallelism|worker_pool|workerPool|errgroup\.SetLimit|async\.queue|PQueue)\b/g,
    mechanism: 'parallelism-unbounded',
    weight: 0.75,
    unless: /Semaphore|semaphore|limit|Limit|concurrency|throttle|debounce/,
  },
  {
    when: 'lost',
    pattern:
      /\bsynchronized\b|\b(?:lock|Lock|mutex|Mutex|mu|rwlock|RWMutex|ReentrantLock|RLock|lock_guard|unique_lock|scoped_lock|AtomicInteger|AtomicLong|AtomicReference|atomic|Interlocked|ConcurrentHashMap|ConcurrentDictionary|CopyOnWriteArrayList|sync\.Map|Volatile|volatile|with_lock|withLock|lock!|compareAndSet|compare_exchange|SELECT_FOR_UPDATE|select_for_update|advisory_lock|GET_LOCK|redlock|Redlock|setnx|SETNX|optimistic_lock|lock_version|@Version)\b(?:\.(?:Lock|RLock|lock|acquire|Acquire)\(\))?/g,
    mechanism: 'lock-removed',
    weight: 0.8,
    withStrings: false,
  },
  {
    when: 'lost',
    pattern:
      /\bfor update\b|\bserializable\b|\brepeatable read\b|\bon conflict\b|\bon duplicate key\b/gi,
    mechanism: 'lock-removed',
    weight: 0.75,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern:
      /\bsynchronized\b|\b(?:ReentrantLock|RWMutex|Mutex|mutex|RLock|Lock\(\)|\.lock\(\)|\.Lock\(\)|lock_guard|unique_lock|scoped_lock|with_lock|withLock|lock!|select_for_update|advisory_lock|GET_LOCK|redlock|Redlock|acquire\(\)|lock\s?\()/g,
    mechanism: 'lock-widened',
    weight: 0.7,
    unless: /\bsynchronized\b|[lL]ock|[mM]utex|acquire/,
  },
  {
    when: 'gained',
    pattern: /\bfor update\b|\block tables?\b|\bserializable\b|\bexclusive mode\b/gi,
    mechanism: 'lock-widened',
    weight: 0.8,
    withStrings: true,
  },
  {
    when: 'gained',
    pattern:
      /@Transactional\b|\btransaction\.atomic\b|\b(?:beginTransaction|begin_transaction|BeginTx|BeginTransaction|startTransaction|\$transaction|transaction do|withTransaction|db\.transaction|TransactionScope|ActiveRecord::Base\.transaction|Repo\.transaction)\b/g,
    mechanism: 'transaction-changed',
    weight: 0.7,
  },
  // What is done in between now holds a connection and its locks until all of it is done.
  {
    when: 'gained',
    pattern:
      /@Transactional\b|\btransaction\.atomic\b|\b(?:beginTransaction|begin_transaction|BeginTx|BeginTransaction|startTransaction|\$transaction|transaction do|withTransaction|db\.transaction|TransactionScope|ActiveRecord::Base\.transaction|Repo\.transaction)\b/g,
    mechanism: 'held-longer',
    weight: 0.6,
  },
  {
    when: 'lost',
    pattern:
      /@Transactional\b|\btransaction\.atomic\b|\b(?:beginTransaction|begin_transaction|BeginTx|BeginTransaction|startTransaction|\$transaction|transaction do|withTransaction|db\.transaction|TransactionScope|ActiveRecord::Base\.transaction|Repo\.transaction|\.commit\(\)|\.Commit\(\))/g,
    mechanism: 'transaction-changed',
    weight: 0.75,
  },
];
