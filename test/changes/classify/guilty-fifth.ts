import type { GuiltyCase } from './guilty-code.ts';

export const GUILTY_FIFTH: readonly GuiltyCase[] = [
  [
    'python conditional expression',
    'app/rows.py',
    `
-    return row.value if row else 0
+    return row.value
`,
    ['guard-removed'],
  ],
  [
    'python short circuit',
    'app/rows.py',
    `
-    name = user and user.name
+    name = user.name
`,
    ['guard-removed'],
  ],
  [
    'javascript short circuit',
    'src/rows.js',
    `
-  const name = user && user.name;
+  const name = user.name;
`,
    ['guard-removed'],
  ],
  [
    'ruby ternary',
    'app/rows.rb',
    `
-    user ? user.name : "-"
+    user.name
`,
    ['guard-removed'],
  ],
  [
    'php ternary',
    'src/Rows.php',
    `
-        return $row ? $row->value : 0;
+        return $row->value;
`,
    ['guard-removed'],
  ],
  [
    'ruby serializer that loads per item',
    'app/serializers/team_serializer.rb',
    `
       town: @team.town,
+      squad: squad.size,
     }
   end
+
+  def squad
+    @squad ||= @team.members.active.to_a
+  end
 end
`,
    ['call-in-loop'],
  ],
  [
    'django serializer field',
    'shop/serializers.py',
    `
 class OrderSerializer(serializers.ModelSerializer):
+    def get_items(self, order):
+        return order.item_set.filter(open=True).count()
`,
    ['call-in-loop'],
  ],
  [
    'graphql field that asks the database',
    'src/resolvers/order.ts',
    `
   Order: {
+    customer: async (order, _args, { db }) => db.customers.findOne(order.customerId),
   },
`,
    ['call-in-loop'],
  ],
  [
    'laravel resource',
    'app/Http/Resources/OrderResource.php',
    `
         return [
             'id' => $this->id,
+            'paid' => $this->payments()->where('state', 'paid')->exists(),
         ];
`,
    ['call-in-loop'],
  ],
  [
    'java mapper',
    'src/main/java/shop/OrderMapper.java',
    `
     OrderDto toDto(Order order) {
+        dto.setRate(rateRepository.findByCode(order.code()));
         return dto;
`,
    ['call-in-loop'],
  ],
  [
    'go defer that became a call',
    'internal/store.go',
    `
 		if err != nil {
 			return nil, err
 		}
-		defer rows.Close()
 		for rows.Next() {
 			if err := rows.Scan(&c); err != nil {
 				return nil, err
 			}
 		}
-		if err := rows.Err(); err != nil {
+		if err := rows.Close(); err != nil {
 			return nil, err
 		}
`,
    ['release-removed'],
  ],
  [
    'python with that became open and close',
    'app/load.py',
    `
-    with pool.connection() as conn:
-        rows = conn.execute(QUERY)
-        check(rows)
+    conn = pool.connection()
+    rows = conn.execute(QUERY)
+    check(rows)
+    conn.close()
`,
    ['release-removed'],
  ],
  [
    'java finally that went',
    'src/main/java/Load.java',
    `
         Connection conn = pool.getConnection();
-        try {
-            run(conn);
-        } finally {
-            conn.close();
-        }
+        run(conn);
+        conn.close();
`,
    ['release-removed'],
  ],
  [
    'ruby ensure that went',
    'lib/load.rb',
    `
   conn = pool.checkout
   run(conn)
-ensure
   conn.close
`,
    ['release-removed'],
  ],
  [
    'csharp using that became a call',
    'src/Load.cs',
    `
-        using var conn = Open();
+        var conn = Open();
         Run(conn);
+        conn.Dispose();
`,
    ['release-removed'],
  ],
  [
    'kotlin map of a service that only grows',
    'src/main/kotlin/Dispatch.kt',
    `
     private val open = ConcurrentHashMap<String, Offer>()
+    private val declined = ConcurrentHashMap<String, Set<Offer>>()
 
     fun declined(trip: String, offer: Offer) {
         open.remove(trip)
+        declined.merge(trip, setOf(offer)) { a, b -> a + b }
     }
`,
    ['unbounded-growth'],
  ],
  [
    'java field that only grows',
    'src/main/java/Audit.java',
    `
+    private final List<Event> events = new ArrayList<>();
 
     void handle(Event event) {
+        events.add(event);
         store.put(event);
     }
`,
    ['unbounded-growth'],
  ],
  [
    'python library of tokens',
    'requirements.txt',
    `
-anyio==4.6.2
-pyjwt==2.9.0
+anyio==4.7.0
+pyjwt==2.10.1
`,
    ['dependency-minor', 'library-of-access'],
  ],
  [
    'maven driver',
    'pom.xml',
    `
       <groupId>org.postgresql</groupId>
       <artifactId>postgresql</artifactId>
-      <version>42.6.0</version>
+      <version>42.7.1</version>
`,
    ['dependency-minor', 'library-of-data'],
  ],
  [
    'npm validator, another major version',
    'package.json',
    `
   "dependencies": {
-    "zod": "3.22.4",
+    "zod": "4.0.1",
   }
`,
    ['dependency-major', 'library-of-formats'],
  ],
  [
    'go client of a queue',
    'go.mod',
    `
 require (
-	github.com/segmentio/kafka-go v0.4.38
+	github.com/segmentio/kafka-go v0.5.0
 )
`,
    ['dependency-major', 'library-of-messages'],
  ],
  [
    'java parser that knows no thousands',
    'src/main/java/Zahlen.java',
    `
-    return NumberFormat.getInstance(Locale.GERMANY).parse(text).doubleValue();
+    return Double.parseDouble(text.replace(',', '.'));
`,
    ['contract-format'],
  ],
  [
    'python parser of dates',
    'app/dates.py',
    `
-    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")
+    return datetime.fromisoformat(text)
`,
    ['contract-format'],
  ],
  [
    'javascript number',
    'src/read.js',
    `
-  const amount = parseFloat(cells[3]);
+  const amount = Number(cells[3]);
`,
    ['contract-format'],
  ],
  [
    'csharp decimal',
    'src/Read.cs',
    `
-        var amount = Convert.ToDecimal(text);
+        var amount = decimal.Parse(text);
`,
    ['contract-format'],
  ],
  [
    'rust slice for skip and take',
    'src/page.rs',
    `
-    let hits = hits.into_iter().skip(first).take(per_page).collect();
+    let last = total.min(first + per_page);
+    let hits = hits[first..last].to_vec();
`,
    ['boundary-changed'],
  ],
  [
    'go slice of a page',
    'page.go',
    `
-	for i := range rows { if i >= first { out = append(out, rows[i]) } }
+	out := rows[first:last]
`,
    ['boundary-changed'],
  ],
  [
    'java sub list for a stream',
    'src/main/java/Page.java',
    `
-        return rows.stream().skip(first).limit(size).toList();
+        return rows.subList(first, last);
`,
    ['boundary-changed'],
  ],
  [
    'java record for a class with an equals of its own',
    'src/main/java/LookupKey.java',
    `
-public final class LookupKey {
-    private final String user;
-    private final Instant at;
+public record LookupKey(
+        String user,
+        Instant at) {
-    @Override
-    public boolean equals(Object other) {
-        return other instanceof LookupKey that && user.equals(that.user);
-    }
 }
`,
    ['identity-changed'],
  ],
  [
    'python dataclass that lost its comparison',
    'app/cache_key.py',
    `
+@dataclass(frozen=True)
 class CacheKey:
-    def __eq__(self, other):
-        return self.user == other.user
-    def __hash__(self):
-        return hash(self.user)
`,
    ['identity-changed'],
  ],
  [
    'csharp hash over more',
    'src/QuoteKey.cs',
    `
-    public override int GetHashCode() => Id.GetHashCode();
+    public override int GetHashCode() => HashCode.Combine(Id, At);
`,
    ['identity-changed'],
  ],
  [
    'go file that is kept for a new reason',
    'internal/archive.go',
    `
+	if etag != sum {
+		return nil
+	}
 	if err := os.Remove(path); err != nil {
 		return err
 	}
`,
    ['cleanup-skipped'],
  ],
  [
    'python file under a condition',
    'app/spool.py',
    `
     upload(path)
-    os.remove(path)
+    if settings.tidy:
+        os.remove(path)
`,
    ['cleanup-skipped'],
  ],
  [
    'javascript file that stays',
    'src/upload.js',
    `
   await store.put(path);
-  await fs.promises.unlink(path);
`,
    ['cleanup-skipped'],
  ],
  [
    'java early way out before the files go',
    'src/main/java/Export.java',
    `
+        if (!settings.tidy()) {
+            return;
+        }
         Files.deleteIfExists(target);
`,
    ['cleanup-skipped'],
  ],
  [
    'python number that is written as text',
    'rates/api.py',
    `
     return {
         "base": rate.base,
-        "rate": float(rate.mid),
+        "rate": str(rate.mid),
     }
`,
    ['contract-format'],
  ],
  [
    'javascript time that is written as a number',
    'src/serialize.js',
    `
   return {
     id: order.id,
-    placedAt: order.placedAt.toISOString(),
+    placedAt: order.placedAt.getTime(),
   };
`,
    ['contract-format'],
  ],
  [
    'ruby id that is written as text',
    'app/serializers/order.rb',
    `
     {
-      id: order.id.to_i,
+      id: order.id.to_s,
     }
`,
    ['contract-format'],
  ],
  [
    'javascript seconds that are no longer made milliseconds',
    'src/main.js',
    `
   {
-    claimIdleMs: settings.claimIdleSeconds * 1000,
+    claimIdleMs: settings.claimIdle,
   },
`,
    ['unit-changed'],
  ],
  [
    'go duration without its unit',
    'main.go',
    `
-	client.Timeout = cfg.TimeoutSeconds * time.Second
+	client.Timeout = cfg.Timeout
`,
    ['unit-changed'],
  ],
  [
    'python bytes for megabytes',
    'app/upload.py',
    `
-    max_size = settings.max_mb * 1024
+    max_size = settings.max_mb
`,
    ['unit-changed'],
  ],
  [
    'go lock that is taken before the call',
    'store.go',
    `
 func (s *Store) refresh(ctx context.Context, cell string) error {
+	s.mu.Lock()
+	defer s.mu.Unlock()
 	drivers, err := s.source.In(ctx, cell)
 	if err != nil {
 		return err
 	}
-	s.mu.Lock()
 	s.cells[cell] = drivers
-	s.mu.Unlock()
 	return nil
 }
`,
    ['lock-widened'],
  ],
];
