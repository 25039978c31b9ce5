import { copyFile, rm } from 'node:fs/promises';
import { exportRepository } from '#src/changes/repository/export.ts';
import { importFastExport } from '#src/changes/repository/import.ts';
import { type OpenRepository, openRepository } from '#src/changes/repository.ts';
import type { Bundle, RepositorySource } from '#src/domain/bundle.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { RepositoryView } from '#src/domain/repository.ts';
import type { Logger } from '#src/platform/logger.ts';
import type { Redactor } from '#src/platform/redact/redactor.ts';

/** Commits of a repository that an analysis may look at, and that a recording holds. */
const MOST_COMMITS = 400;

/** The repositories of one run: opened when first asked for, closed together. */
export type Repositories = {
  open(bundle: Bundle, service: string, redactor: Redactor): Promise<RepositoryView | null>;
  export(bundle: Bundle, service: string, file: string, redactor: Redactor): Promise<void>;
  close(): Promise<void>;
};

export function openRepositories(logger: Logger): Repositories {
  const opened = new Map<string, Promise<OpenRepository | null>>();
  const keyOf = (source: RepositorySource): string =>
    source.kind === 'worktree' ? source.dir : source.file;
  return {
    open: (bundle, service, redactor) => {
      const source = sourceOf(bundle, service);
      if (!source) return Promise.resolve(null);
      const key = keyOf(source);
      let repository = opened.get(key);
      if (!repository) {
        repository = openSource(source, bundle, redactor).catch((error) => {
          logger.warn('repository cannot be read', { service, error: messageOf(error) });
          return null;
        });
        opened.set(key, repository);
      }
      return repository;
    },
    export: async (bundle, service, file, redactor) => {
      const source = sourceOf(bundle, service);
      if (!source) return;
      try {
        if (source.kind === 'fast-export') {
          await copyFile(source.file, file);
          return;
        }
        await exportRepository(source.dir, {
          out: file,
          maxCommits: MOST_COMMITS,
          head: source.baseBranch,
          redact: redactor.redact,
        });
      } catch (error) {
        // A recording without this history is still a recording.
        await rm(file, { force: true });
        logger.warn('repository was not recorded', { service, error: messageOf(error) });
      }
    },
    close: async () => {
      const all = await Promise.all(opened.values());
      opened.clear();
      await Promise.all(all.map((repository) => repository?.close()));
    },
  };
}

function openSource(
  source: RepositorySource,
  bundle: Bundle,
  redactor: Redactor,
): Promise<OpenRepository> {
  const options = {
    redact: redactor.redact,
    commits: bundle.changes.commits,
    limits: { maxCommits: MOST_COMMITS },
  };
  return source.kind === 'worktree'
    ? openRepository(source.dir, { ...options, head: source.baseBranch })
    : importFastExport(source.file, options);
}

/** The repository of a service: under its own name, or the only one there is. */
function sourceOf(bundle: Bundle, service: string): RepositorySource | undefined {
  return bundle.repositories.find((source) => source.service === service);
}
