import type { GuiltyCase } from './guilty-code.ts';

/** A second batch, written after the rules stood; the first run on it is in the notes of the commit. */
export const GUILTY_SECOND: readonly GuiltyCase[] = [
  [
    'python cursor per row',
    'billing/export.py',
    `
 def export(invoices, writer):
     for invoice in invoices:
-        writer.writerow([invoice.number, invoice.customer_name, invoice.total])
+        customer = Customer.objects.get(pk=invoice.customer_id)
+        writer.writerow([invoice.number, customer.display_name, invoice.total])
`,
    ['call-in-loop'],
  ],
  [
    'go context deadline',
    'internal/gateway/client.go',
    `
 func (c *Client) Authorize(ctx context.Context, in *Request) (*Reply, error) {
-	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
+	ctx, cancel := context.WithTimeout(ctx, 150*time.Millisecond)
 	defer cancel()
`,
    ['timeout-shorter'],
  ],
  [
    'node axios default',
    'src/http.js',
    `
 const api = axios.create({
   baseURL: config.inventoryUrl,
-  timeout: 10000,
+  timeout: 800,
 });
`,
    ['timeout-shorter'],
  ],
  [
    'java executor',
    'src/main/java/io/acme/Async.java',
    `
-    private final ExecutorService pool = Executors.newFixedThreadPool(32);
+    private final ExecutorService pool = Executors.newFixedThreadPool(2);
`,
    ['pool-smaller'],
  ],
  [
    'rust pool builder',
    'src/db.rs',
    `
     let pool = PgPoolOptions::new()
-        .max_connections(30)
+        .max_connections(3)
         .connect(&url)
`,
    ['pool-smaller'],
  ],
  [
    'csharp config',
    'src/Api/appsettings.json',
    `
   "ConnectionStrings": {
-    "Main": "Server=db;Database=app;Max Pool Size=100;Connect Timeout=15"
+    "Main": "Server=db;Database=app;Max Pool Size=10;Connect Timeout=15"
   },
`,
    ['pool-smaller'],
  ],
  [
    'php memory limit',
    'docker/php.ini',
    `
-memory_limit = 512M
+memory_limit = 64M
`,
    ['resources-lower'],
  ],
  [
    'jvm flag in manifest',
    'deploy/helm/templates/deployment.yaml',
    `
           env:
             - name: JAVA_TOOL_OPTIONS
-              value: "-XX:MaxRAMPercentage=75 -XX:+UseG1GC"
+              value: "-XX:MaxRAMPercentage=25 -XX:+UseG1GC"
`,
    ['resources-lower'],
  ],
  [
    'gunicorn',
    'gunicorn.conf.py',
    `
-workers = multiprocessing.cpu_count() * 2 + 1
+workers = 1
 worker_class = "sync"
`,
    ['pool-smaller'],
  ],
  [
    'sql isolation',
    'src/ledger/Ledger.kt',
    `
-    @Transactional(isolation = Isolation.READ_COMMITTED)
+    @Transactional(isolation = Isolation.SERIALIZABLE)
     fun book(entry: Entry) {
`,
    ['lock-widened'],
  ],
  [
    'ts nullish to or',
    'src/price.ts',
    `
-  const discount = input.discount ?? 10;
+  const discount = input.discount || 10;
   return total - discount;
`,
    ['condition-changed'],
  ],
  [
    'js missing return',
    'src/middleware/auth.js',
    `
   if (!req.session.user) {
-    return res.status(401).end();
+    res.status(401).end();
   }
   next();
`,
    ['branch-removed'],
  ],
  [
    'ruby nil default',
    'lib/geo.rb',
    `
-    zone = address[:zone] || "UTC"
+    zone = address[:zone]
     Time.find_zone!(zone).now
`,
    ['default-removed'],
  ],
  [
    'scala option get',
    'src/main/scala/Cart.scala',
    `
-    val coupon = coupons.find(_.code == code).getOrElse(Coupon.none)
+    val coupon = coupons.find(_.code == code).get
`,
    ['default-removed'],
  ],
  [
    'swift force',
    'Sources/App/Feed.swift',
    `
-    guard let url = URL(string: item.link) else { return nil }
+    let url = URL(string: item.link)!
     return url.host
`,
    ['guard-removed'],
  ],
  [
    'elixir match',
    'lib/shop/cart.ex',
    `
-    case Repo.get(Coupon, id) do
-      nil -> {:error, :unknown}
-      coupon -> apply_coupon(cart, coupon)
-    end
+    coupon = Repo.get!(Coupon, id)
+    apply_coupon(cart, coupon)
`,
    ['branch-removed'],
  ],
  [
    'c buffer',
    'src/parse.c',
    `
-    strncpy(out, in, sizeof(out) - 1);
+    strcpy(out, in);
     return strlen(out);
`,
    ['boundary-changed'],
  ],
  [
    'c free dropped',
    'src/cache.c',
    `
     if (evicted) {
         list_del(&evicted->node);
-        free(evicted);
     }
`,
    ['release-removed'],
  ],
  [
    'cpp unlock',
    'src/pool.cpp',
    `
 Connection* Pool::take() {
-    std::lock_guard<std::mutex> guard(mutex_);
     auto* c = idle_.back();
     idle_.pop_back();
`,
    ['lock-removed'],
  ],
  [
    'go goroutine per item',
    'worker/ship.go',
    `
 	for _, o := range orders {
-		ship(ctx, o)
+		go ship(ctx, o)
 	}
`,
    ['parallelism-unbounded'],
  ],
  [
    'python gather all',
    'sync/pull.py',
    `
-    for chunk in chunks(ids, 20):
-        await asyncio.gather(*(pull(i) for i in chunk))
+    await asyncio.gather(*(pull(i) for i in ids))
`,
    ['parallelism-unbounded'],
  ],
  [
    'redis keys',
    'src/sessions.ts',
    `
   async function active() {
-    return redis.scard('sessions:active');
+    const keys = await redis.keys('session:*');
+    return keys.length;
   }
`,
    ['query-unbounded'],
  ],
  [
    'mongo filter lost',
    'src/audit.js',
    `
-  const rows = await db.collection('audit').find({ tenant, at: { $gte: since } }).limit(500).toArray();
+  const rows = await db.collection('audit').find({ tenant }).toArray();
`,
    ['query-unbounded'],
  ],
  [
    'jpa eager',
    'src/main/java/io/acme/Order.java',
    `
-    @OneToMany(mappedBy = "order", fetch = FetchType.LAZY)
+    @OneToMany(mappedBy = "order", fetch = FetchType.EAGER)
     private List<Line> lines;
`,
    ['query-changed'],
  ],
  [
    'laravel eager lost',
    'app/Http/Controllers/PostController.php',
    `
-        $posts = Post::with('author', 'comments')->latest()->paginate(20);
+        $posts = Post::latest()->paginate(20);
`,
    ['batching-lost'],
  ],
  [
    'cache set without ttl',
    'catalog/cache.py',
    `
-    redis.setex(key, 600, payload)
+    redis.set(key, payload)
`,
    ['unbounded-growth'],
  ],
  [
    'cache key lost tenant',
    'src/menu.ts',
    `
-  const key = \`menu:\${tenant}:\${lang}\`;
+  const key = \`menu:\${lang}\`;
   const hit = await cache.get(key);
`,
    ['cache-key-changed'],
  ],
  [
    'file cache ttl',
    'config/packages/cache.yaml',
    `
 framework:
   cache:
     pools:
       rates:
-        default_lifetime: 86400
+        default_lifetime: 5
`,
    ['cache-shorter'],
  ],
  [
    'cdn header',
    'src/static.go',
    `
-	w.Header().Set("Cache-Control", "public, max-age=86400")
+	w.Header().Set("Cache-Control", "no-store")
`,
    ['cache-removed'],
  ],
  [
    'retry in envoy',
    'envoy/routes.yaml',
    `
       retry_policy:
-        num_retries: 1
+        num_retries: 10
         retry_on: "5xx"
`,
    ['retry-added'],
  ],
  [
    'istio subset',
    'istio/virtualservice-reviews.yaml',
    `
   - route:
     - destination:
         host: reviews
-        subset: v2
+        subset: v3
`,
    ['routing-changed'],
  ],
  [
    'haproxy',
    'haproxy/haproxy.cfg',
    `
 backend api
-    server api1 10.0.0.11:8080 check maxconn 400
+    server api1 10.0.0.11:8080 check maxconn 4
`,
    ['pool-smaller'],
  ],
  [
    'postgres',
    'postgres/postgresql.conf',
    `
-work_mem = 64MB
+work_mem = 64kB
`,
    ['resources-lower'],
  ],
  [
    'liveness',
    'deploy/k8s/worker.yaml',
    `
           livenessProbe:
-            timeoutSeconds: 5
+            timeoutSeconds: 1
             failureThreshold: 3
`,
    ['probe-changed'],
  ],
  [
    'network policy',
    'k8s/networkpolicy.yaml',
    `
   ingress:
   - from:
     - podSelector:
         matchLabels:
-          app: web
+          app: frontend
`,
    ['setting-changed'],
  ],
  [
    'iam',
    'terraform/iam.tf',
    `
     actions = [
       "s3:GetObject",
-      "s3:PutObject",
     ]
`,
    ['permission-changed'],
  ],
  [
    'lambda memory',
    'serverless.yml',
    `
   resize:
     handler: src/resize.handler
-    memorySize: 1024
+    memorySize: 128
`,
    ['resources-lower'],
  ],
];
