/**
 * How a language writes comments, strings and words: all that is needed to read a line of it. One
 * lexer serves them all; there is no parser per language.
 */
export type Language = {
  id: LanguageId;
  family: 'code' | 'config' | 'query' | 'markup' | 'prose';
  lineComments: readonly string[];
  blockComments: readonly (readonly [string, string])[];
  /** Quotes of strings that end on their line. */
  quotes: string;
  /** Quotes of strings that may run over lines. */
  longQuotes: readonly string[];
  /** `'` quotes one character, and is otherwise a lifetime or an apostrophe. */
  hasCharQuote: boolean;
  hasRegexLiterals: boolean;
  /** Indentation is structure: a line that is only moved sideways means something else. */
  isIndented: boolean;
  /** Words may hold `-` and `.`, as keys of configuration do. */
  hasLooseWords: boolean;
};

const C_LIKE = {
  family: 'code',
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  quotes: '"',
  longQuotes: [],
  hasCharQuote: true,
  hasRegexLiterals: false,
  isIndented: false,
  hasLooseWords: false,
} as const;

const SCRIPT = {
  ...C_LIKE,
  quotes: '"\'',
  longQuotes: ['`'],
  hasCharQuote: false,
  hasRegexLiterals: true,
} as const;
const HASHED = {
  ...C_LIKE,
  lineComments: ['#'],
  blockComments: [],
  quotes: '"\'',
  hasCharQuote: false,
} as const;
const CONFIG = { ...HASHED, family: 'config', hasLooseWords: true } as const;

const LANGUAGES = {
  c: { ...C_LIKE },
  csharp: { ...C_LIKE },
  dart: { ...C_LIKE, quotes: '"\'', longQuotes: ['"""', "'''"], hasCharQuote: false },
  elixir: { ...HASHED, longQuotes: ['"""'] },
  erlang: { ...HASHED, lineComments: ['%'] },
  go: { ...C_LIKE, longQuotes: ['`'] },
  haskell: { ...C_LIKE, lineComments: ['--'], blockComments: [['{-', '-}']] },
  java: { ...C_LIKE, longQuotes: ['"""'] },
  javascript: { ...SCRIPT },
  kotlin: { ...C_LIKE, longQuotes: ['"""'] },
  lisp: { ...HASHED, lineComments: [';'], quotes: '"', hasLooseWords: true },
  lua: { ...HASHED, lineComments: ['--'] },
  perl: { ...HASHED },
  php: { ...C_LIKE, lineComments: ['//', '#'], quotes: '"\'', hasCharQuote: false },
  python: { ...HASHED, longQuotes: ['"""', "'''"], isIndented: true },
  ruby: { ...HASHED, blockComments: [['=begin', '=end']], hasRegexLiterals: true },
  rust: { ...C_LIKE },
  scala: { ...C_LIKE, longQuotes: ['"""'] },
  shell: { ...HASHED },
  swift: { ...C_LIKE, longQuotes: ['"""'] },
  typescript: { ...SCRIPT },
  dockerfile: { ...HASHED, family: 'config' },
  env: { ...CONFIG },
  hcl: { ...CONFIG, lineComments: ['#', '//'], blockComments: [['/*', '*/']] },
  ini: { ...CONFIG, lineComments: ['#', ';'] },
  json: { ...CONFIG, lineComments: ['//'], blockComments: [['/*', '*/']], quotes: '"' },
  make: { ...HASHED },
  nginx: { ...CONFIG },
  properties: { ...CONFIG, lineComments: ['#', '!'], quotes: '' },
  toml: { ...CONFIG, longQuotes: ['"""', "'''"] },
  yaml: { ...CONFIG, isIndented: true },
  xml: { ...CONFIG, family: 'config', lineComments: [], blockComments: [['<!--', '-->']] },
  graphql: { ...HASHED, longQuotes: ['"""'] },
  protobuf: { ...C_LIKE },
  sql: {
    ...C_LIKE,
    family: 'query',
    lineComments: ['--', '#'],
    quotes: '"\'`',
    hasCharQuote: false,
  },
  html: { ...CONFIG, family: 'markup', lineComments: [], blockComments: [['<!--', '-->']] },
  css: {
    ...C_LIKE,
    family: 'markup',
    lineComments: [],
    quotes: '"\'',
    hasCharQuote: false,
    hasLooseWords: true,
  },
  prose: { ...CONFIG, family: 'prose', lineComments: [], quotes: '' },
  // Code of which nothing is known: the comments that most languages share.
  unknown: { ...C_LIKE, lineComments: ['//', '#'], quotes: '"\'', hasCharQuote: false },
} as const satisfies Record<string, Omit<Language, 'id'>>;

export type LanguageId = keyof typeof LANGUAGES;

const BY_EXTENSION: Record<LanguageId, string> = {
  c: 'c h cc cpp cxx hpp hh hxx m mm ino cu',
  csharp: 'cs csx cshtml razor fs',
  dart: 'dart',
  elixir: 'ex exs eex heex leex',
  erlang: 'erl hrl',
  go: 'go',
  haskell: 'hs elm',
  java: 'java groovy gradle jsp',
  javascript: 'js jsx mjs cjs vue svelte coffee',
  kotlin: 'kt kts',
  lisp: 'clj cljs cljc edn lisp el scm',
  lua: 'lua',
  perl: 'pl pm',
  php: 'php phtml',
  python: 'py pyx pyi pyw star bzl',
  ruby: 'rb rake ru gemspec erb',
  rust: 'rs',
  scala: 'scala sc sbt',
  shell: 'sh bash zsh fish ksh',
  swift: 'swift',
  typescript: 'ts tsx mts cts',
  dockerfile: 'dockerfile containerfile',
  env: 'env',
  hcl: 'tf tfvars hcl nomad',
  ini: 'ini cfg conf cnf service timer desktop editorconfig',
  json: 'json json5 jsonc webmanifest',
  make: 'mk mak',
  nginx: 'nginx vcl',
  properties: 'properties',
  toml: 'toml lock',
  yaml: 'yaml yml tpl gotmpl',
  xml: 'xml xsd config csproj fsproj vbproj props targets plist pom',
  graphql: 'graphql gql',
  protobuf: 'proto thrift avdl',
  sql: 'sql ddl psql plsql cql hql',
  html: 'html htm xhtml mustache hbs ejs j2 jinja jinja2 twig',
  css: 'css scss sass less',
  prose: 'md markdown rst txt adoc asciidoc org tex log csv tsv',
  unknown: '',
};

const BY_NAME: readonly (readonly [RegExp, LanguageId])[] = [
  [/^(?:docker|container)file(?:[.-].{1,60})?$|.{1,60}\.(?:docker|container)file$/, 'dockerfile'],
  [/^\.env(?:\..{1,60})?$|^.{1,60}\.env(?:\..{1,60})?$/, 'env'],
  [/^(?:gnu)?makefile$/, 'make'],
  [/^(?:gemfile|rakefile|vagrantfile|capfile|podfile|fastfile|guardfile)$/, 'ruby'],
  [/^(?:jenkinsfile|build\.gradle)$/, 'java'],
  [/^(?:pipfile|cargo\.lock|poetry\.lock|uv\.lock)$/, 'toml'],
  [
    /^(?:caddyfile|nginx\.conf|haproxy\.cfg|varnish\.vcl|envoy\.conf)$|nginx.{0,40}\.conf$/,
    'nginx',
  ],
  [/^(?:package-lock|composer\.lock|composer)\.json$|^composer\.lock$|^pipfile\.lock$/, 'json'],
  [
    /^(?:requirements|constraints).{0,40}\.(?:txt|in)$|^go\.(?:mod|sum|work)$|^procfile$|^crontab$/,
    'ini',
  ],
  [
    /^(?:readme|license|licence|changelog|authors|contributing|notice|copying|codeowners)(?:\..{1,10})?$/,
    'prose',
  ],
  [/^\.(?:.{0,40})(?:ignore|attributes|rc)$/, 'ini'],
  [/^(?:gemfile|podfile)\.lock$|^mix\.lock$/, 'ini'],
];

const extensions = new Map<string, LanguageId>();
for (const id of Object.keys(BY_EXTENSION) as LanguageId[]) {
  for (const extension of BY_EXTENSION[id].split(' ')) if (extension) extensions.set(extension, id);
}

/** The language of a file by its name. */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const byName = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  // `app.conf.j2` and `values.yaml.gotmpl` are of the language under the template.
  const parts = name.split('.').slice(1).reverse();
  const templated = /^(?:j2|jinja2?|tmpl|tpl|erb|example|dist|template|sample)$/.test(
    parts[0] ?? '',
  );
  const byExtension =
    (templated ? extensions.get(parts[1] ?? '') : undefined) ?? extensions.get(parts[0] ?? '');
  const isNginx = byExtension === 'ini' && /(?:^|\/)nginx\//i.test(path);
  const id = byName ?? (isNginx ? 'nginx' : byExtension) ?? 'unknown';
  return { id, ...LANGUAGES[id] };
}
