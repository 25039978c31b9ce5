import type { GuiltyCase } from './guilty-code.ts';

export const GUILTY_THIRD: readonly GuiltyCase[] = [
  [
    'vault path',
    'deploy/prod.env',
    `
-VAULT_SECRET_PATH=secret/data/orders/prod
+VAULT_SECRET_PATH=secret/data/order/prod
`,
    ['credential-changed'],
  ],
  [
    'feature percentage',
    'config/flags.json',
    `
   "fast-search": {
-    "rollout": 5
+    "rollout": 100
   }
`,
    ['flag-flipped'],
  ],
  [
    'log appender',
    'src/main/resources/logback.xml',
    `
-  <root level="INFO">
+  <root level="TRACE">
     <appender-ref ref="STDOUT"/>
`,
    ['log-level'],
  ],
  [
    'timezone of container',
    'Dockerfile',
    `
 FROM python:3.12-slim
-ENV TZ=UTC
+ENV TZ=Europe/Berlin
 COPY . .
`,
    ['setting-changed'],
  ],
  [
    'apk upgrade',
    'go.mod',
    `
-go 1.21
+go 1.23
`,
    ['runtime-version'],
  ],
  [
    'gemfile',
    'Gemfile',
    `
-gem "pg", "~> 1.4"
+gem "pg", "~> 1.5"
 gem "puma"
`,
    ['dependency-minor'],
  ],
  [
    'lock only',
    'package-lock.json',
    `
     "node_modules/undici": {
-      "version": "5.28.2",
+      "version": "6.6.0",
       "license": "MIT"
`,
    ['dependency-major'],
  ],
  [
    'gradle',
    'build.gradle.kts',
    `
-    implementation("io.netty:netty-all:4.1.94.Final")
+    implementation("io.netty:netty-all:4.2.0.Final")
`,
    ['dependency-minor'],
  ],
  [
    'helm image',
    'charts/web/values.yaml',
    `
 image:
   repository: registry.example.org/web
-  tag: "2.14.3"
+  tag: "2.15.0"
`,
    ['image-changed'],
  ],
  [
    'graphql field',
    'schema/order.graphql',
    `
 type Order {
   id: ID!
-  totalCents: Int!
+  total: Money!
 }
`,
    ['contract-field'],
  ],
  [
    'openapi required',
    'api/openapi.yaml',
    `
       required:
         - sku
+        - warehouse
       properties:
`,
    ['validation-added'],
  ],
  [
    'avro',
    'schemas/order.avsc',
    `
     {"name": "id", "type": "string"},
-    {"name": "note", "type": ["null", "string"], "default": null},
     {"name": "sum", "type": "long"}
`,
    ['contract-field'],
  ],
  [
    'pydantic alias',
    'api/models.py',
    `
 class Quote(BaseModel):
-    valid_until: datetime = Field(alias="validUntil")
+    valid_until: datetime
`,
    ['contract-format'],
  ],
  [
    'csharp json',
    'src/Contracts/Order.cs',
    `
-    [JsonPropertyName("order_id")]
+    [JsonPropertyName("orderId")]
     public string OrderId { get; set; }
`,
    ['contract-field'],
  ],
  [
    'date parse',
    'src/import.rb',
    `
-    Date.strptime(row["date"], "%d/%m/%Y")
+    Date.strptime(row["date"], "%m/%d/%Y")
`,
    ['time-changed'],
  ],
  [
    'epoch unit',
    'src/token.go',
    `
-	exp := time.Unix(claims.Exp, 0)
+	exp := time.UnixMilli(claims.Exp)
`,
    ['time-changed'],
  ],
  [
    'integer width',
    'src/main/java/io/acme/Counter.java',
    `
-    private long total;
+    private int total;
`,
    ['type-changed'],
  ],
  [
    'rounding',
    'src/Money.php',
    `
-        return round($amount * 100);
+        return (int) ($amount * 100);
`,
    ['type-changed'],
  ],
  [
    'sign',
    'ledger/post.py',
    `
-    account.balance += entry.amount
+    account.balance -= entry.amount
`,
    ['arithmetic-changed'],
  ],
  [
    'sort order',
    'src/feed.kt',
    `
-    return posts.sortedByDescending { it.createdAt }.take(20)
+    return posts.sortedBy { it.createdAt }.take(20)
`,
    ['name-changed'],
  ],
  [
    'swallow in java',
    'src/main/java/io/acme/Sync.java',
    `
         } catch (IOException e) {
-            throw new SyncFailed(e);
+            log.debug("sync failed", e);
         }
`,
    ['error-swallowed'],
  ],
  [
    'promise catch',
    'src/pay.js',
    `
-  await charge(order);
+  charge(order).catch(() => {});
   return { ok: true };
`,
    ['await-removed', 'error-swallowed'],
  ],
  [
    'panic on missing',
    'cmd/server/main.go',
    `
 	region := os.Getenv("REGION")
+	if region == "" {
+		panic("REGION must be set")
+	}
`,
    ['error-raised'],
  ],
  [
    'lock held over http',
    'cache/refresh.py',
    `
     with self._lock:
+        fresh = requests.get(self.url, timeout=30).json()
-        fresh = self._pending
         self._items = fresh
`,
    ['lock-widened'],
  ],
  [
    'unbounded queue',
    'src/main/java/io/acme/Worker.java',
    `
-    private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(1000);
+    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
`,
    ['limit-looser'],
  ],
  [
    'rate limiter removed',
    'api/limits.go',
    `
-	r.Use(httprate.LimitByIP(100, time.Minute))
 	r.Get("/search", search)
`,
    ['init-changed'],
  ],
  [
    'sql case',
    'src/users.sql',
    `
 SELECT id FROM users
-WHERE email = lower($1);
+WHERE lower(email) = lower($1);
`,
    ['query-changed'],
  ],
  [
    'websocket interval',
    'web/src/live.ts',
    `
-  setInterval(poll, 30_000);
+  setInterval(poll, 300);
`,
    ['interval-shorter'],
  ],
  [
    'kafka group',
    'src/consumer.ts',
    `
-const consumer = kafka.consumer({ groupId: 'orders-v1' });
+const consumer = kafka.consumer({ groupId: 'orders-v2' });
`,
    ['contract-message'],
  ],
  [
    'sidekiq queue',
    'app/workers/mail_worker.rb',
    `
-  sidekiq_options queue: "mailers", retry: 5
+  sidekiq_options queue: "mail", retry: 5
`,
    ['contract-message'],
  ],
  [
    'delete in loop',
    'lib/cleanup.js',
    `
-  await db.sessions.deleteMany({ expires: { $lt: now } });
+  for (const s of await db.sessions.find({ expires: { $lt: now } })) {
+    await db.sessions.deleteOne({ id: s.id });
+  }
`,
    ['call-in-loop'],
  ],
  [
    'bcrypt cost',
    'src/auth/hash.ts',
    `
-const ROUNDS = 10;
+const ROUNDS = 16;
 export const hash = (p: string) => bcrypt.hash(p, ROUNDS);
`,
    ['constant-changed'],
  ],
];
