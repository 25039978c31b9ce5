import type { z } from 'zod';
import { type Checked, checkForm } from '#src/model/coerce.ts';
import type { ModelMessage } from '#src/model/contract.ts';
import { describeForm } from '#src/model/describe-form.ts';
import { jsonValuesIn } from '#src/model/json-in-text.ts';
import { asCall } from '#src/model/printed-calls.ts';

const LONGEST_REPEAT = 4000;

/**
 * Reads an answer of a form out of what a model wrote: bare JSON, JSON in a fence or between
 * prose, JSON with the mistakes of hands (trailing commas, comments, single quotes), or an answer
 * printed as a tool call.
 * @param isCut the reply ended at its length limit: then only a complete JSON value counts
 */
export function readAnswer<T>(text: string, schema: z.ZodType<T>, isCut = false): Checked<T> {
  let closest: string[] | undefined;
  for (const found of jsonValuesIn(text, !isCut)) {
    const inner = asCall(found)?.input;
    for (const value of inner === undefined ? [found] : [found, inner]) {
      const checked = checkForm(schema, value);
      if (checked.ok) return checked;
      if (closest === undefined || checked.problems.length < closest.length) {
        closest = checked.problems;
      }
    }
  }
  return { ok: false, problems: closest ?? [noJson(text, isCut)] };
}

function noJson(text: string, isCut: boolean): string {
  if (text.trim() === '') return 'the answer was empty';
  return isCut ? 'the answer was cut off before its end' : 'there was no JSON value in the answer';
}

/** The turn that asks once more, with what was wrong. */
export function repairMessages(
  text: string,
  schema: z.ZodType,
  problems: readonly string[],
): ModelMessage[] {
  const repeated =
    text.length > LONGEST_REPEAT ? `${text.slice(0, LONGEST_REPEAT)}… (cut here)` : text;
  return [
    // Chat templates of some models refuse an empty turn.
    { role: 'assistant', content: repeated.trim() === '' ? '(no answer)' : repeated },
    {
      role: 'user',
      content: [
        'That answer does not have the form asked for:',
        ...problems.map((problem) => `- ${problem}`),
        'Answer again with the JSON value only, complete and short enough to end, in this form:',
        describeForm(schema),
      ].join('\n'),
    },
  ];
}
