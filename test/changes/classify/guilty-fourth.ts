import type { GuiltyCase } from './guilty-code.ts';

export const GUILTY_FOURTH: readonly GuiltyCase[] = [
  [
    'go channel unbuffered',
    'pipeline/run.go',
    `
-	jobs := make(chan Job, 128)
+	jobs := make(chan Job)
`,
    ['batch-smaller'],
  ],
  [
    'python default mutable',
    'app/basket.py',
    `
-def add(item, items=None):
-    items = items or []
+def add(item, items=[]):
     items.append(item)
     return items
`,
    ['unbounded-growth'],
  ],
  [
    'js promise all settled',
    'src/load.js',
    `
-  const [user, cart] = await Promise.all([getUser(id), getCart(id)]);
+  const user = await getUser(id);
+  const cart = await getCart(id);
`,
    ['parallelism-lost'],
  ],
  [
    'java stream parallel',
    'src/main/java/Calc.java',
    `
-        return rows.parallelStream().map(this::price).toList();
+        return rows.stream().map(this::price).toList();
`,
    ['parallelism-lost'],
  ],
  [
    'sql join added',
    'app/repo/orders.php',
    `
-        $sql = "SELECT o.* FROM orders o WHERE o.user_id = ?";
+        $sql = "SELECT o.*, e.payload FROM orders o LEFT JOIN events e ON e.order_id = o.id WHERE o.user_id = ?";
`,
    ['query-changed'],
  ],
  [
    'like with leading wildcard',
    'search/query.py',
    `
-    rows = db.execute("select id from products where name like %s", (term + "%",))
+    rows = db.execute("select id from products where name like %s", ("%" + term + "%",))
`,
    ['query-changed'],
  ],
  [
    'spring property',
    'src/main/resources/application.yml',
    `
   servlet:
     multipart:
-      max-file-size: 20MB
+      max-file-size: 2MB
`,
    ['limit-tighter'],
  ],
  [
    'nginx body size',
    'nginx/api.conf',
    `
-    client_max_body_size 20m;
+    client_max_body_size 1m;
`,
    ['limit-tighter'],
  ],
  [
    'node keepalive',
    'server.js',
    `
-server.keepAliveTimeout = 65000;
+server.keepAliveTimeout = 5000;
`,
    ['timeout-shorter'],
  ],
  [
    'redis client per request',
    'api/limit.ts',
    `
 export async function allowed(ip: string) {
+  const redis = createClient({ url });
+  await redis.connect();
   const n = await redis.incr(ip);
   return n < 100;
 }
`,
    ['acquired-per-call'],
  ],
  [
    'thread local not removed',
    'src/main/java/Ctx.java',
    `
     } finally {
-        CONTEXT.remove();
         timer.stop();
     }
`,
    ['unbounded-growth'],
  ],
  [
    'session saved on each read',
    'lib/session.rb',
    `
   def current_user
-    @current_user ||= User.find(session[:id])
+    User.find(session[:id])
   end
`,
    ['cache-removed'],
  ],
  [
    'react query stale time',
    'web/src/query.ts',
    `
-  staleTime: 60_000,
+  staleTime: 0,
`,
    ['cache-shorter'],
  ],
  [
    'terraform autoscaling',
    'infra/asg.tf',
    `
-  max_size = 12
+  max_size = 2
   min_size = 2
`,
    ['limit-tighter'],
  ],
  [
    'k8s port',
    'k8s/service.yaml',
    `
   ports:
   - port: 80
-    targetPort: 8080
+    targetPort: 8000
`,
    ['routing-changed'],
  ],
  [
    'grpc max message',
    'client/grpc.go',
    `
-	grpc.MaxCallRecvMsgSize(16 * 1024 * 1024),
+	grpc.MaxCallRecvMsgSize(1024 * 1024),
`,
    ['limit-tighter'],
  ],
  [
    'celery prefetch',
    'worker/celeryconfig.py',
    `
-worker_prefetch_multiplier = 1
+worker_prefetch_multiplier = 64
`,
    ['pool-larger'],
  ],
  [
    'elastic index name',
    'search/client.ts',
    `
-  index: 'products-v3',
+  index: 'products',
`,
    ['contract-field'],
  ],
  [
    'csv delimiter',
    'import/read.py',
    `
-    reader = csv.reader(f, delimiter=";")
+    reader = csv.reader(f, delimiter=",")
`,
    ['argument-changed'],
  ],
  [
    'currency exponent',
    'src/money.rs',
    `
-    let minor = (amount * 100.0).round() as i64;
+    let minor = (amount * 1000.0).round() as i64;
`,
    ['constant-changed'],
  ],
  [
    'condition on list',
    'mail/send.go',
    `
-	if len(to) > 0 {
+	if len(to) >= 0 {
 		deliver(to)
`,
    ['boundary-changed'],
  ],
  [
    'loop start',
    'src/table.cpp',
    `
-    for (size_t i = 0; i < rows.size(); ++i) {
+    for (size_t i = 1; i < rows.size(); ++i) {
`,
    ['boundary-changed'],
  ],
  [
    'recursion without end',
    'src/tree.js',
    `
 function depth(node) {
-  if (!node) return 0;
   return 1 + Math.max(depth(node.left), depth(node.right));
 }
`,
    ['guard-removed'],
  ],
  [
    'polling loop',
    'agent/poll.py',
    `
 while True:
     check()
-    time.sleep(5)
`,
    ['call-removed'],
  ],
  [
    'cors header',
    'api/app.go',
    `
-	AllowOrigins: []string{"https://app.example.com"},
+	AllowOrigins: []string{"https://example.com"},
`,
    ['endpoint-changed'],
  ],
  [
    'sni',
    'haproxy/haproxy.cfg',
    `
-    bind :443 ssl crt /etc/ssl/site.pem
+    bind :443 ssl crt /etc/ssl/new.pem
`,
    ['tls-changed'],
  ],
  [
    'ruby rescue',
    'app/jobs/sync_job.rb',
    `
   def perform(id)
     Remote.sync(id)
-  rescue Remote::Timeout => e
-    retry_later(id)
   end
`,
    ['handler-removed'],
  ],
  [
    'kotlin when branch',
    'src/State.kt',
    `
     return when (state) {
         NEW -> start()
-        PAUSED -> resume()
         else -> error("unknown state")
     }
`,
    ['branch-removed'],
  ],
  [
    'typescript enum',
    'src/status.ts',
    `
 export enum Status {
   Open = 'open',
-  Held = 'held',
   Closed = 'closed',
 }
`,
    ['contract-enum'],
  ],
  [
    'graphql resolver',
    'src/resolvers.ts',
    `
   Order: {
-    customer: (o, _, { loaders }) => loaders.customer.load(o.customerId),
+    customer: (o, _, { db }) => db.customers.findOne(o.customerId),
   },
`,
    ['batching-lost'],
  ],
];
