import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectedSchema } from '#src/analysis/evaluation/expected.ts';
import { grade } from '#src/analysis/evaluation/grade.ts';
import { type Analysed, answerOf } from '#src/analysis/pipeline.ts';
import type { Result } from '#src/domain/result.ts';
import { agentOf, draftCase, FIXTURES, readCase, teamOf } from '../helpers/agents.ts';
import {
  BLIND_REPLIES,
  blindAnswer,
  KINDS,
  type Kind,
  WRONG_KINDS,
} from '../helpers/blind-replies.ts';
import { fakeModel } from '../helpers/model-fake.ts';

type Row = { better: number; same: number; worse: number };
const table = new Map<Kind, Row>(KINDS.map((kind) => [kind, { better: 0, same: 0, worse: 0 }]));
const notes: string[] = [];

function asResult(analysed: Analysed): Result {
  const { modelMs, ...rest } = analysed;
  return {
    schema: 'incident-result/v1',
    ...rest,
    timings: { collectMs: 0, analyseMs: 0, modelMs, totalMs: 0 },
  };
}

/** Sentences that are in one answer and not in the other. */
function gained(after: Analysed, before: Analysed): string[] {
  const texts = ({ triage, rootCause, investigation }: Analysed): string[] =>
    [
      ...(triage.explanation ?? []),
      ...triage.nextChecks,
      ...(rootCause?.explanation ?? []),
      ...(rootCause?.nextSteps ?? []),
      ...(investigation?.hypotheses.map(({ statement }) => ({ text: statement })) ?? []),
    ].map(({ text }) => text);
  const known = new Set(texts(before));
  return texts(after).filter((text) => !known.has(text));
}

describe('replies that were written blind', { timeout: 120_000 }, () => {
  it.each(Object.entries(BLIND_REPLIES))('%s: no answer gets worse', async (name, reply) => {
    const dir = join(FIXTURES, name);
    const bundle = await readCase(dir);
    const expected = expectedSchema.parse(
      JSON.parse(readFileSync(join(dir, 'expected.json'), 'utf8')),
    );
    const drafted = await draftCase(bundle);
    const alone = await answerOf(drafted, {});
    const before = grade(name, asResult(alone), expected);
    for (const kind of KINDS) {
      const model = fakeModel(
        (request) => {
          const prompt = request.messages.at(-1)?.content ?? '';
          return { text: JSON.stringify(blindAnswer(kind, reply, agentOf(request), prompt)) };
        },
        { supportsTools: false, contextTokens: 8192 },
      );
      const result = await answerOf(drafted, { team: teamOf({ model }) });
      const after = grade(name, asResult(result), expected);
      const kept = gained(result, alone);
      const isWrong = WRONG_KINDS.has(kind);
      const missed = after.misses.filter(
        ({ field }) => !before.misses.some((one) => one.field === field),
      );
      const isWorse =
        missed.length > 0 ||
        (after.decoyBlamed && !before.decoyBlamed) ||
        (after.falselyAccused && !before.falselyAccused) ||
        (isWrong && kept.length > 0);
      const isBetter = after.misses.length < before.misses.length || (!isWrong && kept.length > 0);
      const row = table.get(kind) as Row;
      row[isWorse ? 'worse' : isBetter ? 'better' : 'same']++;
      if (isWorse) notes.push(`${name}, ${kind}: ${JSON.stringify(missed)} ${kept.join(' | ')}`);
    }
    expect(notes).toEqual([]);
  });

  it('tells how often', () => {
    const rows = [...table].map(
      ([kind, { better, same, worse }]) =>
        `${kind.padEnd(22)}${String(better).padStart(8)}${String(same).padStart(8)}${String(worse).padStart(8)}`,
    );
    const head = `${'kind of reply'.padEnd(22)}${'better'.padStart(8)}${'same'.padStart(8)}${'worse'.padStart(8)}`;
    console.log([head, ...rows].join('\n'));
    const sum = (key: keyof Row): number =>
      [...table.values()].reduce((all, row) => all + row[key], 0);
    expect(sum('worse')).toBe(0);
    expect(table.get('careful')?.better).toBeGreaterThanOrEqual(8);
    expect(WRONG_KINDS.size * 3).toBeGreaterThanOrEqual(KINDS.length);
  });

  afterAll(() => void (notes.length > 0 && console.log(notes.join('\n'))));
});
