import type { MechanismId } from '#src/changes/classify/mechanisms.ts';

/** Name, path, diff body, mechanisms that must be found. */
export type GuiltyCase = readonly [string, string, string, readonly MechanismId[]];

export const GUILTY_CODE: readonly GuiltyCase[] = [
  [
    'python null check dropped',
    'billing/invoice.py',
    `
 def total(order):
-    if order.customer is None:
-        return Decimal("0")
     discount = order.customer.discount
     return order.amount - discount
`,
    ['guard-removed'],
  ],
  [
    'typescript optional chaining dropped',
    'src/profile.ts',
    `
 export function label(user?: User) {
-  return user?.address?.city ?? 'unknown';
+  return user.address.city;
 }
`,
    ['guard-removed', 'default-removed'],
  ],
  [
    'java Optional unwrapped',
    'src/main/java/com/acme/Users.java',
    `
     public String email(long id) {
-        return repo.findById(id).map(User::getEmail).orElse("");
+        return repo.findById(id).get().getEmail();
     }
`,
    ['default-removed'],
  ],
  [
    'python dict get became index',
    'api/handlers.py',
    `
 def region(headers):
-    return headers.get("X-Region", "eu")
+    return headers["X-Region"]
`,
    ['default-removed'],
  ],
  [
    'rust unwrap',
    'src/quote.rs',
    `
 fn rate(table: &HashMap<String, f64>, code: &str) -> f64 {
-    table.get(code).copied().unwrap_or(1.0)
+    *table.get(code).unwrap()
 }
`,
    ['unsafe-access'],
  ],
  [
    'kotlin bang bang',
    'app/src/main/kotlin/Cart.kt',
    `
 fun price(item: Item): Long {
-    return item.offer?.price ?: 0L
+    return item.offer!!.price
 }
`,
    ['guard-removed', 'unsafe-access'],
  ],
  [
    'go error check dropped',
    'internal/store/store.go',
    `
 func (s *Store) Load(ctx context.Context, id string) (*Doc, error) {
 	row, err := s.db.Get(ctx, id)
-	if err != nil {
-		return nil, err
-	}
 	return row.Doc(), nil
 }
`,
    ['handler-removed'],
  ],
  [
    'go type assertion without ok',
    'internal/event/decode.go',
    `
 func name(v any) string {
-	s, ok := v.(string)
-	if !ok {
-		return ""
-	}
-	return s
+	return v.(string)
 }
`,
    ['unsafe-access'],
  ],
  [
    'ruby safe navigation dropped',
    'app/models/order.rb',
    `
   def carrier_name
-    shipment&.carrier&.name
+    shipment.carrier.name
   end
`,
    ['guard-removed'],
  ],
  [
    'php isset dropped',
    'src/Controller/CartController.php',
    `
     public function add(array $data) {
-        $qty = isset($data['qty']) ? (int) $data['qty'] : 1;
+        $qty = (int) $data['qty'];
         return $this->cart->add($data['sku'], $qty);
`,
    ['guard-removed'],
  ],
  [
    'csharp FirstOrDefault to First',
    'src/Orders/OrderService.cs',
    `
     public Address Shipping(Order o) {
-        return o.Addresses.FirstOrDefault(a => a.Kind == Kind.Shipping) ?? o.Billing;
+        return o.Addresses.First(a => a.Kind == Kind.Shipping);
     }
`,
    ['default-removed'],
  ],
  [
    'c null check dropped',
    'src/conn.c',
    `
 static int send_all(struct conn *c, const char *buf, size_t n) {
-    if (c == NULL || c->sock < 0)
-        return -1;
     return write(c->sock, buf, n);
 }
`,
    ['guard-removed'],
  ],
  [
    'javascript try catch dropped',
    'lib/rates.js',
    `
 async function rates() {
-  try {
-    return await client.fetchRates();
-  } catch (err) {
-    return lastKnown;
-  }
+  return await client.fetchRates();
 }
`,
    ['handler-removed'],
  ],
  [
    'python except narrowed',
    'worker/sync.py',
    `
     try:
         push(record)
-    except Exception as exc:
+    except ValueError as exc:
         log.warning("push failed: %s", exc)
`,
    ['handler-narrowed'],
  ],
  [
    'python exception swallowed',
    'worker/load.py',
    `
     try:
         rows = source.read(batch)
-    except SourceError:
-        metrics.incr("source.failed")
-        raise
+    except SourceError:
+        pass
`,
    ['error-swallowed'],
  ],
  [
    'java new throw',
    'src/main/java/com/acme/Pricing.java',
    `
     Money quote(Sku sku) {
         Price price = prices.find(sku);
+        if (price.currency() != Currency.EUR) {
+            throw new IllegalStateException("unsupported currency " + price.currency());
+        }
         return price.amount();
`,
    ['error-raised'],
  ],
  [
    'go fatal in request path',
    'cmd/api/handler.go',
    `
 	cfg, err := loadTenant(r)
 	if err != nil {
-		http.Error(w, err.Error(), 400)
-		return
+		log.Fatalf("tenant: %v", err)
 	}
`,
    ['process-exit'],
  ],
  [
    'comparison boundary',
    'src/page.ts',
    `
 export function pages(total: number, size: number) {
   const out = [];
-  for (let i = 0; i < total / size; i++) out.push(i);
+  for (let i = 0; i <= total / size; i++) out.push(i);
   return out;
 }
`,
    ['boundary-changed'],
  ],
  [
    'condition inverted in java',
    'src/main/java/com/acme/Access.java',
    `
     boolean allowed(User u) {
-        return !u.isBlocked();
+        return u.isBlocked();
     }
`,
    ['condition-inverted'],
  ],
  [
    'and became or',
    'app/filters.py',
    `
 def visible(item, user):
-    return item.published and item.tenant == user.tenant
+    return item.published or item.tenant == user.tenant
`,
    ['condition-changed'],
  ],
  [
    'clause dropped from condition',
    'src/lock.rs',
    `
-    if lease.owner == me && lease.expires > now {
+    if lease.owner == me {
         return Ok(lease);
     }
`,
    ['condition-changed'],
  ],
  [
    'off by one index',
    'lib/ring.rb',
    `
   def last(n)
-    @items[@size - 1]
+    @items[@size]
   end
`,
    ['boundary-changed'],
  ],
  [
    'arithmetic operator',
    'src/tax.kt',
    `
-    val net = gross / (1 + rate)
+    val net = gross * (1 - rate)
`,
    ['arithmetic-changed'],
  ],
  [
    'unguarded division',
    'stats/avg.py',
    `
 def mean(values):
-    return statistics.fmean(values) if values else 0.0
+    return sum(values) / len(values)
`,
    ['division-unguarded'],
  ],
  [
    'decimal to float',
    'billing/money.py',
    `
-    amount = Decimal(row["amount"])
+    amount = float(row["amount"])
`,
    ['type-changed'],
  ],
  [
    'seconds and milliseconds',
    'pkg/client/client.go',
    `
 	return &http.Client{
-		Timeout: 5 * time.Second,
+		Timeout: 5 * time.Millisecond,
 	}
`,
    ['timeout-shorter', 'unit-changed'],
  ],
  [
    'naive time',
    'jobs/expire.py',
    `
-    now = datetime.now(timezone.utc)
+    now = datetime.now()
     stale = [s for s in sessions if s.expires_at < now]
`,
    ['time-changed'],
  ],
  [
    'date format',
    'src/main/java/com/acme/Export.java',
    `
-    private static final DateTimeFormatter F = DateTimeFormatter.ofPattern("yyyy-MM-dd");
+    private static final DateTimeFormatter F = DateTimeFormatter.ofPattern("YYYY-MM-dd");
`,
    ['time-changed'],
  ],
  [
    'encoding lost',
    'lib/mailer.py',
    `
-    body = text.encode("utf-8")
+    body = text.encode("ascii")
`,
    ['text-changed'],
  ],
  [
    'catastrophic regex',
    'src/validate.js',
    `
-const EMAIL = /^[^\\s@]+@[^\\s@]+$/;
+const EMAIL = /^([a-zA-Z0-9]+[._-]?)+@([a-zA-Z0-9]+\\.?)+$/;
`,
    ['regex-costly'],
  ],
  [
    'n plus one in django',
    'shop/views.py',
    `
 def orders(request):
-    qs = Order.objects.select_related("customer").all()
-    return [(o.id, o.customer.name) for o in qs]
+    qs = Order.objects.all()
+    return [(o.id, o.customer.name) for o in qs]
`,
    ['batching-lost'],
  ],
  [
    'query in go loop',
    'internal/report/report.go',
    `
 func (r *Report) Build(ctx context.Context, ids []string) ([]Line, error) {
 	var out []Line
-	items, err := r.db.QueryItems(ctx, ids)
-	if err != nil {
-		return nil, err
-	}
+	for _, id := range ids {
+		item, err := r.db.QueryItem(ctx, id)
+		if err != nil {
+			return nil, err
+		}
+		out = append(out, item.Line())
+	}
 	return out, nil
`,
    ['call-in-loop'],
  ],
  [
    'fetch in map',
    'src/feed.ts',
    `
 export async function feed(ids: string[]) {
-  return api.getPosts({ ids });
+  return Promise.all(ids.map(async (id) => {
+    const post = await api.getPost(id);
+    return post;
+  }));
 }
`,
    ['call-in-loop', 'parallelism-unbounded'],
  ],
  [
    'rails includes dropped',
    'app/controllers/posts_controller.rb',
    `
   def index
-    @posts = Post.includes(:author, :tags).page(params[:page])
+    @posts = Post.page(params[:page])
   end
`,
    ['batching-lost'],
  ],
  [
    'repository call in java loop',
    'src/main/java/com/acme/Basket.java',
    `
     for (Line line : basket.lines()) {
-        total = total.add(prices.get(line.sku()));
+        total = total.add(priceRepository.findBySku(line.sku()).amount());
     }
`,
    ['call-in-loop'],
  ],
  [
    'nested search',
    'lib/dedupe.js',
    `
 function dedupe(rows) {
-  const seen = new Set();
-  return rows.filter((r) => !seen.has(r.id) && seen.add(r.id));
+  const out = [];
+  for (const r of rows) {
+    if (!out.find((o) => o.id === r.id)) {
+      out.push(r);
+    }
+  }
+  return out;
 }
`,
    ['quadratic-work'],
  ],
  [
    'limit dropped from SQL',
    'store/events.go',
    `
-	rows, err := s.db.Query("SELECT id, body FROM events WHERE tenant = $1 ORDER BY id LIMIT 100", t)
+	rows, err := s.db.Query("SELECT id, body FROM events WHERE tenant = $1 ORDER BY id", t)
`,
    ['query-unbounded'],
  ],
  [
    'pagination dropped',
    'app/Http/Controllers/LogController.php',
    `
-        return Log::where('level', $level)->paginate(50);
+        return Log::where('level', $level)->get();
`,
    ['query-unbounded'],
  ],
  [
    'cache decorator dropped',
    'catalog/lookup.py',
    `
-@lru_cache(maxsize=4096)
 def tax_rate(country):
     return db.fetch_one("select rate from tax where country = %s", country)
`,
    ['cache-removed'],
  ],
  [
    'cache lookup dropped',
    'src/products.js',
    `
 async function product(id) {
-  const hit = await cache.get('product:' + id);
-  if (hit) return hit;
   const row = await db.products.findOne({ id });
-  await cache.set('product:' + id, row, 300);
   return row;
 }
`,
    ['cache-removed'],
  ],
  [
    'map never emptied',
    'src/sessions.js',
    `
 function onClose(socket) {
   metrics.dec('open');
-  sessions.delete(socket.id);
 }
`,
    ['unbounded-growth'],
  ],
  [
    'defer close dropped',
    'internal/fetch/fetch.go',
    `
 	resp, err := http.Get(url)
 	if err != nil {
 		return nil, err
 	}
-	defer resp.Body.Close()
 	return decode(resp.Body)
`,
    ['release-removed'],
  ],
  [
    'with statement dropped',
    'etl/read.py',
    `
-    with open(path) as handle:
-        return parse(handle)
+    handle = open(path)
+    return parse(handle)
`,
    ['release-removed'],
  ],
];
