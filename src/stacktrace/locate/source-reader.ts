import type { RepositoryView } from '#src/domain/repository.ts';

/** Reads files of a repository, each once; the number of files is bounded. */
export type SourceReader = {
  text(file: string, revision: string): Promise<string | null>;
  lines(file: string, revision: string): Promise<readonly string[]>;
};

const MAX_FILES = 200;

export function sourceReader(repo: RepositoryView): SourceReader {
  const known = new Map<string, Promise<string | null>>();
  const split = new Map<string, readonly string[]>();
  const text = (file: string, revision: string): Promise<string | null> => {
    const key = `${revision}\u0000${file}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MAX_FILES) return Promise.resolve(null);
    const read = repo.readFile(file, revision);
    known.set(key, read);
    return read;
  };
  return {
    text,
    lines: async (file, revision) => {
      const key = `${revision}\u0000${file}`;
      const done = split.get(key);
      if (done) return done;
      const lines = ((await text(file, revision)) ?? '').split('\n');
      split.set(key, lines);
      return lines;
    },
  };
}
