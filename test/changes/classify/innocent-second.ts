import type { InnocentCase } from './innocent.ts';

export const INNOCENT_SECOND: readonly InnocentCase[] = [
  [
    'kotlin kdoc',
    'src/Cart.kt',
    `
 /**
- * Adds an item, timeout = 3s.
+ * Adds an item; gives up after three seconds.
+ * @throws CartClosed when the cart is closed
  */
 fun add(item: Item) {
`,
    /comments/,
  ],
  [
    'python commented code',
    'app/x.py',
    `
-# retry(3)
-# cache.delete(key)
 run()
`,
    /comments/,
  ],
  [
    'js jsdoc',
    'src/x.js',
    `
 /**
- * @param {string} id
+ * @param {string} id of the order
+ * @returns {Promise<Order>}
  */
 async function load(id) {
`,
    /comments/,
  ],
  [
    'rust doc',
    'src/x.rs',
    `
-/// Returns None when x == 0.
+/// Returns \`None\` when the input is zero.
 pub fn f(x: u32) -> Option<u32> {
`,
    /comments/,
  ],
  [
    'long call wrapped',
    'src/y.py',
    `
-    client.send(order.id, order.total, retries=3, timeout=10)
+    client.send(
+        order.id,
+        order.total,
+        retries=3,
+        timeout=10,
+    )
`,
    /layout|punctuation/,
  ],
  [
    'java call wrapped',
    'src/Y.java',
    `
-        return repo.find(id).map(User::name).orElse("");
+        return repo.find(id)
+                .map(User::name)
+                .orElse("");
`,
    /layout/,
  ],
  [
    'object wrapped',
    'src/y.ts',
    `
-const opts = { retries: 3, timeout: 10 };
+const opts = {
+  retries: 3,
+  timeout: 10,
+};
`,
    /layout|punctuation/,
  ],
  [
    'prettier quotes and semis',
    'src/z.js',
    `
-const a = require("a")
-const b = require("b")
+const a = require('a');
+const b = require('b');
`,
    /punctuation|layout|imports/,
  ],
  [
    'if reindented',
    'src/w.rb',
    `
   def f
-      if ready
-          go
-      end
+    if ready
+      go
+    end
   end
`,
    /layout/,
  ],
  [
    'constant renamed',
    'src/k.go',
    `
-const maxTries = 3
+const maxAttempts = 3
 
 func run() {
-	for i := 0; i < maxTries; i++ {
+	for i := 0; i < maxAttempts; i++ {
 		step(i)
 	}
`,
    /renames/,
  ],
  [
    'loop variable renamed',
    'src/k.cs',
    `
-        foreach (var o in orders) {
-            Ship(o);
+        foreach (var order in orders) {
+            Ship(order);
         }
`,
    /renames/,
  ],
  [
    'private method renamed',
    'src/K.kt',
    `
-    private fun calc(x: Int) = x * 2
-    fun run(x: Int) = calc(x) + 1
+    private fun twice(x: Int) = x * 2
+    fun run(x: Int) = twice(x) + 1
`,
    /renames/,
  ],
  [
    'structured log',
    'src/l.go',
    `
-	slog.Info("stored", "id", id)
+	slog.Info("order stored", "order_id", id)
`,
    /log/,
  ],
  [
    'csharp log',
    'src/L.cs',
    `
-            _logger.LogInformation("Sent {Id}", id);
+            _logger.LogInformation("Sent message {Id}", id);
`,
    /log/,
  ],
  [
    'php log',
    'src/L.php',
    `
-        $this->logger->info('done');
+        $this->logger->info('import done');
`,
    /log/,
  ],
  [
    'error wording in go',
    'src/l2.go',
    `
-		return fmt.Errorf("load user: %w", err)
+		return fmt.Errorf("cannot load the user: %w", err)
`,
    /wording/,
  ],
  [
    'python Optional hint',
    'src/m.py',
    `
-def find(key, default=None):
+def find(key: str, default: Optional[str] = None) -> Optional[str]:
     return TABLE.get(key, default)
`,
    /type annotations/,
  ],
  [
    'ts generics',
    'src/m.ts',
    `
-const cache = new Map();
+const cache = new Map<string, Order>();
`,
    /type annotations/,
  ],
  [
    'ts readonly',
    'src/m2.ts',
    `
-  private repo: Repo;
+  private readonly repo: Repo;
`,
    /modifiers|type/,
  ],
  [
    'php return type',
    'src/M.php',
    `
-    public function total()
+    public function total(): int
     {
`,
    /type annotations/,
  ],
  [
    'go import grouping',
    'src/n.go',
    `
 import (
-	"github.com/acme/log"
 	"context"
 	"fmt"
+
+	"github.com/acme/log"
 )
`,
    /imports|moves|order|layout/,
  ],
  [
    'rust use order',
    'src/n.rs',
    `
-use std::sync::Arc;
 use std::collections::HashMap;
+use std::sync::Arc;
`,
    /imports/,
  ],
  [
    'method moved in class',
    'src/O.java',
    `
-    public int size() {
-        return items.size();
-    }
-
     public void clear() {
         items.clear();
     }
+
+    public int size() {
+        return items.size();
+    }
`,
    /moves/,
  ],
  [
    'helper extracted in ts',
    'src/o2.ts',
    `
 export function checkout(cart: Cart) {
-  const net = sum(cart.lines);
-  const tax = net * rateOf(cart.country);
-  return pay(cart.user, net + tax);
+  return pay(cart.user, grossOf(cart));
+}
+
+function grossOf(cart: Cart) {
+  const net = sum(cart.lines);
+  const tax = net * rateOf(cart.country);
+  return net + tax;
 }
`,
    /moves/,
  ],
  [
    'mocha',
    'test/cart.js',
    `
-  assert.equal(cart.total, 10);
+  assert.equal(cart.total, 11);
`,
    /tests/,
  ],
  [
    'fixture',
    'spec/fixtures/order.json',
    `
-  "total": 10
+  "total": 11
`,
    /tests/,
  ],
  [
    'pytest conf',
    'conftest.py',
    `
-TIMEOUT = 10
+TIMEOUT = 1
`,
    /tests/,
  ],
  [
    'csharp test',
    'tests/OrderTests.cs',
    `
-        Assert.Equal(1, total);
+        Assert.Equal(2, total);
`,
    /tests/,
  ],
  [
    'scala test',
    'src/test/scala/CartSpec.scala',
    `
-    cart.total shouldBe 1
+    cart.total shouldBe 2
`,
    /tests/,
  ],
  [
    'openapi docs',
    'docs/openapi.md',
    `
-GET /v1/x
+GET /v2/x
`,
    /documentation/,
  ],
  [
    'circleci',
    '.circleci/config.yml',
    `
-    resource_class: medium
+    resource_class: large
`,
    /pipeline/,
  ],
  [
    'dependabot',
    '.github/dependabot.yml',
    `
-      interval: daily
+      interval: weekly
`,
    /pipeline/,
  ],
  [
    'prettier',
    '.prettierrc',
    `
-  "semi": false
+  "semi": true
`,
    /tooling/,
  ],
  [
    'golangci',
    '.golangci.yml',
    `
-    - errcheck
+    - gosec
`,
    /tooling/,
  ],
  [
    'maven test scope',
    'pom.xml',
    `
     <dependency>
       <groupId>org.junit.jupiter</groupId>
       <artifactId>junit-jupiter</artifactId>
-      <version>5.9.0</version>
+      <version>5.10.0</version>
       <scope>test</scope>
     </dependency>
`,
    /development/,
  ],
  [
    'cargo dev',
    'Cargo.toml',
    `
 [dev-dependencies]
-proptest = "1.2"
+proptest = "1.4"
`,
    /development/,
  ],
  [
    'gem test group',
    'Gemfile',
    `
 group :test do
-  gem "capybara", "3.38"
+  gem "capybara", "3.40"
 end
`,
    /development/,
  ],
  [
    'pyproject own version',
    'pyproject.toml',
    `
 [project]
 name = "orders"
-version = "2.3.0"
+version = "2.3.1"
`,
    /version number/,
  ],
  [
    'same size',
    'k8s/api.yaml',
    `
           limits:
-            memory: 1Gi
+            memory: 1024Mi
`,
    /same value/,
  ],
  [
    'same cpu',
    'k8s/api.yaml',
    `
           limits:
-            cpu: "1"
+            cpu: 1000m
`,
    /same value/,
  ],
  [
    'same interval',
    'src/p.ts',
    `
-const DAY = 86400000;
+const DAY = 24 * 60 * 60 * 1000;
`,
    /same value/,
  ],
  [
    'scss',
    'web/app.scss',
    `
-  margin: 1rem;
+  margin: 2rem;
`,
    /styles/,
  ],
  [
    'grafana',
    'grafana/provisioning/x.yml',
    `
-  orgId: 1
+  orgId: 2
`,
    /dashboards/,
  ],
  [
    'yaml quotes',
    'config/a.yml',
    `
-name: "orders"
+name: orders
`,
    /layout|same value/,
  ],
  [
    'yaml reordered list of keys',
    'k8s/svc.yaml',
    `
 metadata:
-  labels: {}
   name: api
+  labels: {}
`,
    /order|moves/,
  ],
  [
    'unused variable',
    'src/q.go',
    `
-	// nolint
+	//nolint:errcheck
 	_ = f.Close()
`,
    /comments/,
  ],
  [
    'html comment',
    'templates/a.html',
    `
-<!-- old header -->
+<!-- header of the page -->
 <h1>Shop</h1>
`,
    /comments/,
  ],
  [
    'makefile',
    'Makefile',
    `
-test: lint
+test: lint vet
`,
    /tooling/,
  ],
  [
    'vscode',
    '.vscode/settings.json',
    `
-  "editor.tabSize": 4
+  "editor.tabSize": 2
`,
    /tooling/,
  ],
];
