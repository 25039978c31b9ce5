/** What a file is for, by its path: decides whether a change in it can reach production at all. */
export type FileRole =
  | 'source'
  | 'test'
  | 'docs'
  /** Pipelines of the forge, and files that only people and editors read. */
  | 'ci'
  | 'tooling'
  /** Dependencies as declared, and as resolved. */
  | 'manifest'
  | 'lock'
  | 'config'
  /** What two sides agree on: protobuf, OpenAPI, GraphQL, JSON schema. */
  | 'schema'
  | 'migration'
  | 'container'
  | 'orchestration'
  | 'proxy'
  | 'infra'
  | 'dashboard'
  | 'translation'
  | 'asset'
  | 'data'
  | 'generated';

// First match wins. Patterns look at the whole path in lower case, with a leading slash.
const ROLES: readonly (readonly [FileRole, RegExp])[] = [
  [
    'generated',
    /\/(?:node_modules|third_party|bower_components)\/|\.min\.(?:js|css)$|\.pb\.go$|_pb2(?:_grpc)?\.py$|\.g\.dart$|\.(?:map|snap)$|\/__generated__\//,
  ],
  [
    'migration',
    /\/(?:migrations?|migrate|flyway|liquibase|alembic\/versions|changelogs?\/db|db\/changelog|ddl)\/(?!readme)|\/v\d[\d_.]{0,20}__[^/]{1,100}\.sql$|\/schema\.(?:sql|rb|prisma)$|\.ddl$/,
  ],
  ['schema', /\/(?:openapi|swagger|asyncapi)[^/]{0,40}\.(?:ya?ml|json)$/],
  [
    'ci',
    /^\/\.(?:github|gitlab|circleci|buildkite|azure-pipelines|drone|woodpecker|tekton|semaphore|teamcity|forgejo|gitea)\/|\/\.(?:gitlab-ci|travis|drone|appveyor|cirrus|woodpecker)\.ya?ml$|\/(?:jenkinsfile|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|codecov\.ya?ml|renovate\.json5?|dependabot\.ya?ml|sonar-project\.properties|cloudbuild\.ya?ml|buildspec\.ya?ml|tox\.ini|noxfile\.py)$/,
  ],
  [
    'test',
    /\/(?:tests?|__tests__|__mocks__|testdata|test-data|e2e|integration-tests?|unittests?|fixtures|cypress|playwright|features\/steps|src\/it|benches|benchmarks?)\/|^\/(?:testing|specs?|mocks|examples?)\/|\/(?:specs?|examples?|mocks)\/[^\n]{0,200}(?:_spec\.rb|[._-]spec\.[jt]sx?|_spec\.exs?)$|[._-](?:test|tests|e2e|stories|bench|mock)\.[a-z0-9]{1,6}$|[._-]spec\.(?:[jt]sx?|mjs|cjs|rb|exs|lua)$|\/tests?\.[a-z0-9]{1,6}$|\/test_[^/]{1,100}\.py$|_test\.(?:go|py|exs|rb|cc|cpp|dart|clj)$|\/conftest\.py$|\/(?:jest|vitest|cypress|playwright|karma|mocha|pytest|phpunit)(?:\.[a-z.]{1,20})?\.(?:js|ts|cjs|mjs|json|ini|xml|dist)$/,
  ],
  [
    'dashboard',
    /\/(?:dashboards?|grafana)\/[^\n]{1,200}\.(?:json|ya?ml|jsonnet|libsonnet)$|\/(?:prometheus|alertmanager|alerts?)(?:[._-]rules)?\.ya?ml$|\/(?:alerts|alerting|recording-rules)\/[^\n]{1,200}\.(?:ya?ml|json|libsonnet)$/,
  ],
  [
    'docs',
    /^\/(?:docs?|documentation|wiki|adr|rfcs?|runbooks?|website)\/|\/(?:docs?|documentation|wiki|adr|rfcs?|runbooks?)\/[^\n]{0,200}\.(?:md|mdx|rst|txt|adoc|html|png|svg|puml|drawio|ya?ml|json)$|\.(?:md|markdown|rst|adoc|asciidoc|tex)$|\/(?:readme|license|licence|changelog|changes|authors|contributors|contributing|notice|copying|security|maintainers|history|todo|news|codeowners|code_of_conduct)(?:\.(?:md|markdown|rst|txt|adoc|html))?$/,
  ],
  [
    'tooling',
    /\/\.(?:gitignore|gitattributes|gitmodules|editorconfig|eslintrc|eslintignore|prettierrc|prettierignore|stylelintrc|pylintrc|flake8|isort\.cfg|rubocop|rubocop_todo|golangci|pre-commit-config|clang-format|clang-tidy|mailmap|npmignore|husky|lintstagedrc|commitlintrc|credo|scalafmt|swiftlint|hadolint|yamllint|markdownlint|shellcheckrc|git-blame-ignore-revs|nvmrc-dev|vscode|idea|devcontainer)(?:[./][a-z0-9._-]{0,60})?$|\/(?:eslint|prettier|biome|stylelint|commitlint|lint-staged|rustfmt|clippy|mypy|ruff|checkstyle|pmd|detekt|spotbugs|knip)(?:\.config)?\.(?:js|cjs|mjs|ts|json|jsonc|toml|ini|xml|ya?ml)$|\/\.(?:vscode|idea|husky|devcontainer)\/|\/(?:makefile|justfile|taskfile\.ya?ml)$|\/(?:scripts|tools|hack|devtools)\/(?:lint|format|dev|release|changelog|ci)[^/]{0,60}$/,
  ],
  [
    'lock',
    /\/(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|cargo\.lock|gemfile\.lock|composer\.lock|go\.sum|go\.work\.sum|mix\.lock|packages\.lock\.json|gradle\.lockfile|podfile\.lock|flake\.lock|pubspec\.lock|\.terraform\.lock\.hcl|conda-lock\.yml)$/,
  ],
  [
    'manifest',
    /\/(?:package\.json|requirements[^/]{0,60}\.(?:txt|in)|constraints[^/]{0,40}\.txt|pyproject\.toml|setup\.(?:py|cfg)|pipfile|go\.mod|go\.work|cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|gradle\.properties|libs\.versions\.toml|gradle-wrapper\.properties|build\.sbt|plugins\.sbt|dependencies\.scala|mix\.exs|rebar\.config|gemfile|[^/]{1,80}\.gemspec|composer\.json|directory\.packages\.props|[^/]{1,80}\.(?:cs|fs|vb)proj|packages\.config|nuget\.config|pubspec\.ya?ml|cmakelists\.txt|conanfile\.(?:txt|py)|vcpkg\.json|deps\.edn|project\.clj|package\.swift|podfile|flake\.nix|\.tool-versions|\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.java-version|\.sdkmanrc|runtime\.txt|rust-toolchain(?:\.toml)?|global\.json)$/,
  ],
  [
    'container',
    /\/(?:docker|container)file[^/]{0,60}$|\.(?:docker|container)file$|\/\.dockerignore$|\/(?:docker-)?compose[^/]{0,40}\.ya?ml$/,
  ],
  [
    'translation',
    /\/(?:locales?|i18n|l10n|translations?|lang)\/[^\n]{1,200}\.(?:json|ya?ml|properties|po|php|strings|resx|arb|xml|toml|ftl)$|\.(?:po|pot|xlf|xliff|arb|strings|resx)$|\/messages[._][a-z]{2}[^/]{0,20}\.properties$/,
  ],
  [
    'schema',
    /\.(?:proto|thrift|avsc|avdl|avpr|graphqls?|gql|xsd|wsdl|raml|fbs|capnp)$|\/(?:openapi|swagger|asyncapi)[^/]{0,40}\.(?:ya?ml|json)$|\.schema\.json$|\/(?:schemas|api-spec|contracts)\/[^/]{1,100}\.(?:ya?ml|json)$/,
  ],
  [
    'proxy',
    /\/(?:nginx|envoy|haproxy|traefik|caddy|varnish|apache2?|httpd|istio|linkerd|kong)\/[^/]{1,100}\.(?:conf|cfg|ya?ml|json|toml|tmpl|vcl)$|\/(?:nginx|envoy|haproxy|traefik|httpd|varnish|squid|kong)[^/]{0,40}\.(?:conf|cfg|ya?ml|json|toml|vcl)$|\/caddyfile$|\.(?:vcl|nginx)$|\/(?:virtualservice|destinationrule|ingress|gateway|httproute)s?[^/]{0,40}\.ya?ml$/,
  ],
  [
    'infra',
    /\.(?:tf|tfvars|bicep|nomad)$|\/(?:terraform|pulumi|cloudformation|cdk|ansible|puppet|chef|salt|iac)\/|\/(?:serverless|template|samconfig)\.(?:ya?ml|toml)$/,
  ],
  [
    'orchestration',
    /\/(?:k8s|kubernetes|kube|manifests?|helm|charts?|kustomize|deploy|deployments?|argocd|argo|flux|overlays|gitops|openshift)\/[^\n]{1,200}\.(?:ya?ml|json|tpl|gotmpl)$|\/(?:deployment|statefulset|daemonset|cronjob|hpa|configmap|service|pdb|values|kustomization|chart)[^/]{0,40}\.ya?ml$|\/(?:procfile|app\.ya?ml|fly\.toml|heroku\.yml|task-definition\.json|ecosystem\.config\.js|supervisord\.conf|crontab)$|\.(?:service|timer)$/,
  ],
  [
    'asset',
    /\.(?:png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|mp[34]|pdf|css|scss|sass|less|styl)$/,
  ],
  [
    'data',
    /\.(?:csv|tsv|parquet|avro|ndjson|jsonl|xlsx?|dat|sqlite|db|geojson|gz|zip|pickle|pkl|npy|onnx)$|\/(?:data|seeds?|datasets?|reference-data|static-data)\/[^\n]{1,200}\.(?:json|ya?ml|xml|txt|sql)$/,
  ],
  [
    'config',
    /\.(?:ya?ml|toml|ini|cfg|conf|cnf|properties|env|hcl|json5?|jsonc|config|plist|edn|vcl)$|\/\.env[^/]{0,40}$|\/(?:config|conf|settings|etc)\/|\/[^/]{0,60}(?:config|settings|application)\.(?:xml|js|ts|py|rb|exs)$/,
  ],
];

/** Names of test classes, told by their capitals: `OrderTest.java`, but not `Latest.java`. */
const TEST_CLASS =
  /[a-z0-9](?:Tests?|TestCase|Spec|Specs|IT|ITCase)\.(?:java|kt|cs|scala|groovy|swift|php|m|mm|fs|vb)$|\/Tests?[A-Z][^/]{1,100}\.(?:java|kt|cs|php)$/;
/** Pipelines that say what runs in production. */
const DELIVERS = /(?:deploy|rollout|prod)/;

/** The role of a file; `source` where nothing else is known. */
export function roleOf(path: string): FileRole {
  if (TEST_CLASS.test(path.slice(-400))) return 'test';
  const text = `/${path.toLowerCase()}`.slice(-400);
  const role = ROLES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'source';
  const name = text.slice(text.lastIndexOf('/'));
  return role === 'ci' && DELIVERS.test(name) ? 'orchestration' : role;
}

/** Roles whose files do not reach a running service. */
export const INERT_ROLES: ReadonlySet<FileRole> = new Set([
  'test',
  'docs',
  'ci',
  'tooling',
  'dashboard',
]);
