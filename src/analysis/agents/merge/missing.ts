import type { Drafted } from '#src/analysis/agents/contract.ts';
import type { InvestigationReply } from '#src/analysis/agents/forms.ts';
import type { Guards } from '#src/analysis/agents/guards.ts';
import { checkContext } from '#src/analysis/agents/merge/check-context.ts';
import { type Taken, takeStatements } from '#src/analysis/agents/merge/statements.ts';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import { categorySchema } from '#src/domain/result.ts';

const MOST = 2;

/**
 * Explanations that a model thinks are missing, as far as they rest on evidence. They stand beside
 * the others without any belief: somebody has to test them. A change is never accused this way.
 */
export function takeMissing(
  { missing }: Pick<InvestigationReply, 'missing'>,
  drafted: Drafted,
  guards: Guards,
): { added: Weighed[]; dropped: Taken['dropped'] } {
  const context = { ...checkContext(drafted, 'cause'), accusable: new Set<string>() };
  const added: Weighed[] = [];
  const dropped: Taken['dropped'] = [];
  for (const said of missing.slice(0, 6)) {
    const taken = takeStatements([said], 1, context, guards);
    dropped.push(...taken.dropped);
    const [statement] = taken.kept;
    if (!statement) continue;
    if (added.length >= MOST) {
      dropped.push({ text: statement.text, why: 'there are enough' });
      continue;
    }
    // The test is the model's too: without what it rests on, it must at least be harmless.
    const test = takeStatements([{ text: said.test, cites: said.cites }], 1, context, guards)
      .kept[0];
    added.push({
      key: `model:${statement.text}`,
      kind: 'unexplained',
      statement: statement.text,
      category: categorySchema.catch('unknown').parse(said.category),
      remediation: 'none',
      service: null,
      commit: null,
      location: null,
      odds: -9,
      share: 0,
      reasons: [
        { about: 'other', weight: 0, text: 'a model points at it', cites: statement.cites },
      ],
      test:
        test?.text ??
        `Look at ${statement.cites.map(({ id }) => id).join(', ')} again with this in mind.`,
      nextSteps: [],
    });
  }
  return { added, dropped };
}
