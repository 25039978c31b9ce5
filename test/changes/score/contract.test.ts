import { describe, expect, it } from 'vitest';
import { assessChanges } from '#src/changes/score.ts';
import { at, commit, deploy, find, makeCase } from './case.ts';

/** What the provider did, and what its caller says. */
const BROKEN: readonly (readonly [string, string, string, string])[] = [
  [
    'Go leaves out what is zero',
    'internal/quote.go',
    `
-	FeeCents int64 \`json:"fee_cents"\`
+	FeeCents int64 \`json:"fee_cents,omitempty"\`
`,
    'ZodError: [{"code":"invalid_type","expected":"number","received":"undefined","path":["fee_cents"]}]',
  ],
  [
    'a Python dictionary with another key',
    'app/views.py',
    `
     return {
         "id": quote.id,
-        "fee_cents": quote.fee,
+        "fee": quote.fee,
     }
`,
    "KeyError: 'fee_cents'",
  ],
  [
    'a Java field with another name',
    'src/main/java/q/Quote.java',
    `
-    @JsonProperty("fee_cents") long fee;
+    @JsonProperty("fee_amount") long fee;
`,
    'com.fasterxml.jackson.databind.exc.MismatchedInputException: Missing required creator property fee_cents',
  ],
  [
    'a Ruby serializer that drops a field',
    'app/serializers/quote_serializer.rb',
    `
   def as_json
     {
       id: quote.id,
-      fee_cents: quote.fee_cents,
     }
`,
    'key not found: "fee_cents" (KeyError)',
  ],
];

/** An edit of the very place in the caller that trips, which means the same. */
const INNOCENT = `
 function total(quote) {
-  return round(quote.net + quote.fee_cents);
+  const sum = quote.net + quote.fee_cents;
+  return round(sum);
 }
`;

describe('a contract that one side changed', () => {
  it.each(BROKEN)('%s: blames the provider, not the caller', (_name, path, body, text) => {
    for (const isHealthy of [true, false]) {
      const result = assessChanges(
        makeCase({
          commits: [
            commit('p', -30, path, body, { service: 'quotes' }),
            commit('c', -40, 'src/total.js', INNOCENT, { service: 'checkout' }),
          ],
          deploys: [deploy('checkout', 'c', -20), deploy('quotes', 'p', -6)],
          onsets: [{ service: 'checkout', at: at(0) }],
          firstFailing: 'checkout',
          healthy: isHealthy ? ['quotes'] : [],
          topology: [
            { name: 'checkout', dependsOn: ['quotes'] },
            { name: 'quotes', dependsOn: [] },
          ],
          logs: [{ text, service: 'checkout', at: at(0), weight: 0.9 }],
          locations: [
            { file: 'src/total.js', line: 2, function: 'total', service: 'checkout', score: 1 },
          ],
          blame: [{ sha: 'c'.padEnd(40, '0'), score: 0.8, why: 'it last changed the line' }],
        }),
      );
      expect(find(result, 'p').score).toBeGreaterThan(0.7);
      expect(find(result, 'p').score).toBeGreaterThan(find(result, 'c').score + 0.2);
    }
  });

  it('leaves a provider alone whose change is none of what both agreed on', () => {
    const result = assessChanges(
      makeCase({
        commits: [
          commit('p', -30, 'app/warm.py', '\n-    warm(20)\n+    warm(25)\n', {
            service: 'quotes',
          }),
        ],
        deploys: [deploy('quotes', 'p', -6)],
        onsets: [{ service: 'checkout', at: at(0) }],
        firstFailing: 'checkout',
        healthy: ['quotes'],
        topology: [
          { name: 'checkout', dependsOn: ['quotes'] },
          { name: 'quotes', dependsOn: [] },
        ],
        logs: [{ text: "KeyError: 'fee_cents'", service: 'checkout', at: at(0), weight: 0.9 }],
      }),
    );
    expect(find(result, 'p').score).toBeLessThan(0.3);
  });
});
