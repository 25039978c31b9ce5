import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { InputError, UsageError } from '#src/domain/errors.ts';
import {
  type Service,
  type ServiceEntry,
  type ServiceRegistry,
  serviceEntrySchema,
} from '#src/domain/service.ts';
import { checkSchema, readJsonFile } from '#src/platform/json-file.ts';
import { nearestNames } from '#src/platform/nearest.ts';

/**
 * Reads `service_registry.json`. Keys that begin with `_`, and `$schema`, are no services. Relative paths become
 * absolute, from the registry file's folder. A file that does not exist is an empty registry,
 * unless it was asked for by name.
 * @throws InputError that names file, service, key and what was expected
 */
export function loadServiceRegistry(path: string, mustExist: boolean): ServiceRegistry {
  if (!mustExist && !existsSync(path)) return new Map();
  const content = readJsonFile(path);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new InputError('expected an object from service name to entry', { where: path });
  }
  const services = new Map<string, Service>();
  for (const [name, value] of Object.entries(content)) {
    if (name.startsWith('_') || name === '$schema') continue;
    const entry = checkSchema(serviceEntrySchema, value, `${path}: ${name}`);
    services.set(name, { name, ...withAbsolutePaths(entry, dirname(path)) });
  }
  return services;
}

function withAbsolutePaths(entry: ServiceEntry, base: string): ServiceEntry {
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(base, path));
  const each = (paths: string | string[]): string | string[] =>
    Array.isArray(paths) ? paths.map(absolute) : absolute(paths);
  const result: ServiceEntry = { ...entry };
  if (entry.repo_path !== undefined) result.repo_path = absolute(entry.repo_path);
  if (entry.runbook !== undefined && !/^https?:/.test(entry.runbook)) {
    result.runbook = absolute(entry.runbook);
  }
  if (entry.log_paths) {
    result.log_paths = {};
    for (const kind of ['service', 'error', 'api'] as const) {
      const paths = entry.log_paths[kind];
      if (paths !== undefined) result.log_paths[kind] = each(paths);
    }
  }
  return result;
}

/** A service by name. @throws UsageError with the nearest names when there is none */
export function requireService(services: ServiceRegistry, name: string, where: string): Service {
  const service = services.get(name);
  if (service) return service;
  const nearest = nearestNames(name, services.keys());
  throw new UsageError(`unknown service "${name}"`, {
    where,
    hint:
      nearest.length > 0
        ? `Did you mean ${nearest.join(', ')}? "incident services" lists all.`
        : services.size > 0
          ? `Known: ${[...services.keys()].slice(0, 5).join(', ')}.`
          : 'The registry has no services yet; add an entry under this name.',
  });
}
