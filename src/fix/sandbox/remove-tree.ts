import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes a folder that commands have written in, with folders that they have closed (Go's module
 * cache is read-only). Follows no link.
 */
export async function removeTree(dir: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  try {
    await rm(dir, options);
  } catch {
    await openFolders(dir);
    await rm(dir, options);
  }
}

async function openFolders(top: string): Promise<void> {
  const folders = [top];
  for (let at = 0; at < folders.length; at++) {
    const folder = folders[at] ?? top;
    await chmod(folder, 0o700).catch(() => {});
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    // An entry that is a link is no folder here, so nothing outside is opened.
    for (const entry of entries) if (entry.isDirectory()) folders.push(join(folder, entry.name));
  }
}
