import { boundDiff } from '#src/changes/bound-diff.ts';
import { parseBlame } from '#src/changes/repository/blame-porcelain.ts';
import { type GitHistory, loggedCommit } from '#src/changes/repository/history.ts';
import type { RepositoryLimits } from '#src/changes/repository/limits.ts';
import { createMemory } from '#src/changes/repository/memory.ts';
import type { ShaNames } from '#src/changes/repository/sha-names.ts';
import type { BlameLine, LoggedCommit, RepositoryView, SearchHit } from '#src/domain/repository.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import { compareText } from '#src/platform/compare.ts';

const REGULAR = /^100/;

/** The view of a repository over git: outer shas, redacted texts, bounded answers, remembered for a while. */
export function gitView(parts: {
  history: GitHistory;
  head: string;
  names: ShaNames;
  limits: RepositoryLimits;
  redact: (text: string) => string;
}): RepositoryView {
  const { history, head, names, limits, redact } = parts;
  const remember = createMemory(512);

  const innerOf = async (revision: string | undefined): Promise<string | null> =>
    revision === undefined
      ? head
      : remember(['resolve', revision], () => history.commitOf(revision, names));

  const listFiles = async (revision?: string): Promise<string[]> => {
    const commit = await innerOf(revision);
    if (!commit) return [];
    const files = await remember(['files', commit], async () =>
      (await history.tree(commit))
        .filter(({ mode }) => REGULAR.test(mode))
        .map(({ path }) => path)
        .sort(compareText),
    );
    return [...files];
  };

  const readFile = async (file: string, revision?: string): Promise<string | null> => {
    const commit = await innerOf(revision);
    if (!commit || !isTreePath(file)) return null;
    return remember(['read', commit, file], async () => {
      const entry = (await history.tree(commit, file)).find(({ path }) => path === file);
      if (!entry || !REGULAR.test(entry.mode) || entry.size > limits.maxFileBytes) return null;
      const bytes = await history.blob(entry.oid);
      return bytes.includes(0) ? null : redact(bytes.toString('utf8'));
    });
  };

  const blame = async (
    file: string,
    from: number,
    to: number,
    revision?: string,
  ): Promise<BlameLine[]> => {
    const commit = await innerOf(revision);
    const text = commit ? await readFile(file, revision) : null;
    if (!commit || text === null) return [];
    const count = text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
    const first = Math.max(1, Math.trunc(from));
    const last = Math.min(count, Math.trunc(to));
    if (!(first <= last)) return [];
    return remember(['blame', commit, file, `${first},${last}`], async () => {
      const answer = await history.blame(commit, file, first, last);
      return parseBlame(answer.stdout.toString('utf8')).map((line) => ({
        line: line.line,
        sha: names.outer(line.sha),
        timestamp: formatTime(line.at * 1000),
        text: redact(line.text),
        boundary: line.boundary,
      }));
    });
  };

  const log: RepositoryView['log'] = async (options = {}) => {
    const since = unixSeconds(options.since, Math.ceil);
    const until = unixSeconds(options.until, Math.floor);
    const shas = await history.revisions(head, {
      limit: Math.max(0, Math.min(options.limit ?? limits.maxCommits, limits.maxCommits)),
      ...(since === null ? {} : { since }),
      ...(until === null ? {} : { until }),
      ...(options.paths ? { paths: options.paths.filter(isTreePath) } : {}),
    });
    if (options.paths && !options.paths.some(isTreePath)) return [];
    const commits = await history.commits(shas);
    const files = await history.changedFiles(commits);
    return commits.map((commit): LoggedCommit => {
      const logged = loggedCommit(commit, files.get(commit.sha) ?? []);
      return {
        ...logged,
        sha: names.outer(commit.sha),
        parents: commit.parents.map((parent) => names.outer(parent)),
        author: redact(commit.author),
        message: redact(commit.message),
      };
    });
  };

  const diff = async (sha: string): Promise<string | null> => {
    const inner = await innerOf(sha);
    if (!inner) return null;
    return remember(['diff', inner], async () => {
      const [commit] = await history.commits([inner]);
      const bytes = commit ? await history.diff(commit) : null;
      if (!bytes) return null;
      return redact(
        boundDiff(bytes.toString('utf8'), limits.maxFileDiffChars, limits.maxDiffChars),
      );
    });
  };

  const search = async (text: string, revision?: string): Promise<SearchHit[]> => {
    const commit = await innerOf(revision);
    if (!commit || text === '' || /[\n\0]/.test(text)) return [];
    return remember(['search', commit, text], async () => {
      const output = (await history.grep(commit, text)).toString('utf8');
      return parseGrep(output, commit, limits.maxHits)
        .map((hit) => ({ ...hit, text: redact(hit.text).slice(0, limits.maxHitChars) }))
        .sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
    });
  };

  return {
    head: names.outer(head),
    listFiles,
    readFile,
    blame,
    log,
    diff,
    search,
    resolve: async (revision) => {
      const inner = await innerOf(revision);
      return inner ? names.outer(inner) : null;
    },
  };
}

/** A path as trees have them: relative, no empty or dotted parts. */
function isTreePath(path: string): boolean {
  return (
    path !== '' &&
    !path.includes('\0') &&
    !path.split('/').some((part) => part === '' || part === '.' || part === '..')
  );
}

function unixSeconds(time: string | undefined, round: (value: number) => number): number | null {
  const millis = time === undefined ? null : parseTime(time);
  return millis === null ? null : Math.max(0, round(millis / 1000));
}

/** Reads `git grep -z -n`: `<revision>:<path>\0<line>\0<text>\n`. A path may hold a newline. */
function parseGrep(output: string, commit: string, most: number): SearchHit[] {
  const hits: SearchHit[] = [];
  let at = 0;
  while (at < output.length && hits.length < most) {
    const pathEnd = output.indexOf('\0', at);
    const lineEnd = pathEnd < 0 ? -1 : output.indexOf('\0', pathEnd + 1);
    if (lineEnd < 0) break;
    const newline = output.indexOf('\n', lineEnd + 1);
    const end = newline < 0 ? output.length : newline;
    const named = output.slice(at, pathEnd);
    hits.push({
      file: named.startsWith(`${commit}:`) ? named.slice(commit.length + 1) : named,
      line: Number(output.slice(pathEnd + 1, lineEnd)) || 0,
      text: output.slice(lineEnd + 1, end).replace(/\r$/, ''),
    });
    at = end + 1;
  }
  return hits;
}
