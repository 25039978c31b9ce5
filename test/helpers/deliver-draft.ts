import { readFileSync } from 'node:fs';
import type { Draft } from '#src/fix/hosts/contract.ts';
import { github } from '#src/fix/hosts/github.ts';
import { createFetch } from '#src/platform/fetch.ts';

/** Hands a draft over to a double, as a process that can be killed. */
const [file = '', apiUrl = ''] = process.argv.slice(2);
const draft = JSON.parse(readFileSync(file, 'utf8'), (_key, value) =>
  value?.type === 'Buffer' ? Buffer.from(value.data) : value,
) as Draft;
const host = await github({
  apiUrl,
  token: 'good',
  repository: 'acme/shop',
  fetch: createFetch(),
  timeoutMs: 5000,
  maxWaitMs: 4000,
});
await host.facts(draft.target);
await host.deliver(draft);
