import type { RepositoryView } from '#src/domain/repository.ts';
import { matchesPattern } from '#src/fix/paths/pattern.ts';

/** Where GitHub looks for the file, in its order. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const MAX_LINES = 5000;
const MAX_REVIEWERS = 10;

/** Who looks at a change: the owners of its files, or those whom the registry names. */
export async function reviewersOf(
  view: RepositoryView,
  files: readonly string[],
  registered: readonly string[],
): Promise<string[]> {
  for (const place of PLACES) {
    const text = await view.readFile(place);
    if (text === null) continue;
    const owners = ownersOf(text, files);
    if (owners.length > 0) return owners.slice(0, MAX_REVIEWERS);
    break;
  }
  return [...new Set(registered.map(withoutAt))].slice(0, MAX_REVIEWERS);
}

/** The owners of files by the last line that matches each; addresses are no reviewers. */
export function ownersOf(codeowners: string, files: readonly string[]): string[] {
  const rules = codeowners
    .split('\n', MAX_LINES)
    .map((line) =>
      line
        .replace(/(?:^|\s)#.*$/, '')
        .trim()
        .split(/\s+/),
    )
    .filter(([pattern = '']) => pattern !== '' && !pattern.startsWith('['));
  const owners = new Set<string>();
  for (const file of files) {
    const rule = rules.findLast(([pattern = '']) => matchesPattern(pattern, file));
    for (const owner of rule?.slice(1) ?? [])
      if (owner.startsWith('@')) owners.add(withoutAt(owner));
  }
  return [...owners];
}

function withoutAt(name: string): string {
  return name.replace(/^@/, '');
}
