import {
  hasCites,
  idsExist,
  placesExist,
  quotesStand,
  valuesAgree,
} from '#src/analysis/verify/check-cites.ts';
import {
  accusesNobody,
  changesCame,
  noCommands,
  noLinks,
} from '#src/analysis/verify/check-claim.ts';
import {
  figuresAgree,
  hasForm,
  namesKnown,
  textQuotesStand,
  timesAgree,
} from '#src/analysis/verify/check-text.ts';
import type { Check, CheckContext, Claim } from '#src/analysis/verify/contract.ts';

/** All that a statement of a model must pass, in the order in which it is tried. */
export const CHECKS = {
  form: hasForm,
  cites: hasCites,
  ids: idsExist,
  links: noLinks,
  commands: noCommands,
  accusations: accusesNobody,
  changes: changesCame,
  quotes: quotesStand,
  textQuotes: textQuotesStand,
  values: valuesAgree,
  places: placesExist,
  figures: figuresAgree,
  times: timesAgree,
  names: namesKnown,
} satisfies Record<string, Check>;

export type Checks = Readonly<Record<keyof typeof CHECKS, Check>>;

/** @returns why the statement does not hold, or null where all of it does */
export function verifyClaim(claim: Claim, context: CheckContext, checks: Checks): string | null {
  for (const check of Object.values(checks)) {
    const problem = check(claim, context);
    if (problem !== null) return problem;
  }
  return null;
}
