import type { GuiltyCase } from './guilty-code.ts';

/** Changes that look like nothing and are something: none may be set free as a no-op. */
export const GUILTY_DISGUISED: readonly GuiltyCase[] = [
  [
    'import of a library whose name holds a tool',
    'package.json',
    `
   "dependencies": {
-    "langchain": "^0.1.0",
+    "langchain": "^0.2.0",
     "pg": "^8.0.0"
`,
    ['dependency-major'],
  ],
  [
    'start script',
    'package.json',
    `
   "scripts": {
-    "start": "node dist/main.js",
+    "start": "node --max-old-space-size=128 dist/main.js",
     "test": "vitest"
`,
    ['command-changed'],
  ],
  [
    'field of a model is annotated anew',
    'api/models.py',
    `
 class Quote(BaseModel):
-    amount: int
+    amount: Optional[int]
`,
    [],
  ],
  [
    'parameter of a route is annotated',
    'api/routes.py',
    `
 @router.get("/items")
-def items(limit=10):
+def items(limit: int = 10):
     return store.page(limit)
`,
    [],
  ],
  [
    'line moved into another function',
    'app/save.py',
    `
 def submit(form):
-    check_limits(form)
     store(form)
 
 def preview(form):
+    check_limits(form)
     render(form)
`,
    [],
  ],
  [
    'export withdrawn',
    'src/rates.ts',
    `
-export function rate(code: string) {
+function rate(code: string) {
   return table.get(code);
 }
`,
    [],
  ],
  [
    'order of routes in a proxy',
    'nginx/site.conf',
    `
-    location /api { proxy_pass http://a; }
     location / { proxy_pass http://b; }
+    location /api { proxy_pass http://a; }
`,
    [],
  ],
  [
    'order of build steps',
    'Dockerfile',
    `
 FROM node:20
-USER app
 RUN npm ci
+USER app
`,
    [],
  ],
  [
    'order of a list',
    'config/middleware.yml',
    `
 middleware:
-  - auth
   - cache
+  - auth
`,
    [],
  ],
  [
    'name changed in one place only',
    'src/pay.py',
    `
 def pay(order):
-    amount = order.total
+    sum_due = order.total
     fee = rate(order)
`,
    [],
  ],
  [
    'build constraint',
    'net/dial.go',
    `
-//go:build linux
+//go:build linux && amd64
 
 package net
`,
    [],
  ],
  [
    'optimiser hint',
    'reports/top.sql',
    `
-/*+ INDEX(orders idx_created) */
+/*+ FULL(orders) */
 SELECT id FROM orders;
`,
    [],
  ],
  [
    'code turned into a comment',
    'src/guard.js',
    `
 function pay(order) {
-  validate(order);
+  // validate(order);
   return charge(order);
`,
    ['validation-removed'],
  ],
  [
    'same amount beside another one',
    'src/client.py',
    `
-    get(url, timeout=30, retries=3)
+    get(url, timeout=30.0, retries=30)
`,
    ['retry-added'],
  ],
  [
    'statement put into a loop by indentation',
    'jobs/send.py',
    `
     for user in users:
         prepare(user)
-    mailer.send_all(users)
+        mailer.send_all(users)
`,
    [],
  ],
  [
    'deploy pipeline',
    '.github/workflows/deploy.yml',
    `
       env:
-        API_URL: https://api.example.org
+        API_URL: https://api.example.com
`,
    ['endpoint-changed'],
  ],
  [
    'comma makes a tuple',
    'src/limits.py',
    `
-LIMIT = 10
+LIMIT = 10,
`,
    [],
  ],
  [
    'semicolon in rust',
    'src/lib.rs',
    `
 fn total(a: u32, b: u32) -> u32 {
-    a + b
+    a + b;
 }
`,
    [],
  ],
  [
    'message that others match',
    'src/errors.js',
    `
-    if (err.message === 'rate limited') retry();
+    if (err.message === 'rate limit') retry();
`,
    [],
  ],
  [
    'log level that floods',
    'src/poll.py',
    `
     for item in stream:
-        logger.debug("item %s", item)
+        logger.info("item %s", item)
`,
    ['logging-more'],
  ],
  [
    'allow list as text',
    'config/allowed.txt',
    `
 10.0.0.1
-10.0.0.2
 10.0.0.3
`,
    [],
  ],
  [
    'key moved to another parent',
    'config/app.yml',
    `
 server:
-  timeout: 30
   port: 80
 client:
+  timeout: 30
   retries: 2
`,
    [],
  ],
  [
    'file made executable no more',
    'bin/start.sh',
    `
-exec app --port 80
+exec app
`,
    [],
  ],
];
