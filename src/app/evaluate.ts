import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectedSchema } from '#src/analysis/evaluation/expected.ts';
import { type Grade, grade } from '#src/analysis/evaluation/grade.ts';
import { type EvaluationSummary, summarize } from '#src/analysis/evaluation/summary.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Result } from '#src/domain/result.ts';
import { compareText } from '#src/platform/compare.ts';
import { checkSchema, readJsonFile, reasonOfFs } from '#src/platform/json-file.ts';
import type { RespondRequest } from '#src/respond.ts';

export type EvaluateOptions = {
  only: string | undefined;
  signal: AbortSignal;
  onBundle(name: string): void;
};

export type Evaluation = { grades: Grade[]; summary: EvaluationSummary; seconds: number };

/**
 * Investigates every bundle of a folder that has an `expected.json`, and grades the answers.
 * @throws InputError when the folder cannot be read or holds no such bundle
 */
export async function evaluate(
  folder: string,
  options: EvaluateOptions,
  respond: (request: RespondRequest) => Promise<Result>,
): Promise<Evaluation> {
  const started = performance.now();
  const names = bundleNames(folder).filter((name) => !options.only || name.includes(options.only));
  if (names.length === 0) {
    throw new InputError('holds no bundle with an expected.json', { where: folder });
  }
  const grades: Grade[] = [];
  for (const name of names) {
    options.signal.throwIfAborted();
    options.onBundle(name);
    const dir = join(folder, name);
    const file = join(dir, 'expected.json');
    const expected = checkSchema(expectedSchema, readJsonFile(file), file);
    const result = await respond({ depth: 'investigate', bundleDir: dir, signal: options.signal });
    grades.push(grade(name, result, expected));
  }
  return { grades, summary: summarize(grades), seconds: (performance.now() - started) / 1000 };
}

function bundleNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => existsSync(join(folder, name, 'expected.json')))
      .filter((name) => existsSync(join(folder, name, 'bundle.json')))
      .sort(compareText);
  } catch (error) {
    throw new InputError(`cannot be read (${reasonOfFs(error)})`, { where: folder, cause: error });
  }
}
