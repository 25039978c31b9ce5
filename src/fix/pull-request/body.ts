import type { GuardResult, ProofStep } from '#src/domain/fix.ts';
import type { Result } from '#src/domain/result.ts';
import type { Service } from '#src/domain/service.ts';
import type { Patch } from '#src/fix/contract.ts';
import { skeletonOf } from '#src/fix/pull-request/skeleton.ts';
import { oneLine } from '#src/platform/sanitize.ts';

export type BodyInput = {
  result: Result;
  service: Service;
  patch: Patch;
  steps: readonly ProofStep[];
  guards: readonly GuardResult[];
  why: string;
  branch: string;
  marker: string;
  /** True when a test was red before and is green after. */
  isReproduced: boolean;
  /** Page of the incident, from the configuration. */
  incidentUrl: string | null;
};

const MOST_CITES = 8;
const MAX_BODY = 60_000;

/** What a reviewer reads: cause, evidence, proof, risk, how to undo. Markdown, inert. */
export function bodyOf(input: BodyInput): string {
  const { result, patch, steps, why, branch, marker } = input;
  const { incident, rootCause, evidence } = result;
  const cited = (rootCause?.cites ?? []).slice(0, MOST_CITES).flatMap(({ id, quote }) => {
    const found = evidence.find((one) => one.id === id);
    if (!found) return [];
    const words = quote === undefined ? '' : `: ${code(quote)}`;
    return [`- **${plain(id)}** ${plain(found.summary)}${words}`];
  });
  const percent = Math.floor((rootCause?.confidence ?? 0) * 100);
  const text = [
    `<!-- ${marker} -->`,
    'This is a proposal by a program. It was proven as below; whether it is right is for you to decide.',
    '',
    '## Cause',
    '',
    plain(rootCause?.statement ?? ''),
    '',
    `Verdict: ${rootCause?.verdict} (${percent} %), ${rootCause?.category}. Incident ${code(incident.id)}, detected ${plain(incident.detectedAt)}: ${plain(incident.title)}`,
    '',
    '## Evidence',
    '',
    ...(cited.length > 0 ? cited : ['- none was cited']),
    '',
    '## What this changes',
    '',
    `${plain(patch.why)} ${plain(why)}`,
    '',
    '## Proof',
    '',
    '| step | | before | after |',
    '|---|---|---|---|',
    ...steps.map(
      ({ step, ok, before, after }) =>
        `| ${step} | ${ok ? '✓' : '–'} | ${cell(before)} | ${cell(after)} |`,
    ),
    '',
    ...commandLines(input.service),
    ...testToWrite(input),
    '## Risk',
    '',
    plain(patch.risk) || 'None is known.',
    '',
    '## How to undo',
    '',
    `Close this draft and delete the branch ${code(branch)}. Once merged: ${code('git revert <the merge commit>')}.`,
    '',
    `More: ${code(`incident show ${incident.id}`)}${input.incidentUrl === null ? '' : `, <${input.incidentUrl}>`}`,
    '',
  ].join('\n');
  return text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}\n…\n` : text;
}

/** Where no test has turned from red to green: the beginning of one that would. */
function testToWrite({ result, isReproduced }: BodyInput): string[] {
  const skeleton = isReproduced ? null : skeletonOf(result);
  if (skeleton === null) return [];
  const text = skeleton.text.replace(/`/g, "'");
  return ['A test that would have caught it:', '', `\`\`\`${skeleton.language}`, text, '```', ''];
}

function commandLines({ build_command, test_command }: Service): string[] {
  const rows = [
    ['build', build_command],
    ['test', test_command],
  ].flatMap(([name, command]) => (command === undefined ? [] : [`- ${name}: ${code(command)}`]));
  return rows.length > 0 ? ['Commands (from the service registry):', '', ...rows, ''] : [];
}

/** Text from outside as Markdown that shows it and does nothing: no mentions, links, or markup. */
export function plain(text: string): string {
  return oneLine(text)
    .slice(0, 3000)
    .replace(/[\\`*_{}[\]()<>|~!]/g, '\\$&')
    .replace(/@/g, '&#64;')
    .replace(/#/g, '&#35;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, 'www&#46;');
}

function code(text: string): string {
  const inner = oneLine(text).slice(0, 600);
  const longest = Math.max(0, ...Array.from(inner.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return inner === '' ? '' : `${fence} ${inner} ${fence}`;
}

function cell(text: string | null): string {
  return text === null ? '' : plain(text);
}
