import type { Team } from '#src/analysis/agents/contract.ts';
import type { RepositoryView } from '#src/domain/repository.ts';

/** What an analysis may use beside the bundle. */
export type AnalysisTools = {
  /** The history of a service's repository; null where there is none or it cannot be read. */
  openRepository(service: string): Promise<RepositoryView | null>;
};

export type AnalysisOptions = AnalysisTools & {
  depth: 'triage' | 'investigate';
  /** The service that was asked for, if one was. */
  service: string | undefined;
  /** Models that may speak to the answer; without them it is the rules' alone. */
  team?: Team | undefined;
  signal?: AbortSignal | undefined;
};
