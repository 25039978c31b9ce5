import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configSchema } from '#src/config/schema.ts';
import { loadServiceRegistry } from '#src/config/service-registry.ts';
import { envExample } from '../../scripts/env-example.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('the files at the top', () => {
  it('.env.example names every variable (else: node scripts/env-example.ts)', () => {
    expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toBe(envExample());
  });

  it('service_registry.json knows the services of the demo', () => {
    const services = loadServiceRegistry(join(ROOT, 'service_registry.json'), true);
    expect([...services.keys()]).toEqual(['weather-app1', 'mongo-api-service']);
    expect(services.get('weather-app1')?.repo_path).toBe(
      join(ROOT, '.incident/demo/repos/weather-app1'),
    );
  });

  it('incident.config.json is one that the program reads', () => {
    const text = readFileSync(join(ROOT, 'incident.config.json'), 'utf8');
    expect(configSchema.parse(JSON.parse(text)).serviceRegistry).toBe('service_registry.json');
  });
});
