import { describe, expect, it } from 'vitest';
import { languageOf } from '#src/changes/classify/language.ts';
import { roleOf } from '#src/changes/classify/role.ts';

describe('roleOf', () => {
  it.each([
    ['src/main/java/io/acme/Latest.java', 'source'],
    ['src/main/java/io/acme/Audit.java', 'source'],
    ['src/main/kotlin/Submit.kt', 'source'],
    ['src/main/java/io/acme/OrderTest.java', 'test'],
    ['src/it/java/io/acme/OrderIT.java', 'test'],
    ['src/dashboard/index.ts', 'source'],
    ['grafana/dashboards/api.json', 'dashboard'],
    ['config/rules.yml', 'config'],
    ['src/testing/ab.py', 'source'],
    ['internal/spec/parser.go', 'source'],
    ['spec/models/user_spec.rb', 'test'],
    ['pkg/stubs/client.go', 'source'],
    ['src/docs/render.ts', 'source'],
    ['services/api/docs/setup.md', 'docs'],
    ['docs/conf.py', 'docs'],
    ['com/acme/lang/Parser.java', 'source'],
    ['locales/de.json', 'translation'],
    ['services/gateway/config.yml', 'config'],
    ['.github/workflows/ci.yml', 'ci'],
    ['.github/workflows/deploy-prod.yml', 'orchestration'],
    ['api/openapi.spec.yaml', 'schema'],
    ['spec/openapi.yaml', 'schema'],
    ['config/security.yml', 'config'],
    ['requirements.txt', 'manifest'],
    ['requirements/dev.txt', 'source'],
    ['package-lock.json', 'lock'],
    ['db/migrate/1_x.rb', 'migration'],
    ['k8s/api.yaml', 'orchestration'],
    ['Dockerfile.prod', 'container'],
    ['nginx/site.conf', 'proxy'],
    ['terraform/main.tf', 'infra'],
    ['data/rates.csv', 'data'],
    ['.env.production', 'config'],
  ])('%s is %s', (path, role) => expect(roleOf(path)).toBe(role));
});

describe('languageOf', () => {
  it.each([
    ['a.py', 'python'],
    ['A.JAVA', 'java'],
    ['Dockerfile', 'dockerfile'],
    ['api.dockerfile', 'dockerfile'],
    ['.env.local', 'env'],
    ['nginx/conf.d/a.conf', 'nginx'],
    ['app.conf', 'ini'],
    ['values.yaml.gotmpl', 'yaml'],
    ['app.conf.j2', 'ini'],
    ['Gemfile.lock', 'ini'],
    ['noext', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (path, id) => expect(languageOf(path).id).toBe(id));
});
