/** Name, path, diff body, what the reason says. */
export type InnocentCase = readonly [string, string, string, RegExp];

export const INNOCENT: readonly InnocentCase[] = [
  [
    'python comment',
    'app/core.py',
    `
 def run(queue):
-    # takes one job
+    # takes one job off the queue and runs it
     job = queue.pop()
`,
    /comments/,
  ],
  [
    'python docstring',
    'app/core.py',
    `
 def run(queue):
-    """Run one job."""
+    """Run one job and return its result."""
     job = queue.pop()
`,
    /comments/,
  ],
  [
    'python docstring over lines',
    'app/core.py',
    `
 def run(queue):
     """Run one job.

+    The queue must not be empty; see the timeout setting = 30.
     """
     job = queue.pop()
`,
    /comments/,
  ],
  [
    'javadoc',
    'src/main/java/com/acme/A.java',
    `
     /**
-     * Returns null if (x == null).
+     * Returns null when {@code x} is null; never throws.
      */
     String f(String x) {
`,
    /comments/,
  ],
  [
    'block comment middle',
    'src/a.go',
    `
  * the retries are limited
- * to 3 attempts
+ * to 5 attempts
  */
 func Do() {
`,
    /comments/,
  ],
  [
    'trailing comment',
    'src/a.ts',
    `
-const LIMIT = 10; // items
+const LIMIT = 10; // items per page
`,
    /comments/,
  ],
  [
    'sql comment',
    'reports/a.sql',
    `
--- daily sums
+-- sums of the day
 SELECT 1;
`,
    /comments/,
  ],
  [
    'yaml comment',
    'config/app.yml',
    `
 timeout: 30
-# was 10 before
+# seconds
 retries: 3
`,
    /comments/,
  ],
  [
    'hcl comment',
    'terraform/main.tf',
    `
-# old
+# the main database
 resource "aws_db_instance" "main" {
`,
    /comments/,
  ],
  [
    'spacing',
    'src/b.js',
    `
-const a=f( x,y );
+const a = f(x, y);
`,
    /layout/,
  ],
  [
    'line joined',
    'src/C.java',
    `
-        return   compute(a, b);
+        return compute(a, b);
`,
    /layout/,
  ],
  [
    'indentation in braces',
    'src/d.go',
    `
 func f() {
-  return
+	return
 }
`,
    /layout/,
  ],
  [
    'semicolons',
    'src/e.ts',
    `
-const x = 1
+const x = 1;
`,
    /punctuation/,
  ],
  [
    'trailing comma',
    'src/f.js',
    `
 const a = {
-  one: 1
+  one: 1,
 };
`,
    /punctuation/,
  ],
  [
    'quotes',
    'src/g.js',
    `
-const a = "text";
+const a = 'text';
`,
    /layout/,
  ],
  [
    'log text',
    'src/h.py',
    `
-    logger.info("start job %s", job.id)
+    logger.info("starting job %s", job.id)
`,
    /log text/,
  ],
  [
    'log text in go',
    'src/h.go',
    `
-	log.Printf("listening on %s", addr)
+	log.Printf("server listening on %s", addr)
`,
    /log text/,
  ],
  [
    'log argument',
    'src/h.ts',
    `
-  logger.debug('loaded', rows.length);
+  logger.debug('rows loaded', rows.length, tenant);
`,
    /log text/,
  ],
  [
    'slf4j text',
    'src/H.java',
    `
-        log.warn("retry {}", n);
+        log.warn("retrying, attempt {}", n);
`,
    /log text/,
  ],
  [
    'rust log',
    'src/h.rs',
    `
-    info!("connected to {}", host);
+    info!("connection to {} open", host);
`,
    /log text/,
  ],
  [
    'added log line',
    'src/i.rb',
    `
   def call(order)
+    Rails.logger.info("placing order")
     gateway.place(order)
`,
    /log/,
  ],
  [
    'error wording',
    'src/j.ts',
    `
-    throw new Error('cart is empty');
+    throw new Error('the cart has no items');
`,
    /wording/,
  ],
  [
    'exception wording python',
    'src/j.py',
    `
-        raise ValueError("bad amount given")
+        raise ValueError("the amount is not a number")
`,
    /wording/,
  ],
  [
    'type hints',
    'src/k.py',
    `
-def total(items, rate):
+def total(items: list[Item], rate: float) -> Decimal:
     return sum(i.price for i in items) * rate
`,
    /type annotations/,
  ],
  [
    'ts annotation',
    'src/k.ts',
    `
-export function pick(list, id) {
+export function pick(list: Item[], id: string): Item | undefined {
   return list.find((i) => i.id === id);
`,
    /type annotations/,
  ],
  [
    'ts interface',
    'src/types.ts',
    `
 export interface Order {
   id: string;
+  note?: string;
 }
`,
    /type annotations/,
  ],
  [
    'ts cast',
    'src/l.ts',
    `
-  const rows = result.rows;
+  const rows = result.rows as Row[];
`,
    /type annotations/,
  ],
  [
    'modifier',
    'src/M.java',
    `
-    private final Clock clock;
+    protected final Clock clock;
`,
    /modifiers/,
  ],
  [
    'let to const',
    'src/m.js',
    `
-  let total = sum(items);
+  const total = sum(items);
`,
    /modifiers/,
  ],
  [
    'override annotation',
    'src/N.java',
    `
+    @Override
     public String toString() {
`,
    /annotations/,
  ],
  [
    'rust allow',
    'src/n.rs',
    `
+#[allow(dead_code)]
 fn helper() -> u32 {
`,
    /annotations/,
  ],
  [
    'renamed local',
    'src/o.py',
    `
 def mean(values):
-    s = sum(values)
-    return s / len(values)
+    total = sum(values)
+    return total / len(values)
`,
    /renames/,
  ],
  [
    'renamed local in go',
    'src/o.go',
    `
-	r := load(id)
-	return r.Name
+	record := load(id)
+	return record.Name
`,
    /renames/,
  ],
  [
    'renamed function with callers',
    'src/o.ts',
    `
-function calc(x: number) {
+function computeTax(x: number) {
   return x * RATE;
 }
-export const tax = calc(10);
+export const tax = computeTax(10);
`,
    /renames/,
  ],
  [
    'renamed parameter in java',
    'src/O.java',
    `
-    int twice(int n) {
-        return n * 2;
+    int twice(int count) {
+        return count * 2;
     }
`,
    /renames/,
  ],
  [
    'imports sorted',
    'src/p.py',
    `
-import sys
 import os
+import sys
 from app import core
`,
    /imports/,
  ],
  [
    'imports sorted in java',
    'src/P.java',
    `
-import java.util.Map;
 import java.util.List;
+import java.util.Map;
`,
    /imports/,
  ],
  [
    'function moved',
    'src/q.js',
    `
-function a(x) {
-  const y = load(x);
-  return y.value + 1;
-}
-
 function b(x) {
   return a(x) * 2;
 }
+
+function a(x) {
+  const y = load(x);
+  return y.value + 1;
+}
`,
    /moves code/,
  ],
  [
    'function extracted',
    'src/r.py',
    `
 def handle(req):
-    user = users.load(req.user_id)
-    basket = baskets.load(user.basket_id)
-    basket.touch()
-    return render(basket)
+    basket = open_basket(req)
+    return render(basket)
+
+
+def open_basket(req):
+    user = users.load(req.user_id)
+    basket = baskets.load(user.basket_id)
+    basket.touch()
+    return basket
`,
    /moves code/,
  ],
];
