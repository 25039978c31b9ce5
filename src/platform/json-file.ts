import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InputError, messageOf } from '#src/domain/errors.ts';

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

function positionOf(text: string, message: string): string {
  const match = /position (\d+)/.exec(message);
  if (!match) return text.trim() === '' ? ' (empty)' : '';
  const before = text.slice(0, Number(match[1]));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return `:${line}:${column}`;
}

function reasonOf(message: string): string {
  return message
    .replace(/ in JSON at position.*$/s, '')
    .replace(/, "[\s\S]*$/, '')
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
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const more = parsed.error.issues.length - 1;
  throw new InputError(
    `${path ? `${path}: ` : ''}${issue?.message ?? 'has the wrong form'}${more > 0 ? ` (and ${more} more)` : ''}`,
    { where, cause: parsed.error },
  );
}
