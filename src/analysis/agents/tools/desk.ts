import type { Drafted } from '#src/analysis/agents/contract.ts';
import type { Guards } from '#src/analysis/agents/guards.ts';
import type { Draft } from '#src/analysis/evidence/ledger.ts';
import { knownServices } from '#src/analysis/facts/subject.ts';
import type { RepositoryView } from '#src/domain/repository.ts';

/** Characters of one result of a tool. */
const MOST_RESULT = 6000;

/** What the tools of one agent work with. */
export type ToolDesk = {
  drafted: Drafted;
  guards: Guards;
  services: ReadonlySet<string>;
  /** Puts what was found into the ledger. @returns its id, by which it can be cited */
  keep(draft: Draft): string;
  /** The history of a service. @throws Error that says which services have one */
  repository(service: string): Promise<RepositoryView>;
  /** A path of a revision. @throws Error when the repository has no such file there */
  checkPath(repository: RepositoryView, path: string, revision: string): Promise<void>;
  /** @throws Error when the service does not belong to the incident */
  checkService(service: string): void;
  /** Outside text as a result: inert, fenced, bounded. */
  show(text: string): string;
  /** Runs work one after the other, so that ids do not depend on which is done first. */
  inTurn<T>(work: () => Promise<T> | T): Promise<T>;
};

export function createToolDesk(drafted: Drafted, guards: Guards): ToolDesk {
  const services = knownServices(drafted.facts.bundle);
  const repositories = drafted.findings?.known.repositories ?? new Map<string, RepositoryView>();
  const files = new Map<string, Promise<ReadonlySet<string>>>();
  let last: Promise<unknown> = Promise.resolve();
  const checkService = (service: string): void => {
    const problem = guards.servicesOf(service, services);
    if (problem !== null) throw new Error(problem);
  };
  return {
    drafted,
    guards,
    services,
    keep: (draft) => {
      const ref = drafted.ledger.add(draft);
      drafted.ledger.number();
      return drafted.ledger.idOf(ref);
    },
    repository: async (service) => {
      checkService(service);
      const found = repositories.get(service) ?? only(repositories);
      if (found) return found;
      const known = [...repositories.keys()].sort().join(', ');
      throw new Error(`There is no repository of ${service}. Repositories: ${known || 'none'}.`);
    },
    checkPath: async (repository, path, revision) => {
      const key = `${repository.head}\0${revision}`;
      let listed = files.get(key);
      if (!listed) {
        listed = repository.listFiles(revision).then((all) => new Set(all));
        files.set(key, listed);
      }
      const problem = guards.paths(path, await listed);
      if (problem !== null) throw new Error(problem);
    },
    checkService,
    show: (text) => guards.fence(guards.bound(guards.clean(text), MOST_RESULT)),
    inTurn: (work) => {
      const next = last.then(work);
      last = next.catch(() => {});
      return next;
    },
  };
}

/** Where there is one history alone, it is meant. */
function only(repositories: ReadonlyMap<string, RepositoryView>): RepositoryView | undefined {
  return repositories.size === 1 ? [...repositories.values()][0] : undefined;
}
