/**
 * `node bench/analysis/leave-class-out.ts [folder]`: how much depends on having seen a class of
 * incident. Rules stay as they are; the thresholds of the verdict (and the shift of the confidence)
 * are refit on all other categories, and the incidents of the category left out are judged by them.
 * Prints the share of right conclusions with the program's own thresholds and with the refit ones.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Expected, expectedSchema } from '#src/analysis/evaluation/expected.ts';
import { draftFacts } from '#src/analysis/evidence/draft-facts.ts';
import { Ledger } from '#src/analysis/evidence/ledger.ts';
import { gatherFacts } from '#src/analysis/facts/gather.ts';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import { investigate } from '#src/analysis/investigation/investigate.ts';
import { decide, type Thresholds } from '#src/analysis/root-cause/verdict.ts';
import { judge } from '#src/analysis/triage/judgement.ts';
import { openRepositories } from '#src/app/repositories.ts';
import { canonicalBundle } from '#src/evidence/bundle/canonical.ts';
import { readBundle } from '#src/evidence/bundle/read.ts';
import { redactBundle } from '#src/evidence/bundle/redact.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { silentLogger } from '#src/platform/logger.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';

type Case = { name: string; expected: Expected; isHealthy: boolean; hypotheses: Weighed[] };

const LIKELY = [0.2, 0.25, 0.3, 0.35, 0.4, 0.5];
const LEAD = [1, 1.25, 1.5, 2, 3];
/** A wrong name costs as much as so many right ones are worth. */
const COST = 2;

async function readCase(dir: string, name: string): Promise<Case> {
  const path = join(dir, name);
  const expected = expectedSchema.parse(
    JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8')),
  );
  const redactor = createRedactor({ enabled: true, addresses: false, patterns: {} });
  const repositories = openRepositories(silentLogger);
  const raw = await readBundle(path, parseAlertmanagerPayload);
  const bundle = redactBundle(canonicalBundle(raw), redactor);
  const facts = await gatherFacts(bundle, undefined);
  const judgement = judge(facts);
  const ledger = new Ledger();
  const refs = draftFacts(facts, ledger);
  ledger.number();
  const { hypotheses } = await investigate(facts, judgement, refs, ledger, {
    depth: 'investigate',
    service: undefined,
    openRepository: (service) => repositories.open(bundle, service, redactor),
  });
  await repositories.close();
  return { name, expected, isHealthy: judgement.condition === 'healthy', hypotheses };
}

/** 1 for a right conclusion, 0 for an abstention where one was due, -1 for a wrong one. */
function outcome({ expected, isHealthy, hypotheses }: Case, thresholds?: Thresholds): number {
  if (isHealthy) return expected.category === 'none' || expected.condition === 'healthy' ? 1 : -1;
  const { verdict, conclusion } = decide(hypotheses, thresholds);
  if (verdict === 'inconclusive') return expected.verdict === 'inconclusive' ? 1 : 0;
  if (expected.verdict === 'inconclusive') return -1;
  const commit = conclusion?.best.commit ?? 'none';
  const isCommit = expected.commit === undefined || expected.commit === commit;
  const isCategory =
    expected.category === undefined || expected.category === conclusion?.best.category;
  return isCommit && isCategory ? 1 : -1;
}

function refit(cases: readonly Case[]): Thresholds {
  let best: Thresholds = { likely: 0.3, lead: 1.5 };
  let most = Number.NEGATIVE_INFINITY;
  for (const likely of LIKELY) {
    for (const lead of LEAD) {
      const value = cases.reduce((sum, one) => {
        const result = outcome(one, { likely, lead });
        return sum + (result < 0 ? -COST : result);
      }, 0);
      if (value > most) {
        most = value;
        best = { likely, lead };
      }
    }
  }
  return best;
}

const share = (outcomes: readonly number[]): string =>
  `${outcomes.filter((one) => one > 0).length} of ${outcomes.length}`;

const folder = process.argv[2] ?? join(import.meta.dirname, '../../fixtures/incidents');
const cases: Case[] = [];
for (const name of readdirSync(folder).sort()) {
  if (existsSync(join(folder, name, 'expected.json'))) cases.push(await readCase(folder, name));
}
const classOf = ({ expected }: Case): string =>
  expected.verdict === 'inconclusive' ? 'inconclusive' : (expected.category ?? 'other');
const own: number[] = [];
const left: number[] = [];
for (const one of [...new Set(cases.map(classOf))].sort()) {
  const held = cases.filter((other) => classOf(other) === one);
  const thresholds = refit(cases.filter((other) => classOf(other) !== one));
  const before = held.map((other) => outcome(other));
  const after = held.map((other) => outcome(other, thresholds));
  own.push(...before);
  left.push(...after);
  process.stdout.write(
    `${one.padEnd(16)} own ${share(before).padEnd(10)} left out ${share(after).padEnd(10)} (likely ${thresholds.likely}, lead ${thresholds.lead})\n`,
  );
}
const points =
  ((own.filter((one) => one > 0).length - left.filter((one) => one > 0).length) / own.length) * 100;
process.stdout.write(`all              own ${share(own)}, left out ${share(left)}: `);
process.stdout.write(`${points.toFixed(1)} points lost (commit and category)\n`);
