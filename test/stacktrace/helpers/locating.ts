import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { readStackTraces, type TraceReading } from '#src/stacktrace/extract.ts';
import { type Located, type LocateOptions, locate } from '#src/stacktrace/locate.ts';
import { type CommitToMake, gitRepository, type TestRepository } from './repository.ts';

/** A repository that is removed when the test ends. */
export async function repositoryOf(commits: readonly CommitToMake[]): Promise<TestRepository> {
  const repository = await gitRepository(commits);
  onTestFinished(() => repository.close());
  return repository;
}

/** The traces of a log that was written at one time. */
export async function readAt(at: string | null, text: string): Promise<TraceReading> {
  const time = at === null ? null : Date.parse(at);
  return readStackTraces(
    text.split('\n').map((line) => ({ text: line, at: time, service: 'shop' })),
  );
}

export async function locateIn(
  repository: TestRepository,
  reading: TraceReading,
  options: LocateOptions = {},
): Promise<Located> {
  return locate(reading.traces, repository.view, { details: reading.details, ...options });
}

/** A file of fixtures/stacktraces. */
export const fixture = (file: string): string =>
  readFileSync(new URL(`../../../fixtures/stacktraces/${file}`, import.meta.url), 'utf8');

/** A file of a service, and a trace of it with the culprit on a line. */
export const PYTHON = `"""Readings of sensors."""


def mean(values):
    total = sum(values)
    return total / len(values)


def report(sensor):
    values = [value for value in sensor["values"]]
    return f"{sensor['name']}: {mean(values)}"
`;

export const PYTHON_TRACE = (line: number): string => `Traceback (most recent call last):
  File "/usr/src/app/sensors/stats.py", line ${line + 5}, in report
    return f"{sensor['name']}: {mean(values)}"
  File "/usr/src/app/sensors/stats.py", line ${line}, in mean
    return total / len(values)
ZeroDivisionError: division by zero`;
