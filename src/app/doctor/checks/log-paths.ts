import { existsSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import type { Check, Finding } from '#src/app/doctor/contract.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import type { Service } from '#src/domain/service.ts';
import { reasonOfFs } from '#src/platform/json-file.ts';

/** Whether the log files of the registry are there and can be read. */
export const logPaths: Check = {
  id: 'log-paths',
  limitMs: 10_000,
  run: async ({ services, registryFile }) => {
    const named = [...services().values()].filter((service) => pathsOf(service).length > 0);
    if (named.length === 0) {
      const mend = `Add log_paths to ${registryFile}.`;
      return [{ status: 'off', what: 'no service has log_paths', mend }];
    }
    return (await Promise.all(named.map(lookAt))).flat();
  },
};

function pathsOf({ log_paths }: Service): string[] {
  return Object.values(log_paths ?? {}).flatMap((paths) => paths ?? []);
}

/** Of a service that logs elsewhere, a log of errors need not be there before the first error. */
async function lookAt(service: Service): Promise<Finding[]> {
  const errors = new Set([service.log_paths?.error ?? []].flat());
  const paths = pathsOf(service);
  const others = paths.filter((path) => !errors.has(path));
  const hasOther = others.some((path) => existsSync(path));
  return Promise.all(
    paths.map(async (path) =>
      hasOther && errors.has(path) && !existsSync(path)
        ? { status: 'note', what: `${service.name}: ${path} is not there yet: no error so far` }
        : look(service.name, path),
    ),
  );
}

async function look(service: string, path: string): Promise<Finding> {
  try {
    await access(path, constants.R_OK);
    const info = await stat(path);
    if (info.isDirectory()) {
      const mend = 'Name the files in log_paths.';
      return { status: 'bad', what: `${service}: ${path} is a folder`, mend };
    }
    if (info.size === 0) return { status: 'note', what: `${service}: ${path} is empty` };
    return { status: 'good', what: `${service}: ${path} (${formatQuantity(info.size, 'bytes')})` };
  } catch (error) {
    return {
      status: 'bad',
      what: `${service}: ${path}: ${reasonOfFs(error)}`,
      mend: mendOf(error, path),
    };
  }
}

function mendOf(error: unknown, path: string): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM'
    ? `chmod a+r ${path}`
    : 'Correct log_paths, or start the service so that it writes the file.';
}
