import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

export type LogFileOptions = {
  path: string;
  /** The file is put aside before it grows beyond this. */
  maxBytes: number;
  /** Files put aside (`path.1` is the newest) that are kept. */
  keep: number;
};

export type LogFile = { write(line: string): void; close(): void };

/**
 * A log file that is rotated by size, readable by its owner's group too, for the log shipper. A
 * line that cannot be written is lost: logging must not keep the work from being done.
 * @throws Error when the file cannot be opened at first
 */
export function openLogFile({ path, maxBytes, keep }: LogFileOptions): LogFile {
  let file: number | null = openSync(path, 'a', 0o640);
  let size = fstatSync(file).size;

  const rotate = (): void => {
    if (file !== null) closeSync(file);
    file = null;
    size = 0;
    rmSync(`${path}.${keep}`, { force: true });
    for (let number = keep - 1; number >= 1; number--) {
      moveIfThere(`${path}.${number}`, `${path}.${number + 1}`);
    }
    // Somebody may have taken it away; then there is nothing to put aside.
    if (keep > 0) moveIfThere(path, `${path}.1`);
    else rmSync(path, { force: true });
  };

  const reopen = (): number => {
    file ??= openSync(path, 'a', 0o640);
    return file;
  };

  return {
    write: (line) => {
      const bytes = Buffer.from(line);
      try {
        if (size > 0 && size + bytes.length > maxBytes) rotate();
        writeSync(reopen(), bytes);
        size += bytes.length;
      } catch {
        // Full disk, folder gone: the same line is on stderr.
      }
    },
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
