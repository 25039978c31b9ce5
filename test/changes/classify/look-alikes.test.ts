import { describe, expect, it } from 'vitest';
import { classifyChange } from '#src/changes/classify/classify.ts';
import { diffOf } from './diff-of.ts';

/** Edits that look like a fault of a kind and are none of it. */
const LOOK_ALIKES: readonly (readonly [string, string, string, string])[] = [
  [
    'a serializer that gives one more column',
    'app/serializers/team_serializer.rb',
    `
       town: @team.town,
+      founded: @team.founded_on.iso8601,
`,
    'call-in-loop',
  ],
  [
    'a mapper that copies one more field',
    'src/main/java/shop/OrderMapper.java',
    `
+        dto.setNote(order.getNote());
`,
    'call-in-loop',
  ],
  [
    'a resolver that uses a loader',
    'src/resolvers/order.ts',
    `
+    customer: async (order, _args, { loaders }) => loaders.customer.load(order.customerId),
`,
    'call-in-loop',
  ],
  [
    'a controller action that asks the database once',
    'app/controllers/teams_controller.rb',
    `
   def show
+    @season = Season.active.to_a
   end
`,
    'call-in-loop',
  ],
  [
    'a close that became a defer',
    'internal/store.go',
    `
+	defer rows.Close()
 	for rows.Next() {
 	}
-	rows.Close()
`,
    'release-removed',
  ],
  [
    'a close in finally under another name',
    'src/main/java/Load.java',
    `
         } finally {
-            conn.close();
+            connection.close();
         }
`,
    'release-removed',
  ],
  [
    'a library of a Gemfile',
    'Gemfile',
    `
-gem "puma", "5.6.4"
+gem "puma", "5.6.5"
`,
    'contract-field',
  ],
  [
    'a map whose entries are taken out again',
    'src/main/kotlin/Dispatch.kt',
    `
     private val open = ConcurrentHashMap<String, Offer>()
 
     fun offer(trip: String) {
+        open[trip] = Offer(trip)
     }
 
     fun done(trip: String) {
         open.remove(trip)
     }
`,
    'unbounded-growth',
  ],
  [
    'a collection of one call',
    'src/main/java/Report.java',
    `
     List<Row> rows(Query query) {
         List<Row> found = new ArrayList<>();
+        found.add(header());
         return found;
     }
`,
    'unbounded-growth',
  ],
  [
    'options that only tell more of a crash',
    'Dockerfile',
    `
-ENV JAVA_OPTS="-Xmx384m"
+ENV JAVA_OPTS="-Xmx384m -XX:+HeapDumpOnOutOfMemoryError -XX:+ExitOnOutOfMemoryError"
`,
    'flag-flipped',
  ],
  [
    'an error that is passed on before the file goes',
    'internal/archive.go',
    `
+	if err := sync(path); err != nil {
+		return err
+	}
 	if err := os.Remove(path); err != nil {
 		return err
 	}
`,
    'cleanup-skipped',
  ],
  [
    'a record without an equals before',
    'src/main/java/Total.java',
    `
-public final class Total {
-    final long cents;
+public record Total(long cents) {
 }
`,
    'identity-changed',
  ],
  [
    'a comparison that asks an equals',
    'src/main/java/CacheKeys.java',
    `
-        if (name.equals(other)) {
+        if (name.equals(wanted)) {
             return 1;
         }
`,
    'identity-changed',
  ],
  [
    'a setting under another name in the same unit',
    'src/main.js',
    `
-    timeoutMs: settings.renderTimeoutSeconds * 1000,
+    timeoutMs: settings.renderTimeout * 1000,
`,
    'unit-changed',
  ],
  [
    'text of a log',
    'app/job.py',
    `
-    log.info("took", seconds=str(took))
+    log.info("took", seconds=round(took))
`,
    'contract-format',
  ],
];

describe('edits that look like a fault', () => {
  it.each(LOOK_ALIKES)('%s', (_name, path, body, mechanism) => {
    const { classes } = classifyChange({ diff: diffOf(path, body), files: [path] });
    const found = classes.filter(({ weight }) => weight >= 0.45).map((one) => one.mechanism);
    expect(found).not.toContain(mechanism);
  });
});
