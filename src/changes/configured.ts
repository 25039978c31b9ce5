import { roleOf } from '#src/changes/classify/role.ts';
import type { ChangesInput } from '#src/changes/contract.ts';
import { parseDiff, pathOf } from '#src/changes/diff.ts';
import type { Commit } from '#src/domain/bundle.ts';

/** Kinds of file that a service is set up with, wherever they are kept. */
const SETS_UP: ReadonlySet<string> = new Set([
  'config',
  'orchestration',
  'container',
  'proxy',
  'infra',
  'data',
]);
const MOST_LINES = 4000;

/** What is known of a service by which it can be seen to run. */
type Presence = Pick<ChangesInput, 'topology' | 'restarts'> &
  Partial<Pick<ChangesInput, 'healthy' | 'onsets'>>;

/** Services that run: they are measured, they call or are called, or they were seen to start. */
export function runningServices(input: Presence): ReadonlySet<string> {
  const running = new Set<string>([
    ...(input.healthy ?? []),
    ...(input.onsets ?? []).map(({ service }) => service),
    ...(input.restarts ?? []).map(({ service }) => service),
  ]);
  for (const { name, dependsOn } of input.topology) {
    if (dependsOn.length > 0) running.add(name);
    for (const other of dependsOn) running.add(other);
  }
  return running;
}

/** Whether all that a commit changes sets services up rather than being one. */
export function setsUpOnly(commit: Commit): boolean {
  const roles = pathsOf(commit).map(roleOf);
  return roles.some((role) => SETS_UP.has(role)) && !roles.includes('source');
}

/**
 * The services that a commit of a repository of settings is about, by the names of folders and
 * files (`apps/orders/values.yaml`, `prod/orders-deployment.yaml`) and, where these say nothing,
 * by the keys and names above the changed lines (`services:` … `orders:`).
 * @returns sorted; empty when it names none
 */
export function configuredBy(commit: Commit, services: readonly string[]): string[] {
  const named = new Set<string>();
  for (const path of pathsOf(commit)) {
    for (const name of namedIn(path.split('/'), services)) named.add(name);
  }
  if (named.size === 0) {
    for (const name of namedAbove(commit.diff ?? '', services)) named.add(name);
  }
  return [...named].sort();
}

function pathsOf(commit: Commit): string[] {
  if (commit.files.length > 0) return [...commit.files];
  return commit.diff === null ? [] : parseDiff(commit.diff).map(pathOf);
}

/** The services that parts of a path name; the nearest to the file decides. */
function namedIn(parts: readonly string[], services: readonly string[]): string[] {
  for (const part of [...parts].reverse()) {
    const found = namesIn(part.replace(/\.[a-z]{1,10}$/i, ''), services);
    if (found.length > 0) return found;
  }
  return [];
}

/** The services whose words stand together in a text; `orders-api` is not `orders` where both are. */
function namesIn(text: string, services: readonly string[]): string[] {
  const joined = `-${wordsOf(text).join('-')}-`;
  const found = services.filter((name) => {
    const words = wordsOf(name).join('-');
    return words !== '' && joined.includes(`-${words}-`);
  });
  return found.filter(
    (name) =>
      !found.some(
        (other) =>
          other !== name &&
          `-${wordsOf(other).join('-')}-`.includes(`-${wordsOf(name).join('-')}-`),
      ),
  );
}

function wordsOf(text: string): string[] {
  return text
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** Keys, sections and names that enclose changed lines, as far as the diff shows them. */
function namedAbove(diff: string, services: readonly string[]): string[] {
  const found = new Set<string>();
  let above: { indent: number; names: string[] }[] = [];
  for (const line of diff.split('\n', MOST_LINES)) {
    const section = /^@@ -[\d,]{1,20} \+[\d,]{1,20} @@ ?(.{0,200})/.exec(line)?.[1];
    if (section !== undefined) {
      above = [{ indent: -1, names: namesIn(keyOf(section), services) }];
      continue;
    }
    if (!/^[ +-]/.test(line) || /^(?:\+\+\+|---) /.test(line)) continue;
    const text = line.slice(1, 400);
    if (text.trim() === '') continue;
    const indent = text.length - text.trimStart().length;
    above = above.filter((one) => one.indent < indent);
    above.push({ indent, names: namesIn(keyOf(text), services) });
    if (line.startsWith(' ')) continue;
    const nearest = [...above].reverse().find(({ names }) => names.length > 0);
    for (const name of nearest?.names ?? []) found.add(name);
  }
  return [...found];
}

/** The key or the name that a line gives: `orders:`, `[orders]`, `name: orders`, `server orders {`. */
function keyOf(text: string): string {
  const given = /^\s*(?:- )?["']?(?:container_?)?name["']?\s*[:=]\s*["']?([\w.-]{1,100})/i.exec(
    text,
  );
  if (given) return given[1] ?? '';
  return /^\s*(?:- )?\[{0,2}["']?([\w. -]{1,100}?)["']?\]{0,2}\s*(?:[:={]|$)/.exec(text)?.[1] ?? '';
}
