import { type OpenRepository, openRepository } from '#src/changes/repository.ts';
import type { Commit, Gap, RepositorySource } from '#src/domain/bundle.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime } from '#src/domain/time.ts';
import type {
  Collected,
  CollectRequest,
  EvidenceSource,
  SourceSettings,
} from '#src/evidence/contract.ts';
import { gapOf } from '#src/evidence/gap.ts';

/** Commits of one service at the most. */
const MOST_COMMITS = 60;

/** Recent commits of the services that have a repository, with their diffs. */
export function createGitSource(settings: SourceSettings['git']): EvidenceSource {
  return {
    id: 'git',
    async collect(request, signal): Promise<Collected> {
      const gaps: Gap[] = [];
      const commits: Commit[] = [];
      const repositories: RepositorySource[] = [];
      if (!request.target.repo_path) {
        gaps.push({
          source: 'git',
          why: `${request.target.name} has no repo_path`,
          hint: 'Add repo_path to its entry in the service registry.',
        });
      }
      for (const service of request.services) {
        if (!service.repo_path || signal.aborted) continue;
        try {
          commits.push(...(await commitsOf(service, service.repo_path, request, settings)));
          repositories.push({
            service: service.name,
            kind: 'worktree',
            dir: service.repo_path,
            ...(service.base_branch ? { baseBranch: service.base_branch } : {}),
          });
        } catch (error) {
          gaps.push(gapOf('git', error, service.name));
        }
      }
      return { changes: { commits }, repositories, gaps };
    },
  };
}

async function commitsOf(
  service: Service,
  dir: string,
  request: CollectRequest,
  settings: SourceSettings['git'],
): Promise<Commit[]> {
  const repository = await openRepository(dir, { head: service.base_branch });
  try {
    return await read(repository, service, request, settings);
  } finally {
    await repository.close();
  }
}

async function read(
  repository: OpenRepository,
  service: Service,
  request: CollectRequest,
  settings: SourceSettings['git'],
): Promise<Commit[]> {
  const logged = await repository.log({
    limit: MOST_COMMITS,
    since: formatTime(request.window.end - settings.changeDays * 86_400_000),
    until: formatTime(request.window.end),
  });
  const commits: Commit[] = [];
  for (const one of logged) {
    commits.push({
      sha: one.sha,
      author: one.author,
      timestamp: one.timestamp,
      message: one.message,
      files: one.files,
      diff: await repository.diff(one.sha),
      service: service.name,
    });
  }
  return commits;
}
