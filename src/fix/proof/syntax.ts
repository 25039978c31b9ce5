/** A way to tell whether a file can be read by its language, without running anything of it. */
export type SyntaxCheck = {
  extensions: readonly string[];
  /** The command line; the file comes as its last argument. */
  command: readonly string[];
};

/**
 * Python's own parser; `-I` keeps the modules of the tree out (`py_compile` would write a cache).
 */
const PYTHON = 'import ast,sys;ast.parse(open(sys.argv[1],"rb").read(),sys.argv[1])';
const JSON_FILE = 'JSON.parse(require("fs").readFileSync(process.argv[1],"utf8"))';

/** Add a language by a line here; a tool that is not on the machine is no failure. */
export const SYNTAX_CHECKS: readonly SyntaxCheck[] = [
  { extensions: ['js', 'mjs', 'cjs'], command: ['node', '--check'] },
  { extensions: ['json'], command: ['node', '-e', JSON_FILE] },
  { extensions: ['py'], command: ['python3', '-I', '-c', PYTHON] },
  { extensions: ['go'], command: ['gofmt', '-e', '-l'] },
  { extensions: ['rb'], command: ['ruby', '--disable-all', '-c'] },
  { extensions: ['php'], command: ['php', '-n', '-l'] },
  { extensions: ['sh', 'bash'], command: ['bash', '-n'] },
];

/** The check for a file, by its extension. */
export function syntaxCheckOf(path: string): SyntaxCheck | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return SYNTAX_CHECKS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
