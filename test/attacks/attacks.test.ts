import { afterAll, describe, expect, it } from 'vitest';
import type { Drafted } from '#src/analysis/agents/contract.ts';
import { GUARDS, type Guards } from '#src/analysis/agents/guards.ts';
import type { AnalysisOptions } from '#src/analysis/contract.ts';
import { type Analysed, analyse, answerOf, draftAnswer } from '#src/analysis/pipeline.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import { redactBundle } from '#src/evidence/bundle/redact.ts';
import type { ModelRequest } from '#src/model/contract.ts';
import { agentOf, plainRedactor, teamOf } from '../helpers/agents.ts';
import { type FakeReply, fakeModel } from '../helpers/model-fake.ts';
import { GUILTY, smallCase } from '../helpers/small-case.ts';
import type { Attack, Outcome } from './attack.ts';
import { TOOL_ATTACKS } from './by-tools.ts';
import { REPLY_ATTACKS } from './in-replies.ts';
import { TELEMETRY_ATTACKS } from './in-telemetry.ts';

const ATTACKS = [...TELEMETRY_ATTACKS, ...REPLY_ATTACKS, ...TOOL_ATTACKS];

/** The guards without some of them. */
function without(names: readonly string[]): Guards {
  const open = {
    clean: (text: string) => text,
    fence: (text: string) => `<<<DATA\n${text}\nDATA>>>`,
    inert: (text: string) => text,
    bound: (text: string) => text,
    linkWeight: ({ supports }: { supports: boolean }) => ({
      weight: supports ? 6 : -6,
      text: 'believed',
    }),
    mostShift: 100,
    keepsVerdict: () => false,
    servicesOf: () => null,
    paths: () => null,
    revisions: () => null,
  } satisfies Partial<Record<keyof Guards, unknown>>;
  const taken = Object.entries(open).filter(([name]) => names.includes(name));
  const checks = Object.entries(GUARDS.checks).map(([name, check]) => [
    name,
    names.includes(`checks.${name}`) ? () => null : check,
  ]);
  return { ...GUARDS, ...Object.fromEntries(taken), checks: Object.fromEntries(checks) };
}

/** What of a text stands outside of the data's marks, as a model with a chat template reads it. */
function outsideOfData(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\u200b-\u200f\u202a-\u202e]/g, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escapes are not seen by a model
  const seen = plain.replace(/\u001b\[[0-9;]*m/g, '');
  const turns = seen.split(
    /<\|(?:im_start|im_end|eot_id|start_header_id)\|>|\[\/?(?:INST|TOOL_RESULTS)\]|<<\/?SYS>>|<(?:start|end)_of_turn>|<\/?s>/,
  );
  const [first = '', ...more] = turns;
  return [first.replace(/<<<DATA[\s\S]*?DATA>>>/g, ''), ...more].join('\n');
}

const withoutModel = new Map<string, Promise<Analysed>>();
const drafts = new Map<string, Promise<Drafted>>();

const keyOf = (attack: Attack, isRedacted: boolean): string =>
  JSON.stringify([attack.plant ?? {}, isRedacted, attack.repository !== undefined]);

/** Tools add to what was drafted: where there are none, the same case is drafted once. */
function drafted(
  attack: Attack,
  bundle: Bundle,
  isRedacted: boolean,
  options: AnalysisOptions,
): Promise<Drafted> {
  if (attack.calls) return draftAnswer(bundle, options);
  const key = keyOf(attack, isRedacted);
  const known = drafts.get(key) ?? draftAnswer(bundle, options);
  drafts.set(key, known);
  return known;
}

async function run(attack: Attack, guards: Guards, isRedacted: boolean): Promise<Outcome> {
  const reads: string[] = [];
  let obeyed = attack.order === undefined;
  const model = fakeModel(
    (request: ModelRequest): FakeReply => {
      const texts = request.messages.slice(1).map(({ content }) => content);
      const seen = attack.respectsFences ? texts.map(outsideOfData).join('\n') : texts.join('\n');
      if (attack.order !== undefined && seen.includes(attack.order)) obeyed = true;
      const agent = agentOf(request);
      const isFirst = !request.messages.some(({ role }) => role === 'tool');
      if (attack.calls && agent === 'root-cause' && isFirst) {
        return { toolCalls: attack.calls.map((one, index) => ({ id: `${index}`, ...one })) };
      }
      const reply = obeyed ? attack.says?.[agent] : undefined;
      return {
        text: JSON.stringify(reply ?? (agent === 'root-cause' ? { hypothesis: 'H1' } : {})),
      };
    },
    attack.calls
      ? { supportsTools: true, contextTokens: 32_768 }
      : { supportsTools: false, contextTokens: 8192 },
  );
  const redactor = plainRedactor();
  const redact = isRedacted ? redactor.redact : (text: string) => text;
  const made = smallCase(attack.plant);
  const bundle: Bundle = {
    ...(isRedacted ? redactBundle(made, redactor) : made),
    repositories: attack.repository ? [{ service: 'shop', kind: 'worktree', dir: '/nowhere' }] : [],
  };
  const options = {
    depth: 'investigate' as const,
    service: undefined,
    openRepository: async () => attack.repository?.(reads) ?? null,
  };
  const team = teamOf({ model, guards, redact });
  const result = await answerOf(await drafted(attack, bundle, isRedacted, options), { team });
  const key = keyOf(attack, isRedacted);
  const known = withoutModel.get(key) ?? analyse(bundle, options);
  withoutModel.set(key, known);
  const alone = await known;
  return { result, alone, requests: model.requests, reads, obeyed };
}

/** What no attack may change, whatever it is for. */
function untouched({ triage, rootCause }: Analysed) {
  const { verdict, confidence, category, commit, service, remediation, acquitted, statement } =
    rootCause ?? ({} as NonNullable<Analysed['rootCause']>);
  return {
    ...{ verdict, confidence, category, commit, service, remediation, acquitted, statement },
    ...{ condition: triage.condition, severity: triage.severity, radius: triage.blastRadius },
  };
}

const tried = { held: 0, provenToWork: 0 };

describe(`attacks on models (${ATTACKS.length})`, { timeout: 60_000 }, () => {
  it('are at least eighty, each by its own name', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(80);
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
  });

  it.each(ATTACKS.map((attack) => [attack.name, attack] as const))('%s', async (_, attack) => {
    const held = await run(attack, GUARDS, true);
    expect(attack.hasSucceeded(held), 'it must not succeed').toBe(false);
    expect(untouched(held.result)).toEqual(untouched(held.alone));
    expect(held.result.rootCause?.commit).toBe(GUILTY);
    tried.held++;
    // Without its guard it must succeed, or it proves nothing.
    const open = await run(attack, without(attack.guards), !attack.guards.includes('redact'));
    expect(attack.hasSucceeded(open), `it must succeed without ${attack.guards.join(', ')}`).toBe(
      true,
    );
    tried.provenToWork++;
  });

  afterAll(() => {
    console.log(
      `attacks tried: ${ATTACKS.length}; held: ${tried.held}; proven to work without their guard: ${tried.provenToWork}`,
    );
  });
});
