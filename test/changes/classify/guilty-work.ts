import type { GuiltyCase } from './guilty-code.ts';

export const GUILTY_WORK: readonly GuiltyCase[] = [
  [
    'connection not released',
    'src/db/pool.ts',
    `
   const client = await pool.connect();
   const { rows } = await client.query(sql, args);
-  client.release();
   return rows;
`,
    ['release-removed'],
  ],
  [
    'client per call',
    'notify/sender.py',
    `
-client = boto3.client("sns")
-
 def send(message):
+    client = boto3.client("sns")
     client.publish(TopicArn=TOPIC, Message=message)
`,
    ['acquired-per-call'],
  ],
  [
    'sync read on event loop',
    'src/server.js',
    `
 app.get('/logo', async (req, res) => {
-  const data = await fs.promises.readFile(LOGO);
+  const data = fs.readFileSync(LOGO);
   res.end(data);
 });
`,
    ['blocking-call'],
  ],
  [
    'requests in asyncio',
    'gateway/main.py',
    `
 async def forward(req):
-    async with httpx.AsyncClient() as client:
-        return await client.get(URL + req.path)
+    time.sleep(0.2)
+    return requests.get(URL + req.path)
`,
    ['blocking-call'],
  ],
  [
    'await dropped',
    'src/orders.ts',
    `
   async place(order: Order) {
-    await this.repo.save(order);
+    this.repo.save(order);
     return this.mailer.confirm(order);
   }
`,
    ['await-removed'],
  ],
  [
    'parallel became serial',
    'src/Dashboard.cs',
    `
-    var results = await Task.WhenAll(ids.Select(id => client.LoadAsync(id)));
+    var results = new List<Item>();
+    foreach (var id in ids) {
+        results.Add(await client.LoadAsync(id));
+    }
`,
    ['parallelism-lost'],
  ],
  [
    'semaphore dropped',
    'crawler/run.py',
    `
 async def run(urls):
-    sem = asyncio.Semaphore(8)
-    async def one(u):
-        async with sem:
-            return await fetch(u)
-    return await asyncio.gather(*(one(u) for u in urls))
+    return await asyncio.gather(*(fetch(u) for u in urls))
`,
    ['parallelism-unbounded'],
  ],
  [
    'mutex dropped',
    'internal/counter/counter.go',
    `
 func (c *Counter) Inc(k string) {
-	c.mu.Lock()
-	defer c.mu.Unlock()
 	c.values[k]++
 }
`,
    ['lock-removed'],
  ],
  [
    'call under lock',
    'src/main/java/com/acme/Registry.java',
    `
     void refresh() {
-        List<Node> nodes = client.fetchNodes();
         synchronized (this) {
+            List<Node> nodes = client.fetchNodes();
             this.nodes = nodes;
         }
     }
`,
    ['lock-widened'],
  ],
  [
    'lock order',
    'src/transfer.c',
    `
 void transfer(struct acct *a, struct acct *b, long n) {
-    pthread_mutex_lock(&a->mu);
     pthread_mutex_lock(&b->mu);
+    pthread_mutex_lock(&a->mu);
     a->sum -= n;
     b->sum += n;
`,
    ['lock-order'],
  ],
  [
    'http inside transaction',
    'payments/service.py',
    `
     with transaction.atomic():
         order.status = "paid"
         order.save()
+        gateway_client.post("/capture", json={"order": order.id})
`,
    ['held-longer'],
  ],
  [
    'ack before work',
    'consumer/main.go',
    `
 	for msg := range deliveries {
-		process(msg)
 		msg.Ack(false)
+		process(msg)
 	}
`,
    ['order-changed'],
  ],
  [
    'retry without backoff',
    'client/http.py',
    `
-@retry(stop=stop_after_attempt(3), wait=wait_exponential(multiplier=1, max=10))
+@retry(stop=stop_after_attempt(25))
 def call(path):
     return session.get(BASE + path)
`,
    ['retry-added'],
  ],
  [
    'retry dropped',
    'src/main/java/com/acme/Feed.java',
    `
-    @Retryable(maxAttempts = 4, backoff = @Backoff(delay = 200))
     public Feed load(String id) {
         return http.getForObject(url, Feed.class, id);
`,
    ['retry-removed'],
  ],
  [
    'circuit breaker dropped',
    'src/main/kotlin/Recommendations.kt',
    `
-    fun similar(id: String) = breaker.executeWithFallback({ api.similar(id) }, { emptyList() })
+    fun similar(id: String) = api.similar(id)
`,
    ['fallback-removed'],
  ],
  [
    'json field renamed',
    'internal/api/user.go',
    `
 type User struct {
-	ID    string \`json:"user_id"\`
+	ID    string \`json:"userId"\`
 	Email string \`json:"email"\`
 }
`,
    ['contract-field'],
  ],
  [
    'response key renamed',
    'api/serializers.py',
    `
     return {
-        "total_price": str(cart.total),
+        "totalPrice": str(cart.total),
         "items": items,
     }
`,
    ['contract-field'],
  ],
  [
    'route renamed',
    'src/routes.ts',
    `
-router.get('/v1/customers/:id', show);
+router.get('/v2/customers/:id', show);
`,
    ['contract-route'],
  ],
  [
    'verb changed',
    'web/src/api/cart.js',
    `
-export const add = (sku) => http.post('/cart/items', { sku });
+export const add = (sku) => http.put('/cart/items', { sku });
`,
    ['contract-route'],
  ],
  [
    'header renamed',
    'lib/auth.ex',
    `
-    token = get_req_header(conn, "x-api-token")
+    token = get_req_header(conn, "x-access-token")
`,
    ['contract-header'],
  ],
  [
    'status changed',
    'src/handlers.rs',
    `
-        Err(Error::Missing) => HttpResponse::build(404).finish(),
+        Err(Error::Missing) => HttpResponse::build(500).finish(),
`,
    ['contract-status'],
  ],
  [
    'topic renamed',
    'svc/src/main/java/com/acme/Events.java',
    `
-        producer.send("orders.created", event);
+        producer.send("order-created", event);
`,
    ['contract-message'],
  ],
  [
    'enum value renamed',
    'app/states.py',
    `
-    if job.status == "finished":
+    if job.status == "done":
         archive(job)
`,
    ['contract-enum'],
  ],
  [
    'proto field renumbered',
    'proto/quote.proto',
    `
 message Quote {
   string id = 1;
-  int64 cents = 2;
+  int64 cents = 4;
 }
`,
    ['contract-format'],
  ],
  [
    'signature changed',
    'pkg/mail/mail.go',
    `
-func Send(to string, body string) error {
+func Send(ctx context.Context, to string, body string) error {
 	return smtp.Send(to, body)
 }
`,
    ['signature-changed'],
  ],
  [
    'arguments swapped',
    'src/Geo.php',
    `
-        return $this->distance($lat, $lng);
+        return $this->distance($lng, $lat);
`,
    ['argument-changed'],
  ],
  [
    'permission decorator dropped',
    'api/admin.py',
    `
-@permission_required("reports.view")
 def report(request):
     return render(request, "report.html")
`,
    ['auth-changed'],
  ],
  [
    'jwt audience required',
    'src/auth/verify.ts',
    `
-  return jwt.verify(token, key);
+  return jwt.verify(token, key, { audience: 'internal', issuer: ISSUER });
`,
    ['auth-changed'],
  ],
  [
    'env name changed',
    'src/config.js',
    `
 module.exports = {
-  dbUrl: process.env.DATABASE_URL,
+  dbUrl: process.env.DB_CONNECTION_STRING,
 };
`,
    ['setting-renamed'],
  ],
  [
    'env newly required',
    'app/settings.py',
    `
 DEBUG = False
+SIGNING_KEY = os.environ["SIGNING_KEY"]
`,
    ['setting-required'],
  ],
  [
    'handler removed',
    'src/routes.js',
    `
 app.get('/orders', orders.list);
-app.get('/orders/:id/invoice', orders.invoice);
 app.post('/orders', orders.create);
`,
    ['removed-code'],
  ],
  [
    'middleware moved',
    'src/app.js',
    `
-app.use(express.json());
 app.use('/api', routes);
+app.use(express.json());
`,
    ['init-changed'],
  ],
  [
    'validation added',
    'src/main/java/com/acme/OrderRequest.java',
    `
 public class OrderRequest {
+    @NotNull
     private String phone;
     private String sku;
`,
    ['validation-added'],
  ],
  [
    'validation dropped',
    'app/services/upload.rb',
    `
   def call(file)
-    validate_size!(file)
-    validate!(file)
     store.put(file)
   end
`,
    ['validation-removed'],
  ],
  [
    'whole file in memory',
    'src/Export.java',
    `
-        try (Stream<String> lines = Files.lines(path)) {
-            lines.forEach(writer::write);
-        }
+        for (String line : Files.readAllLines(path)) {
+            writer.write(line);
+        }
`,
    ['buffered-whole'],
  ],
  [
    'early return dropped',
    'src/sync.ts',
    `
 export function sync(items: Item[]) {
-  if (items.length === 0) {
-    return;
-  }
   const last = items[items.length - 1].id;
   client.push(items, last);
 }
`,
    ['guard-removed'],
  ],
  [
    'wrong variable',
    'billing/charge.py',
    `
 def charge(account, order):
     fee = account.fee
-    return gateway.charge(account.id, order.amount)
+    return gateway.charge(order.id, order.amount)
`,
    ['argument-changed'],
  ],
  [
    'listener per request',
    'src/stream.js',
    `
 app.get('/stream', (req, res) => {
+  bus.on('update', (u) => res.write(JSON.stringify(u)));
   res.writeHead(200);
 });
`,
    ['unbounded-growth'],
  ],
  [
    'debug dump in loop',
    'src/import.py',
    `
     for row in rows:
+        logger.info("row %s", json.dumps(row))
         store(row)
`,
    ['logging-more'],
  ],
  [
    'elixir query in enum',
    'lib/shop/report.ex',
    `
   def lines(orders) do
-    products = Repo.all(from p in Product, where: p.id in ^ids(orders))
-    Enum.map(orders, fn o -> line(o, products) end)
+    Enum.map(orders, fn o ->
+      product = Repo.get(Product, o.product_id)
+      line(o, product)
+    end)
   end
`,
    ['call-in-loop'],
  ],
  [
    'scala blocking await',
    'app/controllers/Quotes.scala',
    `
   def quote(id: String) = Action.async {
-    service.find(id).map(q => Ok(Json.toJson(q)))
+    val q = Await.result(service.find(id), 10.seconds)
+    Future.successful(Ok(Json.toJson(q)))
   }
`,
    ['blocking-call'],
  ],
  [
    'index hint gone in query',
    'reports/daily.sql',
    `
 SELECT account, sum(amount)
 FROM ledger
-WHERE booked_at >= '2024-01-01'
+WHERE date(booked_at) >= '2024-01-01'
 GROUP BY account;
`,
    ['query-changed'],
  ],
];
