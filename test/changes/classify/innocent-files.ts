import type { InnocentCase } from './innocent.ts';

export const INNOCENT_FILES: readonly InnocentCase[] = [
  [
    'test only',
    'tests/test_cart.py',
    `
-    assert total == 10
+    assert total == 12
`,
    /tests/,
  ],
  [
    'java test',
    'src/test/java/com/acme/CartTest.java',
    `
-        assertEquals(10, cart.total());
+        assertEquals(12, cart.total());
`,
    /tests/,
  ],
  [
    'js spec',
    'src/cart.spec.ts',
    `
-  expect(total).toBe(10);
+  expect(total).toBe(12);
`,
    /tests/,
  ],
  [
    'go test',
    'internal/cart/cart_test.go',
    `
-	want := 10
+	want := 12
`,
    /tests/,
  ],
  [
    'readme',
    'README.md',
    `
-Set timeout to 30.
+Set the timeout to 10.
`,
    /documentation/,
  ],
  [
    'docs folder',
    'docs/runbook.yml',
    `
-timeout: 30
+timeout: 10
`,
    /documentation/,
  ],
  [
    'changelog',
    'CHANGELOG.md',
    `
+## 2.0.0
+- removed the cache
`,
    /documentation/,
  ],
  [
    'licence',
    'LICENSE',
    `
-Copyright 2023
+Copyright 2024
`,
    /documentation/,
  ],
  [
    'github workflow',
    '.github/workflows/ci.yml',
    `
-        timeout-minutes: 30
+        timeout-minutes: 10
`,
    /pipeline/,
  ],
  [
    'gitlab ci',
    '.gitlab-ci.yml',
    `
-  image: node:18
+  image: node:20
`,
    /pipeline/,
  ],
  [
    'jenkinsfile',
    'Jenkinsfile',
    `
-    stage('Test') {
+    stage('Unit tests') {
`,
    /pipeline/,
  ],
  [
    'eslint',
    '.eslintrc.json',
    `
-    "no-unused-vars": "warn"
+    "no-unused-vars": "error"
`,
    /tooling/,
  ],
  [
    'gitignore',
    '.gitignore',
    `
 node_modules
+.cache
`,
    /tooling/,
  ],
  [
    'editorconfig',
    '.editorconfig',
    `
-indent_size = 4
+indent_size = 2
`,
    /tooling/,
  ],
  [
    'codeowners',
    '.github/CODEOWNERS',
    `
-* @a
+* @b
`,
    /pipeline|documentation/,
  ],
  [
    'dev dependency',
    'package.json',
    `
   "devDependencies": {
-    "vitest": "^1.0.0",
+    "vitest": "^2.0.0",
     "typescript": "^5.0.0"
   }
`,
    /development dependencies/,
  ],
  [
    'dev requirement',
    'requirements-dev.txt',
    `
-pytest==7.4
+pytest==8.0
`,
    /development dependencies/,
  ],
  [
    'own version',
    'package.json',
    `
 {
   "name": "api",
-  "version": "1.4.2",
+  "version": "1.4.3",
   "private": true,
`,
    /version number/,
  ],
  [
    'same duration',
    'config/app.yml',
    `
-  timeout: 30s
+  timeout: 30000ms
`,
    /same value/,
  ],
  [
    'same number',
    'src/s.py',
    `
-LIMIT = 1000000
+LIMIT = 1_000_000
`,
    /same value/,
  ],
  [
    'same duration in go',
    'src/s.go',
    `
-	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
+	ctx, cancel := context.WithTimeout(ctx, 2000*time.Millisecond)
`,
    /same value/,
  ],
  [
    'styles',
    'web/src/app.css',
    `
-  color: #333;
+  color: #222;
`,
    /styles/,
  ],
  [
    'dashboard',
    'monitoring/grafana/dashboards/api.json',
    `
-    "refresh": "30s"
+    "refresh": "10s"
`,
    /dashboards/,
  ],
  [
    'alert rule',
    'monitoring/alerts/api.yml',
    `
-    for: 5m
+    for: 2m
`,
    /dashboards/,
  ],
  [
    'order of yaml entries',
    'config/x.yml',
    `
-alpha: 1
 beta: 2
+alpha: 1
`,
    /order/,
  ],
  [
    'php comment',
    'src/t.php',
    `
-// TODO: cache
+// The result is cached by the proxy.
 return $this->load($id);
`,
    /comments/,
  ],
  [
    'csharp doc',
    'src/T.cs',
    `
-    /// <summary>Loads it.</summary>
+    /// <summary>Loads the order.</summary>
     public Order Load(int id) {
`,
    /comments/,
  ],
  [
    'ruby comment',
    'app/t.rb',
    `
-# Loads
+# Loads the order with its lines
 def load(id)
`,
    /comments/,
  ],
  [
    'elixir doc',
    'lib/t.ex',
    `
-  @doc "Loads it"
+  @doc "Loads the order with its lines"
   def load(id) do
`,
    /annotations|wording|comments/,
  ],
  [
    'blank lines',
    'src/u.kt',
    `
 fun a() = 1
+
+
 fun b() = 2
`,
    /layout/,
  ],
  [
    'dockerfile comment',
    'Dockerfile',
    `
-# base
+# the base image
 FROM alpine:3.19
`,
    /comments/,
  ],
  [
    'env comment',
    '.env.example',
    `
-# db
+# the database
 DB=1
`,
    /comments/,
  ],
  [
    'properties comment',
    'src/main/resources/a.properties',
    `
-# old
+# pool of the database
 pool=10
`,
    /comments/,
  ],
  [
    'xml comment',
    'pom.xml',
    `
-    <!-- json -->
+    <!-- reads and writes JSON -->
     <dependency>
`,
    /comments/,
  ],
  [
    'scala comment',
    'app/A.scala',
    `
-  // loads
+  // loads lazily
   lazy val x = 1
`,
    /comments/,
  ],
  [
    'c comment',
    'src/a.c',
    `
-    /* fast path */
+    /* the fast path: nothing to copy */
     return 0;
`,
    /comments/,
  ],
  [
    'nginx comment',
    'nginx/nginx.conf',
    `
-    # static
+    # static files
     location /static/ {
`,
    /comments/,
  ],
  [
    'import type',
    'src/v.ts',
    `
+import type { Order } from './types';
 import { load } from './load';
`,
    /type annotations|imports/,
  ],
  [
    'removed log line',
    'src/w.js',
    `
 function f(x) {
-  console.log('f', x);
   return g(x);
 }
`,
    /log/,
  ],
];
