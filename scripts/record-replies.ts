/**
 * `npm run fixtures:replies [-- <name>…]`: records the replies to the demo's fixtures anew
 * (`fixtures/demo-*\/model/*.ndjson`) and stores what comes of them in `model/result.json`. To be
 * run when prompts or the analysis have changed. The replies are those of
 * test/helpers/blind-replies.ts, written from the prompts alone.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSink } from '#src/model/recording/record.ts';
import { agentOf, analyseCase, FIXTURES, readCase, teamOf } from '../test/helpers/agents.ts';
import { BLIND_REPLIES, blindAnswer } from '../test/helpers/blind-replies.ts';
import { fakeModel } from '../test/helpers/model-fake.ts';
import { runCli } from '../test/helpers/run-cli.ts';
import { storedPart } from '../test/helpers/stored-result.ts';

const asked = process.argv.slice(2);
for (const [name, reply] of Object.entries(BLIND_REPLIES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const dir = join(FIXTURES, name);
  rmSync(join(dir, 'model'), { recursive: true, force: true });
  const model = fakeModel(
    (request) => {
      const prompt = request.messages.at(-1)?.content ?? '';
      return { text: JSON.stringify(blindAnswer('careful', reply, agentOf(request), prompt)) };
    },
    { supportsTools: false, contextTokens: 8192 },
  );
  const named = { ...model, provider: 'by-hand', name: 'careful-reader' };
  await analyseCase(await readCase(dir), teamOf({ model: named, record: bundleSink(dir) }));
  const cli = await runCli(['investigate', '--bundle', dir, '--model', 'recorded', '--json']);
  const stored = storedPart(JSON.parse(cli.stdout));
  writeFileSync(join(dir, 'model', 'result.json'), `${JSON.stringify(stored, null, 2)}\n`);
  const lines = readFileSync(join(dir, 'model', 'root-cause.ndjson'), 'utf8')
    .trim()
    .split('\n');
  console.log(
    `${name}: ${lines.length} exchange, exit ${cli.code}${cli.stderr ? `, ${cli.stderr.trim()}` : ''}`,
  );
}
