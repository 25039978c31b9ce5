import type { FileChange } from '#src/changes/classify/change-view.ts';
import { type Concept, conceptOf } from '#src/changes/classify/concepts.ts';
import { type Detector, type Finding, findingOf } from '#src/changes/classify/finding.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { codeOf, type SideLine } from '#src/changes/classify/side.ts';
import type { KeyChange } from '#src/changes/classify/value-change.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

/** How code asks for a setting by name, with the strings of a line kept and blanks between tokens. */
const READS: readonly RegExp[] = [
  /\b(?:process|import \. meta) ?\. ?env ?(?:\?\. ?|\. ?)([A-Z_a-z]\w{1,80})/g,
  /\b(?:environ|ENV|env|Configuration|config|settings|conf|cfg|options|props|_ENV|\$_ENV|\$_SERVER) ?\[ ?"([\w.:/-]{2,80})" ?\]/g,
  /\b(?:getenv|Getenv|LookupEnv|getEnv|get_env|fetch_env!?|GetEnvironmentVariable|env|mustGetenv|MustGetenv|mustEnv|requireEnv|required_env|environ ?\. ?get|environ ?\. ?pop|var|var_os|env_or|getenv_or|ENV ?\. ?fetch|config|env ?\. ?(?:str|int|bool|get|require|list|json|url|float))!? ?\( ?:?"?(?:App ?, ?)?"?([A-Z][A-Z0-9_]{2,80})"/g,
  /\b(?:config|conf|cfg|configuration|settings|viper|props|properties|env|environment|Config|application|secrets|params|c|k) ?(?:\.|->|::|\?\.) ?(?:get|Get|get_?[sS]tring|GetString|getInt|GetInt|GetDuration|getBoolean|GetBool|getProperty|getRequiredProperty|getOrThrow|get_env|fetch|require|GetValue ?< ?\w+ ?>|GetSection|value|bool|int|str) ?\( ?"([\w.:/-]{2,80})"/g,
  /@ ?Value ?\( ?"[$#]\{([\w.-]{2,80})/g,
  /\bprefix ?= ?"([\w.-]{2,80})"/g,
];
const HAS_DEFAULT =
  /\?\?|\|\||\bor\b|, ?(?:"|\d|[a-zA-Z_])[^()]{0,60}\)|:[^}"]{1,60}\}|unwrap_or|getOrDefault|fallback|default|\?:/;

/**
 * Settings that came, went or changed their name, in configuration and in the code that reads it.
 * A setting that only one of the two sides knows is an error that shows when it is first used (Xu
 * et al., OSDI 2016).
 */
export const detectSettings: Detector = function* ({ files, keys }) {
  const written = new Set(keys.flatMap(({ new: now }) => (now ? [nameKey(now.key)] : [])));
  for (const file of files) {
    if (file.language.family === 'code' && file.role !== 'manifest')
      yield* readFindings(file, written);
  }
  for (const key of keys) yield* keyFindings(key, files);
};

function* readFindings(file: FileChange, written: ReadonlySet<string>): Generator<Finding> {
  const { gone, come } = readsChanged(file);
  const [oldNames, newNames] = [[...gone.keys()], [...come.keys()]];
  for (const [index, name] of newNames.entries()) {
    const line = come.get(name) ?? null;
    const isWritten = written.has(nameKey(name));
    const before = oldNames[index];
    if (before !== undefined) {
      yield findingOf(
        'setting-renamed',
        isWritten ? 0.4 : 0.95,
        file,
        gone.get(before) ?? null,
        line,
      );
    } else if (file.status !== 'added' || !isWritten) yield newRead(file, line, isWritten);
  }
  for (const name of oldNames.slice(newNames.length)) {
    yield findingOf('setting-removed', 0.35, file, gone.get(name) ?? null, null);
  }
}

function newRead(file: FileChange, line: SideLine | null, isWritten: boolean): Finding {
  const isOptional = HAS_DEFAULT.test(line ? codeOf(line) : '');
  if (isOptional) return findingOf('setting-added', isWritten ? 0.25 : 0.4, file, null, line);
  return findingOf('setting-required', isWritten ? 0.25 : 0.7, file, null, line);
}

/** Settings that a file's code asks for on one side only. */
function readsChanged(file: FileChange): {
  gone: Map<string, SideLine>;
  come: Map<string, SideLine>;
} {
  const gone = new Map<string, SideLine>();
  const come = new Map<string, SideLine>();
  for (const { old, new: now, kind } of file.lines) {
    if (kind === 'moved' || kind === 'reindented') continue;
    if (old) for (const name of settingsRead(old)) gone.set(name, old);
    if (now) for (const name of settingsRead(now)) come.set(name, now);
  }
  for (const name of [...gone.keys()]) {
    if (!come.has(name)) continue;
    gone.delete(name);
    come.delete(name);
  }
  return { gone, come };
}

/** Names of settings that a line of code asks for. */
export function settingsRead(line: SideLine): string[] {
  if (!line.tokens.some(({ type }) => type === 'string') && !/\benv\b/.test(line.bare)) return [];
  const text = codeOf(line);
  return READS.flatMap((pattern) => Array.from(text.matchAll(pattern), (match) => match[1] ?? ''));
}

function nameKey(name: string): string {
  return wordsOf(name).join('');
}

const BY_CONCEPT: Partial<Record<Concept, MechanismId>> = {
  credential: 'credential-changed',
  endpoint: 'endpoint-changed',
  permission: 'permission-changed',
  tls: 'tls-changed',
  route: 'routing-changed',
  probe: 'probe-changed',
  command: 'command-changed',
  schedule: 'schedule-changed',
  flag: 'flag-flipped',
};

function* keyFindings(key: KeyChange, files: readonly FileChange[]): Generator<Finding> {
  const setting = key.new ?? key.old;
  if (!setting) return;
  const at = (mechanism: MechanismId, weight: number): Finding =>
    findingOf(mechanism, weight, key.file, key.old?.line ?? null, key.new?.line ?? null);
  if (key.kind === 'renamed') {
    yield at('setting-renamed', isFollowed(key, files) ? 0.35 : 0.9);
    return;
  }
  if (key.file.status === 'added') {
    yield at('setting-added', 0.2);
    return;
  }
  const isAdded = key.kind === 'added';
  const concept = conceptOf(wordsOf(setting.key), setting.parents.flatMap(wordsOf));
  yield isAdded ? at('setting-added', 0.45) : at('setting-removed', 0.75);
  const bound = concept ? BOUNDS[concept] : undefined;
  if (bound && /\d|^$/.test(setting.value)) yield at(isAdded ? bound[0] : bound[1], bound[2]);
  const specific = concept ? BY_CONCEPT[concept] : undefined;
  if (specific) yield at(specific, isAdded ? 0.5 : 0.6);
}

/** Whether code that reads the setting changed with it. */
function isFollowed(key: KeyChange, files: readonly FileChange[]): boolean {
  const name = key.new?.key ?? '\0';
  return files.some(
    (file) =>
      file.language.family === 'code' &&
      file.lines.some(({ new: now }) => now !== null && codeOf(now).includes(name)),
  );
}

/** What it means that a bound came into being, and that one went. */
const BOUNDS: Partial<Record<Concept, readonly [MechanismId, MechanismId, number]>> = {
  timeout: ['timeout-shorter', 'timeout-longer', 0.6],
  memory: ['resources-lower', 'resources-lower', 0.7],
  cpu: ['resources-lower', 'resources-lower', 0.7],
  'rate-limit': ['rate-limit-tighter', 'rate-limit-looser', 0.75],
  pool: ['pool-smaller', 'pool-larger', 0.6],
  concurrency: ['pool-smaller', 'pool-larger', 0.6],
  limit: ['limit-tighter', 'limit-looser', 0.6],
  queue: ['limit-tighter', 'limit-looser', 0.6],
  retry: ['retry-added', 'retry-removed', 0.6],
  cache: ['cache-added', 'cache-removed', 0.5],
  replicas: ['resources-higher', 'resources-lower', 0.5],
  retention: ['retention-changed', 'retention-changed', 0.6],
};
