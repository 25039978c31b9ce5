import { z } from 'zod';
import { SEVERITIES } from '#src/domain/alert.ts';

const count = (fallback: number, most: number) =>
  z.number().int().min(1).max(most).default(fallback);
const share = (fallback: number) => z.number().min(0).max(1).default(fallback);

/** What a change by a program must not touch; patterns as in CODEOWNERS. */
const FORBIDDEN_PATHS = [
  // What runs on other machines, and who may let changes in.
  ...['.github/', '.gitlab/', '.gitlab-ci.yml', '.circleci/', '.buildkite/', '.woodpecker/'],
  ...['.drone.yml', '.travis.yml', 'Jenkinsfile', 'azure-pipelines*.yml', 'CODEOWNERS'],
  ...['bitbucket-pipelines.yml', '.husky/', '.githooks/', '.pre-commit-config.yaml'],
  ...['.gitattributes', '.gitmodules'],
  // Locks.
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'bun.lockb', '*.lock'],
  ...['go.sum', 'go.work.sum', 'gradle.lockfile', 'packages.lock.json', 'Package.resolved'],
  ...['.terraform.lock.hcl', 'uv.lock'],
  // Secrets.
  ...['.env', '.env.*', '*.pem', '*.key', '*.p12', '*.pfx', '*.jks', '*.keystore', 'id_rsa*'],
  ...['id_ed25519*', '.npmrc', '.pypirc', '.netrc', 'secrets/', 'credentials*', '*.tfvars'],
  // Data that has been changed by them already.
  ...['migrations/', 'migrate/', 'alembic/', 'liquibase/', 'flyway/', '*.tfstate'],
  // What others make.
  ...['node_modules/', 'vendor/', 'third_party/', 'dist/', '__generated__/', 'generated/'],
  ...['*.pb.go', '*_pb2.py', '*_pb2_grpc.py', '*.pb.*', '*.generated.*', '*.g.dart', '*.min.js'],
];

/** Fixes: what is let through, how commands run, and what a pull request looks like. */
export const fixSchema = z
  .strictObject({
    switch: z.enum(['on', 'off']).default('on'),
    /** What a daemon proposes by itself: nothing, until rules name services or severities. */
    listen: z
      .strictObject({
        enabled: z.boolean().default(false),
        rules: z
          .array(
            z.strictObject({
              services: z.array(z.string()).min(1).optional(),
              severities: z.array(z.enum(SEVERITIES)).min(1).optional(),
            }),
          )
          .default([]),
        timeoutMinutes: z.number().positive().max(600).default(30),
      })
      .prefault({}),
    guards: z
      .strictObject({
        verdict: z.enum(['confirmed', 'likely']).default('confirmed'),
        confidence: share(0.8),
        showConfidence: share(0.5),
        proof: z.enum(['applies', 'parses', 'builds', 'tests', 'reproduced']).default('tests'),
        maxFiles: count(10, 1000),
        maxLines: count(300, 100_000),
        allowedPaths: z.array(z.string()).default([]),
        forbiddenPaths: z.array(z.string()).default(FORBIDDEN_PATHS),
        maxPullRequestsPerDay: z.number().int().min(0).max(1000).default(5),
        allowDirty: z.boolean().default(false),
        allowShallow: z.boolean().default(false),
      })
      .prefault({}),
    commands: z
      .strictObject({
        /** Of one command. */
        timeoutSeconds: count(600, 7200),
        maxOutputKilobytes: count(256, 65_536),
        memoryMegabytes: count(4096, 1_048_576),
        maxFileMegabytes: count(1024, 1_048_576),
        maxFiles: count(200_000, 5_000_000),
        maxMegabytes: count(2048, 1_048_576),
        network: z.enum(['none', 'allowed']).default('none'),
        environment: z.record(z.string().regex(/^[A-Za-z_]\w{0,80}$/), z.string()).default({}),
        lend: z
          .array(z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]{1,200}$/))
          .default(['node_modules', '.venv', 'venv']),
      })
      .prefault({}),
    pullRequest: z
      .strictObject({
        branchPrefix: z
          .string()
          .regex(/^[A-Za-z0-9][\w-]{0,40}\/$/, 'expected a name that ends with "/"')
          .default('incident/'),
        labels: z.array(z.string().min(1).max(50)).default(['incident']),
        author: z
          .strictObject({
            name: z.string().default('incident'),
            email: z.string().default('incident@users.noreply.github.com'),
          })
          .prefault({}),
        timeoutSeconds: count(30, 600),
        maxWaitSeconds: count(120, 3600),
      })
      .prefault({}),
  })
  .prefault({});
