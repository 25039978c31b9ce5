/** A line of blame in git's own sha. */
export type RawBlame = {
  line: number;
  sha: string;
  /** Committer time in unix seconds. */
  at: number;
  text: string;
  boundary: boolean;
};

/**
 * Reads `git blame --porcelain`: for each line a header `<sha> <line then> <line now> [<group>]`,
 * the commit's fields when it is first named, and the line itself behind a tab.
 */
export function parseBlame(output: string): RawBlame[] {
  const lines: RawBlame[] = [];
  const commits = new Map<string, { at: number; boundary: boolean }>();
  let sha = '';
  let line = 0;
  for (const text of output.split('\n')) {
    if (text.startsWith('\t')) {
      const commit = commits.get(sha);
      if (commit) lines.push({ line, sha, ...commit, text: text.slice(1).replace(/\r$/, '') });
      continue;
    }
    const header = /^([0-9a-f]{40}|[0-9a-f]{64}) \d+ (\d+)(?: \d+)?$/.exec(text);
    if (header) {
      sha = header[1] ?? '';
      line = Number(header[2]);
      if (!commits.has(sha)) commits.set(sha, { at: 0, boundary: false });
    } else if (text.startsWith('committer-time ')) {
      const commit = commits.get(sha);
      if (commit) commit.at = Number(text.slice(15)) || 0;
    } else if (text === 'boundary') {
      const commit = commits.get(sha);
      if (commit) commit.boundary = true;
    }
  }
  return lines;
}
