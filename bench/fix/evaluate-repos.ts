import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { importFastExport } from '#src/changes/repository/import.ts';
import { configSchema } from '#src/config/schema.ts';
import type { FixProposal } from '#src/domain/fix.ts';
import type { Result, RootCause } from '#src/domain/result.ts';
import type { Service } from '#src/domain/service.ts';
import { proposeFix } from '#src/fix/propose.ts';
import { openRoom } from '#src/fix/sandbox/room.ts';
import { openWorkshop } from '#src/fix/workshop/workshop.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';

/** A repository of `fixtures/repos` with the cause that leads there and what must come of it. */
export type RepoCase = {
  name: string;
  story: string;
  language: string;
  /** Programs that its commands need. */
  needs: string[];
  service: Service;
  cause: Pick<RootCause, 'category' | 'commit' | 'location'>;
  detectedAt: string;
  expected:
    | { decision: 'open-pr'; diff: string[] }
    | { decision: 'show-only'; guard: string }
    | { decision: 'none'; why: string };
};

export type RepoOutcome = { fix: FixProposal; wrong: string | null; seconds: number };

export const REPOS = join(import.meta.dirname, '../../fixtures/repos');

/** Every case, by name. */
export function repoCases(): RepoCase[] {
  return readdirSync(REPOS)
    .filter((name) => existsSync(join(REPOS, name, 'case.json')))
    .sort()
    .map((name) => ({
      ...(JSON.parse(readFileSync(join(REPOS, name, 'case.json'), 'utf8')) as RepoCase),
      name,
    }));
}

/** Programs of a case that are not on this machine. */
export function missingPrograms({ needs }: RepoCase): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return needs.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
}

/** Lets `incident fix` work on a case, without a model and with the default settings. */
export async function runCase(one: RepoCase): Promise<RepoOutcome> {
  const started = performance.now();
  const { fix: settings } = configSchema.parse({});
  const repository = await importFastExport(join(REPOS, one.name, 'repo.fast-export'));
  try {
    const fix = await proposeFix({
      result: resultOf(one),
      service: one.service,
      strategy: 'auto',
      goal: 'show',
      settings,
      repository,
      openWorkshop: (opened) => openWorkshop(opened),
      openRoom: () =>
        openRoom({
          settings: settings.commands,
          searchPath: process.env.PATH ?? '',
          person: '/nonexistent',
          serviceDir: null,
        }),
      serviceDir: null,
      host: null,
      assistant: null,
      incidentUrl: null,
      redact: createRedactor({ enabled: true, addresses: false, patterns: {} }).redact,
      now: Date.parse(one.detectedAt),
    });
    return { fix, wrong: wrongOf(one, fix), seconds: (performance.now() - started) / 1000 };
  } finally {
    await repository.close();
  }
}

/** What is not as it must be, or null. A change that must not be is the worst. */
function wrongOf({ expected }: RepoCase, fix: FixProposal): string | null {
  if (fix.decision !== expected.decision) {
    const guards = fix.guards.filter(({ ok }) => !ok).map(({ id, message }) => `${id} ${message}`);
    return `${fix.decision} instead of ${expected.decision}: ${fix.why} ${guards.join('; ')}`;
  }
  if (expected.decision === 'none') {
    return fix.why.includes(expected.why) ? null : `another reason: ${fix.why}`;
  }
  const refusing = fix.guards.filter(({ ok }) => !ok).map(({ id }) => id);
  if (expected.decision === 'show-only') {
    return refusing.join() === expected.guard ? null : `refused by ${refusing.join(', ')}`;
  }
  const lines = (fix.diff ?? '').split('\n');
  const missing = expected.diff.filter((line) => !lines.includes(line));
  if (missing.length > 0) return `the diff lacks ${JSON.stringify(missing[0])}`;
  const tests = fix.proof.find(({ step }) => step === 'tests');
  const isTurned = tests?.ok === true && tests.before?.startsWith('fails') === true;
  return isTurned ? null : 'the tests did not turn from red to green';
}

function resultOf({ name, service, cause, detectedAt }: RepoCase): Result {
  const none = { cites: [] };
  return {
    schema: 'incident-result/v1',
    incident: {
      ...{ id: `inc-${name}`, title: name, status: 'investigating', severity: 'high' },
      ...{ service: service.name, alerts: [], detectedAt, acknowledgedAt: null, timeline: [] },
    },
    triage: {
      ...{ service: service.name, condition: 'failing', severity: 'high', summary: name },
      ...{ errorType: 'service_error', tags: [], indicators: [], onsetAt: null },
      ...{ firstFailingService: null, blastRadius: [], nextChecks: [], ...none },
    },
    investigation: null,
    rootCause: {
      ...{ verdict: 'confirmed', confidence: 0.9, statement: name, service: service.name },
      ...{ remediation: 'rollback', nextSteps: [], nextQuery: null, alternatives: [] },
      ...{ acquitted: [], ...none, ...cause },
    },
    fix: null,
    evidence: [],
    gaps: [],
    model: null,
    timings: { collectMs: 0, analyseMs: 0, modelMs: 0, totalMs: 0 },
  };
}
