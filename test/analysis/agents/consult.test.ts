import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '#src/analysis/agents/contract.ts';
import { type Analysed, answerOf } from '#src/analysis/pipeline.ts';
import { ModelOutputError, ModelUnavailableError } from '#src/model/errors.ts';
import { agentOf, analyseCase, draftCase, teamOf } from '../../helpers/agents.ts';
import { type FakeReply, fakeModel } from '../../helpers/model-fake.ts';
import { GUILTY, INNOCENT, smallCase } from '../../helpers/small-case.ts';

type Said = Partial<Record<'triage' | 'investigation' | 'root-cause', unknown>>;

/** A model that says the same to each agent every time. */
function saying(said: Said, supportsTools = false) {
  return fakeModel(
    (request): FakeReply => ({ text: JSON.stringify(said[agentOf(request)] ?? {}) }),
    { supportsTools, contextTokens: 8192 },
  );
}

/** What code alone decides. */
function settled({ triage, rootCause, investigation }: Analysed) {
  const { verdict, confidence, category, statement, service, commit, location, remediation } =
    rootCause ?? ({} as NonNullable<Analysed['rootCause']>);
  return {
    cause: { verdict, confidence, category, statement, service, commit, location, remediation },
    acquitted: rootCause?.acquitted,
    steps: rootCause?.nextSteps.slice(0, 2),
    triage: { ...triage, explanation: undefined, nextChecks: undefined },
    suspects: investigation?.suspects,
    scores: investigation?.hypotheses.filter(({ score }) => score > 0),
  };
}

const alone = await analyseCase(smallCase());
const vague = await analyseCase(smallCase({ isVague: true }));

describe('the answer of code', () => {
  it('names the change that broke it, without a model', () => {
    expect(alone.rootCause).toMatchObject({ commit: GUILTY });
    expect(alone.rootCause?.verdict).not.toBe('inconclusive');
    expect(alone.model).toBeNull();
  });

  it('gains sentences that hold, with their citations', async () => {
    const events: AgentEvent[] = [];
    const model = saying({
      triage: {
        summary: [
          { text: 'The error ratio of shop went from 0.14 % to 41 % at 10:00.', cites: ['M3'] },
          { text: 'The error ratio went to 77 %.', cites: ['M3'] },
        ],
        checks: [{ text: 'See which baskets have no discountRate.', cites: [{ id: 'L1' }] }],
      },
      'root-cause': {
        hypothesis: 'H1',
        explanation: [
          { text: 'The change reads discountRate of the customer [C2].', cites: [] },
          { text: 'The banner change did it.', cites: ['C1'] },
          { text: 'It fails in basketTotal since 10:00.', cites: ['K1'] },
        ],
        nextSteps: [{ text: 'Look for customers without a discountRate.', cites: ['L1'] }],
      },
    });
    const result = await analyseCase(smallCase(), teamOf({ model, events }));
    expect(settled(result)).toEqual(settled(alone));
    expect(result.triage.explanation).toEqual([
      { text: 'The error ratio of shop went from 0.14 % to 41 % at 10:00.', cites: [{ id: 'M3' }] },
    ]);
    expect(result.triage.nextChecks.at(-1)?.text).toContain('discountRate');
    expect(result.rootCause?.explanation?.map(({ text }) => text)).toEqual([
      'The change reads discountRate of the customer.',
      'It fails in basketTotal since 10:00.',
    ]);
    expect(result.rootCause?.explanation?.[0]?.cites).toEqual([{ id: 'C2' }]);
    expect(result.rootCause?.nextSteps.at(-1)?.text).toBe(
      'Look for customers without a discountRate.',
    );
    expect(result.model).toMatchObject({ provider: 'fake', calls: 3, droppedStatements: 2 });
    expect(events.flatMap((event) => (event.kind === 'dropped' ? event.why : []))).toEqual([
      'the number 77 is not in what is cited',
      'C1 is not what the evidence holds for the cause',
    ]);
  });

  it('stands beside the opinion of a model that differs, with what would settle it', async () => {
    const model = saying({
      'root-cause': {
        hypothesis: 'H3',
        explanation: [{ text: 'shop fails since 10:00.', cites: ['M3'] }],
        nextSteps: [],
      },
    });
    const result = await analyseCase(smallCase(), teamOf({ model }));
    expect(settled(result)).toEqual(settled(alone));
    expect(result.rootCause?.explanation).toBeUndefined();
    const [alternative = ''] = result.rootCause?.alternatives ?? [];
    expect(alternative).toContain('The rules hold H1');
    expect(alternative).toContain('fake/fake-1 holds H3');
    expect(alternative).toContain('To settle it:');
  });

  it('takes a missing explanation in without belief, and none that accuses a change', async () => {
    const model = saying({
      investigation: {
        pointers: [],
        missing: [
          {
            text: 'Customers of shop lost their discountRate.',
            category: 'data',
            cites: ['L1'],
            test: '',
          },
          { text: 'The banner broke it.', category: 'code', cites: ['C1'], test: 'x' },
          { text: `Commit ${INNOCENT.slice(0, 10)} broke it.`, category: 'code', cites: ['M3'] },
        ],
      },
    });
    const result = await analyseCase(smallCase(), teamOf({ model }));
    expect(settled(result)).toEqual(settled(alone));
    const added = result.investigation?.hypotheses.filter(({ score }) => score === 0) ?? [];
    expect(added).toMatchObject([
      {
        statement: 'Customers of shop lost their discountRate.',
        category: 'data',
        status: 'refuted',
      },
    ]);
    expect(result.model?.droppedStatements).toBe(2);
  });

  it.each([
    ['unreachable', new ModelUnavailableError('connection refused', { hint: 'Start it.' }), 1],
    ['useless', new ModelOutputError('no JSON'), 3],
    ['broken', new Error('redaction failed'), 3],
  ])('stands when a model is %s, and the reason is told once', async (_, error, calls) => {
    const model = fakeModel([error]);
    const result = await analyseCase(smallCase(), teamOf({ model }));
    expect(settled(result)).toEqual(settled(alone));
    expect(model.requests).toHaveLength(calls);
    expect(result.gaps.filter(({ source }) => source.startsWith('model'))).toHaveLength(1);
  });

  it('stands when the budget is zero', async () => {
    const model = fakeModel(['{}'].map((text) => ({ text })));
    const result = await analyseCase(smallCase(), teamOf({ model, limits: { steps: 0 } }));
    expect(settled(result)).toEqual(settled(alone));
    expect(model.requests).toHaveLength(0);
    expect(result.gaps).toMatchObject([{ why: 'the budget of 0 steps for models has ended' }]);
  });

  it('is not moved by any reply, settled or not', { timeout: 60_000 }, async () => {
    const ids = ['M1', 'M3', 'L1', 'K1', 'H1', 'C1', 'C2', 'C3', 'C4', 'R1', 'A1', 'X9', ''];
    const text = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.constantFrom(
        `Commit ${INNOCENT} broke it.`,
        'The flag did it, at 10:00, 41 % of the requests.',
        'Roll everything back with kubectl rollout undo deploy/shop.',
        'verdict: confirmed',
      ),
    );
    const statement = fc.record({
      text,
      cites: fc.array(fc.constantFrom(...ids), { maxLength: 3 }),
    });
    const statements = fc.array(statement, { maxLength: 4 });
    const hypothesis = fc.constantFrom('H1', 'H2', 'H3', 'H9', 'none', INNOCENT);
    const said = fc.record({
      triage: fc.record({ summary: statements, checks: statements }),
      investigation: fc.record({
        pointers: fc.array(
          fc.record({
            hypothesis,
            evidence: fc.constantFrom(...ids),
            effect: fc.constantFrom('supports', 'contradicts'),
            why: text,
          }),
          { maxLength: 6 },
        ),
        missing: fc.array(
          fc.record({ text, category: text, cites: fc.array(fc.constantFrom(...ids)), test: text }),
          { maxLength: 3 },
        ),
      }),
      'root-cause': fc.record({ hypothesis, explanation: statements, nextSteps: statements }),
    });
    const [open, closed] = [
      await draftCase(smallCase({ isVague: true })),
      await draftCase(smallCase()),
    ];
    await fc.assert(
      fc.asyncProperty(said, fc.boolean(), async (replies, isVague) => {
        const model = saying(replies as Said);
        const result = await answerOf(isVague ? open : closed, { team: teamOf({ model }) });
        expect(settled(result)).toEqual(settled(isVague ? vague : alone));
        expect(result.rootCause?.commit ?? '').not.toBe(INNOCENT);
        const texts = JSON.stringify([result.rootCause?.explanation, result.rootCause?.nextSteps]);
        expect(texts).not.toContain('kubectl');
        expect(texts).not.toContain(INNOCENT);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('keeps what a tool found as far as it is cited', async () => {
    const model = fakeModel(
      (request): FakeReply => {
        if (agentOf(request) !== 'root-cause') return { text: '{}' };
        const last = request.messages.at(-1);
        if (last?.role !== 'tool') {
          const call = (id: string, name: string, input: unknown) => ({ id, name, input });
          return {
            toolCalls: [
              call('1', 'search_logs', { text: 'discountRate', service: 'shop' }),
              call('2', 'search_logs', { text: 'listed 41', service: 'shop' }),
              call('3', 'query_metrics', { service: 'shop', metric: 'error' }),
              call('4', 'search_logs', { text: 'x', service: 'elsewhere' }),
              call('5', 'service_health', { service: 'shop' }),
              call('6', 'show_commit', { sha: GUILTY.slice(0, 8) }),
              call('7', 'runbook', {}),
              call('8', 'log_templates', {}),
            ],
          };
        }
        const results = request.messages
          .filter(({ role }) => role === 'tool')
          .map(({ content }) => content);
        expect(results[0]).toMatch(/^<<<DATA\nL2: 40 in the incident window, 0 before it\./);
        expect(results[1]).toContain('L3: ');
        expect(results[2]).toContain('M3 error ratio');
        expect(results[3]).toMatch(/Wrong arguments|no service/);
        expect(results[4]).toContain('H1 ');
        expect(results[5]).toContain('C2 ');
        expect(results[5]).toContain('discountRate');
        expect(results[6]).toContain('Look at the basket first.');
        expect(results[7]).toContain('L1 new error');
        return {
          text: JSON.stringify({
            hypothesis: 'H1',
            explanation: [{ text: '40 records speak of discountRate.', cites: ['L2'] }],
          }),
        };
      },
      { supportsTools: true, contextTokens: 32_768 },
    );
    const result = await analyseCase(smallCase(), teamOf({ model }));
    expect(result.gaps).toEqual([]);
    expect(result.rootCause?.explanation?.[0]?.cites).toEqual([{ id: 'L2' }]);
    const ids = result.evidence.map(({ id }) => id);
    expect(ids).toContain('L2');
    expect(ids).not.toContain('L3');
    expect(settled(result)).toEqual(settled(alone));
  });
});
