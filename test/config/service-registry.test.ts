import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadServiceRegistry, requireService } from '#src/config/service-registry.ts';
import { InputError, UsageError } from '#src/domain/errors.ts';
import { tempDir } from '../helpers/temp-dir.ts';

function registry(content: unknown): string {
  const path = join(tempDir(), 'service_registry.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('service registry', () => {
  it('reads the plainest entry and passes over comments', () => {
    const path = registry({
      $schema: './docs/schema/service-registry.schema.json',
      _comment: 'who runs here',
      shop: {
        health_url: 'http://localhost:8000/',
        log_paths: {
          service: 'logs/service.log',
          error: 'logs/error.log',
          api: '/var/log/api.log',
        },
        repo_path: '../shop',
        language: 'python',
      },
    });
    const services = loadServiceRegistry(path, true);
    expect([...services.keys()]).toEqual(['shop']);
    const shop = services.get('shop');
    expect(shop?.repo_path).toBe(join(path, '..', '..', 'shop'));
    expect(shop?.log_paths?.api).toBe('/var/log/api.log');
    expect(shop?.log_paths?.service).toBe(join(path, '..', 'logs/service.log'));
  });

  it('is empty where there is no file, unless one was asked for', () => {
    const path = join(tempDir(), 'none.json');
    expect(loadServiceRegistry(path, false).size).toBe(0);
    expect(() => loadServiceRegistry(path, true)).toThrow(InputError);
  });

  it.each([
    [{ shop: { health_url: 5 } }, /shop/, /health_url.*expected/i],
    [{ shop: { log_paths: 'x.log' } }, /shop/, /log_paths.*expected object/i],
    [{ shop: { helth_url: 'http://x' } }, /shop/, /helth_url/],
    [{ shop: null }, /shop/, /expected object/i],
    ['[1]', /service_registry\.json/, /expected an object/],
  ])('says file, key and what was expected: %j', (content, where, message) => {
    const path = registry(content);
    try {
      loadServiceRegistry(path, true);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).where).toMatch(where);
      expect((error as InputError).message).toMatch(message);
    }
  });

  it('offers the nearest names for an unknown one', () => {
    const services = new Map(
      ['weather-app1', 'mongo-api-service', 'billing'].map((name) => [name, { name }]),
    );
    expect(() => requireService(services, 'wether-app', '--service')).toThrow(UsageError);
    try {
      requireService(services, 'wether-app', '--service');
    } catch (error) {
      expect((error as UsageError).hint).toContain('weather-app1');
      expect((error as UsageError).hint).not.toContain('billing');
    }
  });
});
