import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import { libraryKind } from '#src/changes/classify/detectors/library-kinds.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { enclosing, type SideLine } from '#src/changes/classify/side.ts';

const VERSION =
  /(?:^|[\s"'=:@~^<>v(,-])v?(\d{1,9}(?:\.\d{1,9}){0,3}(?:[-+.][\w.]{1,30})?)(?=$|["'\s,;)<\]}#-])/;
const RUNTIME =
  /^\s*(?:FROM|"?(?:node|npm|python|ruby|php|go|java|rust|dotnet|erlang|elixir)"?\s*[:= ]|go \d|toolchain |python_requires|python_version|requires-python|TargetFramework|<(?:java\.version|maven\.compiler|release|TargetFramework)|sourceCompatibility|targetCompatibility|jvmTarget|rust-version|channel|edition|distributionUrl|runtime|scalaVersion|image:)/i;
/** Tools that take part in building and checking, not in running. */
const TOOLS =
  /(?:^|[^a-z0-9])(?:eslint|stylelint|prettier|jest|vitest|mocha|chai|sinon|cypress|playwright|storybook|pytest|flake8|pylint|black|isort|mypy|ruff|tox|coverage|nyc|husky|lint|@types|types|junit|mockito|assertj|testcontainers|spotless|checkstyle|pmd|jacoco|rspec|rubocop|minitest|factory_bot|faker|simplecov|phpunit|phpstan|golangci|testify|gomock|proptest|criterion|clippy|credo|dialyxir|ex_doc|xunit|nunit|moq|fluentassertions|sphinx|mkdocs|typedoc|nodemon|tsx|ts-node|semantic-release|commitlint|codecov)(?:[^a-z0-9]|$)/i;
const DEV_SECTION =
  /dev-?dependencies|dev_dependencies|require-dev|\bdev\b|\btest\b|\btests\b|\blint\b|\bdocs\b|group :(?:test|development)|optional-dependencies|build-dependencies/i;

/** Libraries, runtimes and base images that moved. */
export const detectDependencies: Detector = function* ({ files }) {
  const hasManifest = files.some(({ role }) => role === 'manifest');
  for (const file of files) {
    const isImage = file.language.id === 'dockerfile';
    if (file.role !== 'manifest' && file.role !== 'lock' && !isImage) continue;
    const found = [...file.lines.flatMap((change) => findingsOf(change, file))];
    // The lock follows the manifest; on its own it says what moved without being asked for.
    const share = file.role === 'lock' ? (hasManifest ? 0.4 : 0.8) : 1;
    for (const finding of found.slice(0, 60)) yield { ...finding, weight: finding.weight * share };
  }
};

function findingsOf(change: LineChange, file: FileChange): Finding[] {
  if (change.kind === 'moved' || change.kind === 'reindented') return [];
  const line = change.new ?? change.old;
  if (!line || isDevelopmentOnly(change) || isOwnVersion(change)) return [];
  if (file.language.id === 'dockerfile' && !/^\s*FROM\b/i.test(line.text)) {
    return dockerFindings(change);
  }
  const script = scriptFinding(change, line);
  if (script) return [script];
  const { old, new: now } = change;
  if (old && now) return movedVersion(change, old, now);
  if (file.role === 'lock' || versionOf(line) === null) return [];
  return [findingAt(old ? 'dependency-removed' : 'dependency-added', 0.7, change)];
}

/** A script of a manifest that starts the program. */
function scriptFinding(change: LineChange, line: SideLine): Finding | null {
  const side = change.new ? change.hunk.after : change.hunk.before;
  const isScript = enclosing(side, line.index).some(({ text }) =>
    /"?scripts"?\s*[:=\]]|entry_points|\[\[bin/.test(text),
  );
  return isScript ? findingAt('command-changed', 0.8, change) : null;
}

/** A version that took the place of another one. */
function movedVersion(change: LineChange, old: SideLine, now: SideLine): Finding[] {
  const kind = versionChange(versionOf(old), versionOf(now));
  if (RUNTIME.test(now.text) && old.text !== now.text) {
    return [findingAt('runtime-version', kind === 'patch' ? 0.5 : 0.85, change)];
  }
  // Checksums and addresses of a lock file say nothing by themselves.
  if (kind === null && change.file.role === 'lock') return [];
  const plain =
    kind === 'major'
      ? findingAt('dependency-major', 0.8, change)
      : findingAt('dependency-minor', kind === 'minor' ? 0.8 : 0.5, change);
  const purpose = libraryKind(nameAround(change, now));
  const weight = kind === 'major' ? 0.8 : kind === 'minor' ? 0.6 : 0.35;
  return purpose ? [plain, findingAt(purpose, weight, change)] : [plain];
}

/** The words of a line before its version; in XML, the name is in a line near by. */
function nameAround({ hunk }: LineChange, now: SideLine): string {
  const own = /<(version|[\w.-]{1,60}\.version)>/.exec(now.text)?.[1];
  if (own === 'version') {
    const near = hunk.after.lines
      .slice(Math.max(0, now.index - 3), now.index)
      .filter(({ text }) => /<artifactId>/.test(text));
    return /<artifactId>([^<]{1,100})/.exec(near.at(-1)?.text ?? '')?.[1] ?? '';
  }
  return own ?? now.text.slice(0, Math.max(0, VERSION.exec(now.text)?.index ?? 0));
}

/** Lines of a Dockerfile that are neither its base image nor a comment. */
function dockerFindings(change: LineChange): Finding[] {
  const text = (change.new ?? change.old)?.text.trim() ?? '';
  const table: readonly (readonly [RegExp, MechanismId, number])[] = [
    [/^(?:CMD|ENTRYPOINT)\b/i, 'command-changed', 0.85],
    [/^USER\b/i, 'permission-changed', 0.8],
    [/^EXPOSE\b/i, 'endpoint-changed', 0.5],
    [/^HEALTHCHECK\b/i, 'probe-changed', 0.8],
    [
      /^RUN\b.{0,200}\b(?:apt-get|apk|yum|dnf|pip|npm|gem|go get|cargo)\b/i,
      'dependency-minor',
      0.5,
    ],
    [/^(?:COPY|ADD|WORKDIR|RUN|VOLUME|STOPSIGNAL|SHELL)\b/i, 'command-changed', 0.45],
  ];
  const row = table.find(([pattern]) => pattern.test(text));
  return row ? [findingAt(row[1], row[2], change)] : [];
}

/** Whether a line is about a tool or in a section for development. */
export function isDevelopmentOnly(change: LineChange): boolean {
  const line = change.new ?? change.old;
  if (!line) return false;
  const side = change.new ? change.hunk.after : change.hunk.before;
  const isScript = enclosing(side, line.index).some(({ text }) => /"scripts"\s*:/.test(text));
  if (isScript)
    return !/"(?:pre|post)?(?:start|serve|server|prod|production|web|worker|migrate|release)[\w:-]{0,30}"\s*:/.test(
      line.text,
    );
  if (change.file.role === 'manifest' && TOOLS.test(line.text)) return true;
  if (
    /dev|test|lint|docs/i.test(change.file.path.split('/').at(-1) ?? '') &&
    /requirements/i.test(change.file.path)
  )
    return true;
  const near = side.lines.slice(Math.max(0, line.index - 3), line.index + 4);
  const isTestScope = near.some(
    ({ text }) =>
      /<scope>test</.test(text) || (/<(?:artifactId|groupId)>/.test(text) && TOOLS.test(text)),
  );
  if (/<version>/.test(line.text) && isTestScope) return true;
  return (
    enclosing(side, line.index).some(({ text }) => DEV_SECTION.test(text)) ||
    DEV_SECTION.test(sectionOf(side.lines, line))
  );
}

function sectionOf(lines: readonly SideLine[], line: SideLine): string {
  for (let i = line.index; i >= Math.max(0, line.index - 300); i--) {
    const text = lines[i]?.text ?? '';
    if (/^\s*\[[^\]]{1,100}\]\s*$/.test(text)) return text;
  }
  return '';
}

/** The version of the package itself: what a release raises. */
export function isOwnVersion(change: LineChange): boolean {
  const line = change.new ?? change.old;
  if (!line || change.file.role !== 'manifest') return false;
  const isVersion =
    /^\s{0,4}(?:"version"\s*:|version\s*[:=]|<version>|spec\.version\s*=|__version__|version:)/.test(
      line.text,
    );
  if (!isVersion) return false;
  const side = change.new ? change.hunk.after : change.hunk.before;
  const near = side.lines
    .slice(Math.max(0, line.index - 6), line.index)
    .map(({ text }) => text)
    .join('\n');
  if (/<version>/.test(line.text))
    return (
      !/<(?:dependency|plugin|parent)>/.test(near) &&
      /<(?:artifactId|project|groupId|modelVersion)/.test(near)
    );
  return !/^\s*\[+(?:dependencies|tool\.poetry\.dependencies)/m.test(near) && line.indent <= 4;
}

function versionOf(line: SideLine): string | null {
  return VERSION.exec(line.text)?.[1] ?? null;
}

function versionChange(
  before: string | null,
  after: string | null,
): 'major' | 'minor' | 'patch' | null {
  if (before === null || after === null || before === after) return null;
  const [a, b] = [before.split('.'), after.split('.')];
  if (a[0] !== b[0]) return 'major';
  // Before 1.0 every minor version may break (semver.org, item 4).
  if (a[1] !== b[1]) return a[0] === '0' ? 'major' : 'minor';
  return 'patch';
}
