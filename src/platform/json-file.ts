import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InputError, messageOf } from '#src/domain/errors.ts';

/** Longer texts are not searched for the place where they break. Characters. */
const LONGEST_SEARCHED = 4_000_000;

/**
 * Parses JSON text. @throws InputError with line and column of the first mistake
 * @param where the file or input that is named in the error
 */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (error) {
    throw new InputError('is not valid JSON', {
      where: `${where}${positionOf(text, messageOf(error))}`,
      hint: `${reasonOf(messageOf(error))}.`,
      cause: error,
    });
  }
}

/** V8 does not always say where: then the shortest head that cannot be continued is looked for. */
function positionOf(text: string, message: string): string {
  const match = /position (\d+)/.exec(message);
  const at = match ? Number(match[1]) : breakingPoint(text);
  if (at === null) return text.trim() === '' ? ' (empty)' : '';
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return `:${line}:${column}`;
}

/** By bisection: the length of the longest head whose only fault is that it ends there. */
function breakingPoint(text: string): number | null {
  if (text.trim() === '' || text.length > LONGEST_SEARCHED) return null;
  const isOnlyCut = (length: number): boolean => {
    try {
      JSON.parse(text.slice(0, length));
      return true;
    } catch (error) {
      const message = messageOf(error);
      return message.includes('end of JSON') || message.includes(`at position ${length} `);
    }
  };
  let good = 0;
  let bad = text.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isOnlyCut(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function reasonOf(message: string): string {
  return message
    .replace(/ in JSON at position.*$/s, '')
    .replace(/, "[\s\S]*$/, '')
    .replace(/, \.\.\."[\s\S]*$/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 80);
}

/** Reads and parses a JSON file. @throws InputError when it cannot be read or parsed */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`cannot be read (${reasonOfFs(error)})`, { where: path, cause: error });
  }
  return parseJson(text, path);
}

/** A short reason for a failed file operation. */
export function reasonOfFs(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const words: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EISDIR: 'is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    EMFILE: 'too many open files',
    ENOSPC: 'no space left on the disk',
    ELOOP: 'too many symbolic links',
  };
  return (code && words[code]) ?? code ?? messageOf(error);
}

/**
 * Checks a value against a schema. @throws InputError that names the first wrong key and what was expected
 */
export function checkSchema<T extends z.ZodType>(
  schema: T,
  value: unknown,
  where: string,
  options: { isOnce?: boolean } = {},
): z.output<T> {
  // Code that is made for a schema pays off from the second value on.
  const parsed = schema.safeParse(value, { jitless: options.isOnce === true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const more = parsed.error.issues.length - 1;
  throw new InputError(
    `${path ? `${path}: ` : ''}${issue ? messageOfIssue(issue) : 'has the wrong form'}${more > 0 ? ` (and ${more} more)` : ''}`,
    { where, cause: parsed.error },
  );
}

/** What is wrong, in zod's words; of a choice between types, what each of them would have been. */
function messageOfIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const expected = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) =>
      inner.path.length === 0 && 'expected' in inner ? [String(inner.expected)] : [],
    ),
  );
  return expected.length > 0 ? `expected ${[...new Set(expected)].join(' or ')}` : issue.message;
}
