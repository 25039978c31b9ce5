import { InputError } from '#src/domain/errors.ts';

/**
 * Which commands and options may reach git. Anything else is refused before a process starts, so
 * that a revision, a path or a text from a bundle can never act as an option.
 */
const ALLOWED: Record<string, readonly string[]> = {
  'rev-parse': ['--verify', '--quiet', '--symbolic-full-name', '--show-object-format'],
  'rev-list': [
    '--max-count=',
    '--max-age=',
    '--min-age=',
    '--topo-order',
    '--date-order',
    '--parents',
  ],
  'for-each-ref': ['--format='],
  'cat-file': ['--batch', 'blob'],
  // Writing: into object stores and indexes of our own, and into a bare remote that was named.
  'hash-object': ['-w', '--stdin'],
  'read-tree': [],
  'update-index': ['--index-info', '-z'],
  'write-tree': [],
  'commit-tree': ['-p'],
  'update-ref': ['--no-deref'],
  'merge-file': ['-p', '-q'],
  'merge-base': ['--is-ancestor'],
  apply: ['--cached', '--recount', '--whitespace=nowarn', '-'],
  status: [
    ...['--porcelain=v1', '-z', '--untracked-files=no', '--ignore-submodules=all'],
    '--no-renames',
  ],
  'ls-tree': ['-r', '-z', '-l', '--full-tree'],
  'diff-tree': [
    ...[
      '-p',
      '-r',
      '-z',
      '-M',
      '-l400',
      '-U3',
      '--root',
      '--stdin',
      '--no-commit-id',
      '--name-only',
    ],
    ...[
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--full-index',
      '--diff-algorithm=histogram',
    ],
    ...['--src-prefix=a/', '--dst-prefix=b/', '--inter-hunk-context=0', '--submodule=short'],
    '--ignore-submodules=all',
  ],
  blame: ['--porcelain', '--no-textconv', '-L'],
  grep: [
    '-z',
    '-n',
    '-I',
    '-F',
    '--no-color',
    '--full-name',
    '--no-textconv',
    '--max-count=',
    '-e',
  ],
  'fast-export': ['--show-original-ids', '--signed-tags=strip', '--reencode=yes', '--no-data'],
  'fast-import': ['--quiet', '--export-marks=', '--max-pack-size=', '--date-format=raw-permissive'],
};

/** Options whose value is the following argument, whatever it looks like. */
const TAKES_VALUE = new Set(['-e', '-L']);

/**
 * Checks a git command line against the allow-list.
 * @throws InputError for a command or option that is not on it, or an argument with a NUL
 */
export function checkArguments(args: readonly string[]): void {
  const [command = '', ...rest] = args;
  const allowed = Object.hasOwn(ALLOWED, command) ? ALLOWED[command] : undefined;
  if (!allowed) throw new InputError(`git ${JSON.stringify(command)} is not a command we run`);
  for (let i = 0; i < rest.length; i++) {
    const arg = rest[i] ?? '';
    if (arg.includes('\0')) throw new InputError('an argument for git holds a NUL');
    if (arg === '--') {
      if (rest.slice(i).some((path) => path.includes('\0'))) {
        throw new InputError('a path for git holds a NUL');
      }
      return;
    }
    if (TAKES_VALUE.has(arg) && allowed.includes(arg)) {
      i++;
      if (rest[i] === undefined || rest[i]?.includes('\0')) {
        throw new InputError(`git ${command} ${arg} needs a value`);
      }
      continue;
    }
    if (arg.startsWith('-') && !allowed.some((option) => fits(arg, option))) {
      throw new InputError(`git ${command} ${JSON.stringify(arg)} is not an option we use`);
    }
  }
}

function fits(arg: string, option: string): boolean {
  return option.endsWith('=') ? arg.startsWith(option) : arg === option;
}

const REVISION = /^[A-Za-z0-9_][A-Za-z0-9_./+@-]{0,254}(?:[~^]\d{0,4}){0,8}$/;

/**
 * Whether a text may be handed to git as a revision: a sha, branch or tag, with `~n` and `^n`
 * behind it. Ranges, reflogs, searches (`:/text`, `@{…}`) and anything like an option are not.
 */
export function isRevision(text: string): boolean {
  return (
    REVISION.test(text) && !text.includes('..') && !text.includes('@{') && !text.includes('//')
  );
}

/** A full object name: SHA-1 or SHA-256, lower case. */
export function isFullSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
