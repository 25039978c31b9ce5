import { z } from 'zod';

/** The way of an issue into another status, as `GET /issue/{key}/transitions` gives it. */
export const transitionsSchema = z.object({
  transitions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      to: z.object({
        name: z.string(),
        statusCategory: z.object({ key: z.string() }),
      }),
    }),
  ),
});
type Transition = z.infer<typeof transitionsSchema>['transitions'][number];

/** The one that is named, by its own name or its status; else the first into a category. */
export function chooseTransition(
  transitions: readonly Transition[],
  name: string | undefined,
  categories: readonly string[],
): Transition | null {
  if (name !== undefined) {
    const wanted = name.toLowerCase();
    const is = (text: string): boolean => text.toLowerCase() === wanted;
    return transitions.find((each) => is(each.name) || is(each.to.name)) ?? null;
  }
  for (const category of categories) {
    const found = transitions.find(({ to }) => to.statusCategory.key === category);
    if (found) return found;
  }
  return null;
}
