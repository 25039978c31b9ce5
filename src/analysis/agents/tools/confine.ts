/** What tools may look at: services of the incident, files that the repository's history holds. */

/** @returns why a service is out of bounds, or null */
export function serviceProblem(service: string, known: ReadonlySet<string>): string | null {
  if (known.has(service)) return null;
  return `There is no service ${JSON.stringify(service.slice(0, 80))} in this incident. Services: ${[...known].sort().slice(0, 20).join(', ')}.`;
}

/**
 * @param files all paths of the revision that is read
 * @returns why a path is out of bounds, or null
 */
export function pathProblem(path: string, files: ReadonlySet<string>): string | null {
  if (files.has(path)) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const alike = [...files].filter((file) => file.endsWith(`/${name}`) || file === name).slice(0, 5);
  const hint = alike.length > 0 ? ` Did you mean ${alike.join(', ')}?` : '';
  return `The repository has no file ${JSON.stringify(path.slice(0, 200))}.${hint}`;
}

/** @returns why a revision is out of bounds, or null: only hashes, so that nothing passes for an option */
export function revisionProblem(revision: string): string | null {
  return /^[0-9a-f]{4,64}$/i.test(revision) ? null : 'A revision is given by its hash.';
}
