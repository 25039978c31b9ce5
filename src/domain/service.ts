import { z } from 'zod';

const urlText = z.url({ protocol: /^https?$/ });
const matchers = z.record(z.string(), z.string());
const stringOrList = z.union([z.string(), z.array(z.string())]);

/**
 * An entry of `service_registry.json`. Only the name (its key) is required; every field widens
 * what can be found. Relative paths are relative to the registry file.
 */
export const serviceEntrySchema = z.strictObject({
  /** Answers 2xx while the service is fine. */
  health_url: urlText.optional(),
  /** A Prometheus text page, scraped directly where no Prometheus answers. */
  metrics_url: urlText.optional(),
  /** Log files by what they hold. */
  log_paths: z
    .strictObject({
      service: stringOrList.optional(),
      error: stringOrList.optional(),
      api: stringOrList.optional(),
    })
    .optional(),
  /** A git working tree. */
  repo_path: z.string().optional(),
  /** Path prefix in the container or build → path in the repository. */
  path_map: z.record(z.string(), z.string()).optional(),
  language: z.string().optional(),
  /** `owner/name` at the code host. */
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'expected "owner/name"')
    .optional(),
  base_branch: z.string().optional(),
  /** Names of services that this one calls. */
  depends_on: z.array(z.string()).optional(),
  build_command: z.string().optional(),
  test_command: z.string().optional(),
  /** URL or path of the runbook. */
  runbook: z.string().optional(),
  owner: z.string().optional(),
  reviewers: z.array(z.string()).optional(),
  /** IANA zone of the times in the logs, for lines that do not name one. */
  timezone: z.string().optional(),
  /** Label matchers that find this service, where its name is not the label's value. */
  selectors: z
    .strictObject({ prometheus: matchers.optional(), loki: matchers.optional() })
    .optional(),
});
export type ServiceEntry = z.infer<typeof serviceEntrySchema>;

/** A service of the registry under its name. */
export type Service = ServiceEntry & { name: string };

/** Service name → entry; keys that begin with `_` are comments. */
export type ServiceRegistry = ReadonlyMap<string, Service>;

/** The services that `name` calls, directly. */
export function dependenciesOf(services: Iterable<Service>, name: string): string[] {
  for (const service of services) if (service.name === name) return service.depends_on ?? [];
  return [];
}

/** The services that call `name`, directly. */
export function dependentsOf(services: Iterable<Service>, name: string): string[] {
  const found: string[] = [];
  for (const service of services) if (service.depends_on?.includes(name)) found.push(service.name);
  return found;
}
