import type { CollectRequest } from '#src/evidence/contract.ts';

/** Where a runbook is said to be. What an alert says is outside input; the registry is ours. */
export type RunbookReference = {
  kind: 'page' | 'file';
  where: string;
  isTrusted: boolean;
};

const LONGEST = 2000;

/** What the registry and the alerts name, the registry first, each place once. */
export function referencesOf({ target, alerts }: CollectRequest): RunbookReference[] {
  const ours = target.runbook === undefined ? [] : [{ where: target.runbook, isTrusted: true }];
  const theirs = alerts.flatMap(({ annotations }) =>
    [annotations.runbook_url, annotations.runbook].flatMap((where) =>
      where === undefined || where.trim() === '' || where.length > LONGEST
        ? []
        : [{ where: where.trim(), isTrusted: false }],
    ),
  );
  const seen = new Set<string>();
  return [...ours, ...theirs].flatMap((one) => {
    if (seen.has(one.where)) return [];
    seen.add(one.where);
    return [
      { ...one, kind: /^https?:\/\//i.test(one.where) ? ('page' as const) : ('file' as const) },
    ];
  });
}
