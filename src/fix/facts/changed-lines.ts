import type { RepositoryView } from '#src/domain/repository.ts';
import type { Result } from '#src/domain/result.ts';

/** Source evidence looked at, at the most. */
const MOST_SOURCES = 40;

/**
 * The source lines under the cause that stand differently at the base branch by now, as
 * `file:line`: all that the cause cites, and all that was seen of the files that the patch touches.
 */
export async function changedLines(
  { evidence, rootCause }: Result,
  view: RepositoryView,
  files: readonly string[],
): Promise<string[]> {
  const cited = new Set((rootCause?.cites ?? []).map(({ id }) => id));
  const changed: string[] = [];
  let looked = 0;
  for (const { id, service, data } of evidence) {
    if (data.type !== 'source' || looked >= MOST_SOURCES) continue;
    const isOfTheCause = cited.has(id) && service === rootCause?.service;
    if (!isOfTheCause && !files.includes(data.file)) continue;
    looked++;
    const now = (await view.readFile(data.file))?.split('\n') ?? [];
    const at = data.lines.findIndex((line, index) => {
      return line.trimEnd() !== (now[data.startLine - 1 + index] ?? '').trimEnd();
    });
    if (at >= 0) changed.push(`${data.file}:${data.startLine + at}`);
  }
  return changed;
}
