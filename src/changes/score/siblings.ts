import type { Factor } from '#src/changes/contract.ts';
import { isSameName } from '#src/changes/ownership.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Suspect } from '#src/changes/score/suspect.ts';

const FIRST = 1.6;
const EACH_MORE = 0.9;
const MOST = 3;

/**
 * Services that got the same change and stayed well speak against it: Mill's method of difference,
 * as canary analysis uses it (SRE workbook, ch. 16).
 */
export function judgeSiblings(suspect: Suspect, facts: CaseFacts): Factor[] {
  const { earliest } = facts;
  if (!earliest || facts.harmed.size === 0) return [];
  const well = new Set<string>();
  for (const span of suspect.spans) {
    const { service } = span;
    if (service === null || !facts.healthy.has(service) || span.basis === 'commit') continue;
    const isTooLate = span.from > earliest.at;
    const runsInHarmed = suspect.spans.some(
      (other) => other.service !== null && facts.harmed.has(other.service),
    );
    if (!isTooLate && runsInHarmed && !isSameName(service, earliest.service)) well.add(service);
  }
  if (well.size === 0) return [];
  const names = [...well].sort();
  return [
    {
      id: 'siblings',
      weight: -Math.min(MOST, FIRST + EACH_MORE * (names.length - 1)),
      text: `${names.join(', ')} got it as well and stayed well`,
      cites: names.map((name) => ({ kind: 'topology', id: name })),
    },
  ];
}
