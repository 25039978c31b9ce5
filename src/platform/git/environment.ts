/**
 * What every git process gets, so that a repository (its config, attributes, hooks, refs) is data
 * and never a program: git-config(1) lists the keys that name commands, git(1) the variables.
 */

/** Where git is looked up when the caller names no search path: never the working directory. */
const DEFAULT_SEARCH_PATH =
  process.platform === 'win32'
    ? 'C:\\Program Files\\Git\\cmd;C:\\Program Files\\Git\\bin;C:\\Windows\\System32'
    : '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/opt/local/bin';

// Git for Windows knows this name as well.
const NOTHING = '/dev/null';

/**
 * Keys given with `-c`, which beat the repository's own config. Keys with a name in the middle
 * (`filter.<x>.clean`, `diff.<x>.textconv`, `alias.<x>`) cannot be listed; they are made harmless
 * by the commands and options that {@link checkArguments} lets through: no checkout, no aliases,
 * `--no-textconv`, `--no-ext-diff`.
 */
export const HARDENED_CONFIG: readonly string[] = [
  // Programs.
  'core.fsmonitor=false',
  `core.hooksPath=${NOTHING}`,
  'core.pager=cat',
  'core.editor=:',
  'core.askPass=',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.alternateRefsCommand=',
  'credential.helper=',
  'diff.external=',
  'gpg.program=false',
  'log.showSignature=false',
  // Networks: nothing that reads may leave the machine, lazy fetches of partial clones included.
  'protocol.allow=never',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  // Files outside the repository that config may name (a named pipe would hang us).
  `core.attributesFile=${NOTHING}`,
  `core.excludesFile=${NOTHING}`,
  `mailmap.file=${NOTHING}`,
  'mailmap.blob=',
  'blame.ignoreRevsFile=',
  `diff.orderFile=${NOTHING}`,
  `commit.template=${NOTHING}`,
  // Background work and writes.
  'gc.auto=0',
  'maintenance.auto=false',
  'core.untrackedCache=false',
  'core.preloadIndex=false',
  // Output whose form we parse.
  'core.quotePath=true',
  'core.abbrev=40',
  'color.ui=never',
  'color.grep=never',
  'column.ui=never',
  'diff.suppressBlankEmpty=false',
  'i18n.logOutputEncoding=UTF-8',
  'blame.coloring=none',
  'blame.showRoot=false',
  'blame.blankBoundary=false',
  'grep.patternType=fixed',
  'core.ignoreCase=false',
  'fastimport.unpackLimit=1',
];

/** The variables of a git process: these and no others are passed on. */
export function gitEnvironment(options: {
  gitDir: string;
  objectDir?: string | undefined;
  /** An empty folder: work tree, home and current folder at once. */
  emptyDir: string;
  searchPath?: string | undefined;
}): Record<string, string> {
  return {
    PATH: options.searchPath ?? DEFAULT_SEARCH_PATH,
    HOME: options.emptyDir,
    XDG_CONFIG_HOME: options.emptyDir,
    LC_ALL: 'C',
    TZ: 'UTC',
    PAGER: 'cat',
    EDITOR: ':',
    SSH_ASKPASS: '',
    // A git directory that is named needs no discovery, so that `safe.directory` does not stop a
    // container from reading a volume of another user; the rest of this file is why that is safe.
    GIT_DIR: options.gitDir,
    ...(options.objectDir === undefined ? {} : { GIT_OBJECT_DIRECTORY: options.objectDir }),
    // The real work tree is never looked at: neither its .gitattributes nor its index.
    GIT_WORK_TREE: options.emptyDir,
    GIT_INDEX_FILE: `${options.emptyDir}/index`,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: NOTHING,
    GIT_CONFIG_GLOBAL: NOTHING,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_GRAFT_FILE: NOTHING,
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    // An empty list allows none, whatever `protocol.<name>.allow` the repository sets.
    GIT_ALLOW_PROTOCOL: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_SSH_COMMAND: 'false',
    GIT_PAGER: 'cat',
    GIT_EDITOR: ':',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_ADVICE: '0',
  };
}
