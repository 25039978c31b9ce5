import type { Check, Finding } from '#src/app/doctor/contract.ts';
import { nearestNames } from '#src/platform/nearest.ts';

/** The services that are known, and whether they name each other rightly. */
export const registry: Check = {
  id: 'registry',
  limitMs: 5000,
  run: async ({ services: read, registryFile }) => {
    const services = read();
    if (services.size === 0) {
      return [
        {
          status: 'off',
          what: `no services in ${registryFile}`,
          mend: 'Add them to service_registry.json; only the name is required.',
        },
      ];
    }
    const findings: Finding[] = [];
    for (const { name, depends_on, timezone } of services.values()) {
      for (const other of depends_on ?? []) {
        if (services.has(other)) continue;
        const [near] = nearestNames(other, services.keys());
        findings.push({
          status: 'note',
          what: `${name} depends on "${other}", which is no entry`,
          mend: near
            ? `Did you mean ${near}? Correct depends_on in ${registryFile}.`
            : `Add an entry "${other}" to ${registryFile}.`,
        });
      }
      if (timezone !== undefined && !isTimeZone(timezone)) {
        findings.push({
          status: 'bad',
          what: `${name}: no time zone is named "${timezone}"`,
          mend: `Correct timezone in ${registryFile}, e.g. "Europe/Berlin".`,
        });
      }
    }
    return [{ status: 'good', what: `${services.size} services in ${registryFile}` }, ...findings];
  },
};

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
