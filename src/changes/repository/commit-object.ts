import { formatTime } from '#src/domain/time.ts';

/** A commit as git stores it (gitformat: `tree`, `parent`, `author`, `committer`, headers, message). */
export type CommitObject = {
  sha: string;
  parents: string[];
  /** `Name <email>`. */
  author: string;
  /** Author time in unix seconds. */
  authoredAt: number;
  /** Committer time, RFC 3339. */
  timestamp: string;
  message: string;
};

/** Reads a commit object. Never throws: what is missing is empty, a broken time is the epoch. */
export function parseCommitObject(sha: string, data: Buffer): CommitObject {
  const end = data.indexOf('\n\n');
  const header = data.toString('utf8', 0, end < 0 ? data.length : end);
  const encoding = /^encoding ([\w.:-]{1,40})$/m.exec(header)?.[1];
  const parents: string[] = [];
  let author = '';
  let authoredAt = 0;
  let committedAt = 0;
  for (const line of header.split('\n')) {
    if (line.startsWith('parent ')) parents.push(line.slice(7));
    else if (line.startsWith('author ')) ({ who: author, at: authoredAt } = person(line.slice(7)));
    else if (line.startsWith('committer ')) committedAt = person(line.slice(10)).at;
  }
  const message = end < 0 ? '' : decode(data.subarray(end + 2), encoding);
  return { sha, parents, author, authoredAt, timestamp: formatTime(committedAt * 1000), message };
}

function person(text: string): { who: string; at: number } {
  const match = /^(.*>) ?(-?\d{1,12})(?: [+-]\d{1,6})?$/.exec(text);
  const at = Number(match?.[2] ?? 0);
  return { who: match?.[1] ?? text, at: Math.abs(at) < 8.64e12 ? at : 0 };
}

function decode(bytes: Buffer, encoding: string | undefined): string {
  if (encoding === undefined) return bytes.toString('utf8');
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // A label that nobody knows.
    return bytes.toString('utf8');
  }
}
