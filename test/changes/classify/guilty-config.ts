import type { GuiltyCase } from './guilty-code.ts';

export const GUILTY_CONFIG: readonly GuiltyCase[] = [
  [
    'yaml timeout',
    'config/application.yml',
    `
 http:
   client:
-    timeout: 30s
+    timeout: 300ms
`,
    ['timeout-shorter'],
  ],
  [
    'properties pool',
    'src/main/resources/application.properties',
    `
 spring.datasource.url=\${DB_URL}
-spring.datasource.hikari.maximum-pool-size=40
+spring.datasource.hikari.maximum-pool-size=4
`,
    ['pool-smaller'],
  ],
  [
    'toml workers',
    'config/server.toml',
    `
 [server]
-workers = 16
+workers = 2
 bind = "0.0.0.0:8080"
`,
    ['pool-smaller'],
  ],
  [
    'json limit',
    'config/limits.json',
    `
 {
   "upload": {
-    "maxBytes": 10485760,
+    "maxBytes": 1048576,
     "types": ["png"]
   }
 }
`,
    ['limit-tighter'],
  ],
  [
    'ini retry',
    'conf/worker.ini',
    `
 [queue]
-max_retries = 3
+max_retries = 50
`,
    ['retry-added'],
  ],
  [
    'env endpoint',
    'deploy/.env.production',
    `
 LOG_LEVEL=info
-REDIS_HOST=redis-primary.prod.internal
+REDIS_HOST=redis.prod.internal
`,
    ['endpoint-changed'],
  ],
  [
    'k8s memory',
    'k8s/deployment.yaml',
    `
         resources:
           limits:
-            memory: 1Gi
+            memory: 256Mi
             cpu: "1"
`,
    ['resources-lower'],
  ],
  [
    'k8s env value',
    'deploy/k8s/api.yaml',
    `
         env:
         - name: PAYMENT_TIMEOUT_MS
-          value: "5000"
+          value: "500"
`,
    ['timeout-shorter'],
  ],
  [
    'helm replicas',
    'charts/api/values.yaml',
    `
-replicaCount: 6
+replicaCount: 1
 image:
   repository: registry.example.org/api
`,
    ['resources-lower'],
  ],
  [
    'readiness probe',
    'k8s/web.yaml',
    `
         readinessProbe:
           httpGet:
             path: /ready
-          initialDelaySeconds: 30
+          initialDelaySeconds: 1
`,
    ['probe-changed'],
  ],
  [
    'nginx upstream timeout',
    'nginx/conf.d/api.conf',
    `
 location /api/ {
     proxy_pass http://api;
-    proxy_read_timeout 60s;
+    proxy_read_timeout 2s;
 }
`,
    ['timeout-shorter'],
  ],
  [
    'nginx rate limit',
    'nginx/nginx.conf',
    `
-limit_req_zone $binary_remote_addr zone=api:10m rate=100r/s;
+limit_req_zone $binary_remote_addr zone=api:10m rate=1r/s;
`,
    ['rate-limit-tighter'],
  ],
  [
    'nginx routing',
    'nginx/sites/shop.conf',
    `
 location /checkout {
-    proxy_pass http://checkout:8080;
+    proxy_pass http://checkout:8081;
 }
`,
    ['routing-changed'],
  ],
  [
    'envoy cluster',
    'envoy/envoy.yaml',
    `
   clusters:
   - name: inventory
-    connect_timeout: 1s
+    connect_timeout: 0.01s
`,
    ['timeout-shorter'],
  ],
  [
    'terraform security group',
    'terraform/db.tf',
    `
   ingress {
     from_port   = 5432
-    cidr_blocks = ["10.0.0.0/8"]
+    cidr_blocks = ["10.1.0.0/16"]
   }
`,
    ['permission-changed'],
  ],
  [
    'terraform instance',
    'terraform/rds.tf',
    `
 resource "aws_db_instance" "main" {
-  max_connections = 500
+  max_connections = 50
 }
`,
    ['pool-smaller'],
  ],
  [
    'feature flag default',
    'config/features.yml',
    `
 features:
-  new_checkout: false
+  new_checkout: true
`,
    ['flag-flipped'],
  ],
  [
    'cron',
    'k8s/cronjob-report.yaml',
    `
 spec:
-  schedule: "0 3 * * *"
+  schedule: "* * * * *"
`,
    ['schedule-changed'],
  ],
  [
    'config key misspelt',
    'config/prod.yml',
    `
 database:
   host: db
-  max_connections: 100
+  max_conections: 100
`,
    ['setting-renamed'],
  ],
  [
    'config key removed',
    'config/prod.yml',
    `
 cache:
   host: redis
-  ttl_seconds: 300
`,
    ['setting-removed'],
  ],
  [
    'secret renamed',
    'k8s/api.yaml',
    `
         - name: DB_PASSWORD
           valueFrom:
             secretKeyRef:
-              name: api-db
+              name: api-database
               key: password
`,
    ['credential-changed'],
  ],
  [
    'tls version',
    'config/gateway.yaml',
    `
 tls:
-  minVersion: TLSv1.2
+  minVersion: TLSv1.3
`,
    ['tls-changed'],
  ],
  [
    'cache ttl',
    'config/cache.yml',
    `
 catalog:
-  cache_ttl: 3600
+  cache_ttl: 3
`,
    ['cache-shorter'],
  ],
  [
    'log level',
    'config/logging.yml',
    `
 root:
-  level: WARN
+  level: DEBUG
`,
    ['log-level'],
  ],
  [
    'heap',
    'Dockerfile',
    `
 FROM eclipse-temurin:17
-ENV JAVA_OPTS="-Xmx2048m -Xms512m"
+ENV JAVA_OPTS="-Xmx256m -Xms256m"
 CMD ["java", "-jar", "app.jar"]
`,
    ['resources-lower'],
  ],
  [
    'base image',
    'Dockerfile',
    `
-FROM node:18-bookworm
+FROM node:22-alpine
 WORKDIR /app
`,
    ['runtime-version'],
  ],
  [
    'start command',
    'Dockerfile',
    `
 EXPOSE 8080
-CMD ["gunicorn", "-w", "8", "app:app"]
+CMD ["python", "app.py"]
`,
    ['command-changed'],
  ],
  [
    'npm major',
    'package.json',
    `
   "dependencies": {
     "express": "^4.18.2",
-    "mongodb": "^4.17.0",
+    "mongodb": "^6.3.0",
     "pino": "^8.0.0"
   }
`,
    ['dependency-major'],
  ],
  [
    'requirements minor',
    'requirements.txt',
    `
 flask==3.0.0
-urllib3==1.26.18
+urllib3==1.27.1
`,
    ['dependency-minor'],
  ],
  [
    'go module major',
    'go.mod',
    `
 require (
-	github.com/redis/go-redis v8.11.5
+	github.com/redis/go-redis v9.5.1
 )
`,
    ['dependency-major'],
  ],
  [
    'maven',
    'pom.xml',
    `
     <dependency>
       <groupId>com.fasterxml.jackson.core</groupId>
       <artifactId>jackson-databind</artifactId>
-      <version>2.13.4</version>
+      <version>3.0.1</version>
     </dependency>
`,
    ['dependency-major'],
  ],
  [
    'cargo dropped',
    'Cargo.toml',
    `
 [dependencies]
-openssl = "0.10"
 serde = "1.0"
`,
    ['dependency-removed'],
  ],
  [
    'migration drops column',
    'db/migrate/20240501_drop_legacy.rb',
    `
+class DropLegacy < ActiveRecord::Migration[7.0]
+  def change
+    remove_column :users, :legacy_id
+  end
+end
`,
    ['schema-narrowed'],
  ],
  [
    'migration locks',
    'migrations/V12__index.sql',
    `
+CREATE INDEX idx_orders_customer ON orders (customer_id);
`,
    ['table-locked'],
  ],
  [
    'migration drops index',
    'migrations/0042_cleanup.sql',
    `
+DROP INDEX idx_events_tenant_created;
`,
    ['index-removed'],
  ],
  [
    'migration not null',
    'migrations/0043_phone.py',
    `
+        migrations.AddField(
+            model_name="user", name="phone", field=models.CharField(max_length=20, null=False)),
`,
    ['schema-widened'],
  ],
  [
    'bulk update',
    'migrations/0044_backfill.sql',
    `
+UPDATE accounts SET balance = balance * 100;
`,
    ['data-rewritten'],
  ],
  [
    'autoscaling',
    'k8s/hpa.yaml',
    `
 spec:
   minReplicas: 2
-  maxReplicas: 20
+  maxReplicas: 3
`,
    ['resources-lower'],
  ],
  [
    'kafka consumer',
    'src/main/resources/application.yml',
    `
   kafka:
     consumer:
-      max-poll-records: 50
+      max-poll-records: 5000
`,
    ['batch-larger'],
  ],
  [
    'retention',
    'config/kafka.properties',
    `
-log.retention.hours=24
+log.retention.hours=720
`,
    ['retention-changed'],
  ],
  [
    'session lifetime',
    'config/auth.toml',
    `
 [session]
-token_ttl = "24h"
+token_ttl = "24m"
`,
    ['auth-changed'],
  ],
  [
    'reference data',
    'data/currencies.json',
    `
   "EUR": { "digits": 2 },
-  "JPY": { "digits": 0 },
   "USD": { "digits": 2 }
`,
    ['content-changed'],
  ],
  [
    'file deleted',
    'src/jobs/cleanup.py',
    `
-def run():
-    store.purge()
`,
    ['removed-code'],
  ],
  [
    'compose port',
    'docker-compose.yml',
    `
   api:
     environment:
-      DB_PORT: "5432"
+      DB_PORT: "5433"
`,
    ['endpoint-changed'],
  ],
  [
    'systemd limit',
    'deploy/app.service',
    `
 [Service]
 ExecStart=/usr/bin/app
-LimitNOFILE=65536
+LimitNOFILE=256
`,
    ['limit-tighter'],
  ],
  [
    'redis eviction',
    'redis/redis.conf',
    `
-maxmemory 4gb
+maxmemory 256mb
 maxmemory-policy allkeys-lru
`,
    ['resources-lower'],
  ],
  [
    'cors',
    'config/security.yml',
    `
 cors:
   allowed_origins:
-    - https://shop.example.org
+    - https://www.example.org
`,
    ['permission-changed'],
  ],
];
