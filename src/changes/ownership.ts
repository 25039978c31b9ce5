import type { Commit } from '#src/domain/bundle.ts';

/** Folders that hold services next to each other, and folders that many services share. */
const SHARED =
  /^(?:libs?|shared|common|packages|pkg|core|internal|vendor|proto|protos|schemas?|platform|util|utils)$/i;

/**
 * The services that a commit belongs to: the one it names, else those whose names stand in the
 * paths of its files (`services/orders/…`, `apps/orders-api/…`, `deploy/orders.yaml`).
 * @returns names out of `services`; empty when the commit names none, so that it may be any
 */
export function servicesOfCommit(commit: Commit, services: readonly string[]): string[] {
  if (commit.service !== undefined && commit.service !== '') {
    const exact = services.find((name) => name === commit.service);
    return [
      exact ?? services.find((name) => isSameName(name, commit.service ?? '')) ?? commit.service,
    ];
  }
  if (services.length === 1) return [...services];
  const found = new Set<string>();
  for (const file of commit.files.length > 0 ? commit.files : filesOfDiff(commit.diff)) {
    const parts = file.split('/');
    for (const name of services) {
      const inFolder = parts.slice(0, -1).some((part) => isSameName(part, name));
      const inFile = isSameName((parts.at(-1) ?? '').replace(/\..*$/, ''), name);
      if (inFolder || inFile) found.add(name);
    }
  }
  return [...found].sort();
}

/** Whether a commit changes what several services are built from. */
export function touchesShared(commit: Commit): boolean {
  return commit.files.some((file) =>
    file
      .split('/')
      .slice(0, -1)
      .some((part) => SHARED.test(part)),
  );
}

/** `orders`, `orders-service` and `OrdersSvc` are one. */
export function isSameName(a: string, b: string): boolean {
  const [x, y] = [plain(a), plain(b)];
  return x !== '' && x === y;
}

function plain(name: string): string {
  const joined = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return joined.replace(/(?:service|svc|app|api|server)$/, '') || joined;
}

function filesOfDiff(diff: string | null): string[] {
  return Array.from(
    (diff ?? '').matchAll(/^\+\+\+ (?:b\/)?([^\t\n]{1,400})/gm),
    (match) => match[1] ?? '',
  );
}
