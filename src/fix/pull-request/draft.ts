import type { Patch } from '#src/fix/contract.ts';
import type { Draft, Target } from '#src/fix/hosts/contract.ts';
import type { FixInput } from '#src/fix/propose.ts';
import { bodyOf } from '#src/fix/pull-request/body.ts';
import { fixName } from '#src/fix/pull-request/names.ts';
import { reviewersOf } from '#src/fix/pull-request/reviewers.ts';
import type { Tried } from '#src/fix/tried.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';

/** Where a change goes. */
export function targetOf(
  { result, settings, service, now }: FixInput,
  { strategy }: Patch,
): Target {
  const { fingerprint, short } = fixName(result, strategy);
  const { branchPrefix } = settings.pullRequest;
  return {
    baseBranch: service.base_branch ?? null,
    branch: `${branchPrefix}${fingerprint}-${short}`,
    incidentPrefix: `${branchPrefix}${fingerprint}-`,
    ownPrefix: branchPrefix,
    now,
  };
}

/** Everything that a code host is given. Texts are free of secrets. */
export async function draftOf(
  input: FixInput,
  { view }: Workshop,
  { patch, proof, guards }: Tried,
  where: { why: string; base: Draft['base'] },
): Promise<Draft> {
  const { result, service, settings, redact } = input;
  const target = targetOf(input, patch);
  const marker = `incident-fix: ${target.branch.slice(target.ownPrefix.length)}`;
  const title = redact(patch.title);
  const { branch } = target;
  const { why, base } = where;
  const { incidentUrl } = input;
  const isReproduced = proof.level === 'reproduced';
  const named = { why, branch, marker, incidentUrl, isReproduced };
  const body = bodyOf({ result, service, patch, steps: proof.steps, guards, ...named });
  const reviewers = await reviewersOf(view, patch.files, service.reviewers ?? []);
  return {
    target,
    base,
    tree: patch.tree,
    changes: patch.changes,
    message: redact(messageOf(input, patch, marker)),
    author: settings.pullRequest.author,
    date: new Date(Date.parse(result.incident.detectedAt) || 0).toISOString(),
    title,
    body: redact(body),
    labels: settings.pullRequest.labels,
    reviewers,
  };
}

function messageOf({ result }: FixInput, patch: Patch, marker: string): string {
  const { incident, rootCause } = result;
  const isWhole = patch.title.startsWith('Revert "');
  const commit = isWhole ? rootCause?.commit : null;
  const reverts = commit ? [`This reverts commit ${commit}.`, ''] : [];
  return [
    patch.title,
    '',
    ...reverts,
    rootCause?.statement.slice(0, 1000) ?? '',
    '',
    `Incident: ${incident.id}`,
    `${marker[0]?.toUpperCase()}${marker.slice(1)}`,
    '',
  ].join('\n');
}
