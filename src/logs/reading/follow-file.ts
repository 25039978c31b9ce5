import { open, stat } from 'node:fs/promises';
import { LineSplitter } from './line-splitter.ts';

const BLOCK = 1 << 20;

/**
 * Reads what is appended to a file, poll by poll. Notices rotation (another file under the name) and
 * truncation, and then begins anew; a missing file is an empty one. One object, one file.
 */
export class FileFollower {
  readonly #path: string;
  #inode = -1;
  #offset: number;
  #lines: string[] = [];
  #splitter: LineSplitter;

  /** @param from offset in bytes; `end` to see only what comes from now on, with the first poll */
  constructor(path: string, from: number | 'end' = 0) {
    this.#path = path;
    this.#offset = from === 'end' ? -1 : from;
    this.#splitter = this.#newSplitter();
  }

  /** The whole lines that have come since the last poll, at most `maxBytes` of them at once. */
  async poll(maxBytes = 64 * BLOCK): Promise<string[]> {
    const found = await stat(this.#path).catch(() => null);
    if (!found) return [];
    const replaced = this.#inode >= 0 && found.ino !== this.#inode;
    this.#inode = found.ino;
    if (this.#offset < 0) this.#offset = found.size;
    if (replaced || found.size < this.#offset) {
      this.#splitter.end();
      this.#splitter = this.#newSplitter();
      this.#offset = 0;
    }
    await this.#read(Math.min(found.size, this.#offset + maxBytes));
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  async #read(to: number): Promise<void> {
    if (to <= this.#offset) return;
    const file = await open(this.#path, 'r');
    try {
      while (this.#offset < to) {
        const block = Buffer.allocUnsafe(Math.min(BLOCK, to - this.#offset));
        const { bytesRead } = await file.read(block, 0, block.length, this.#offset);
        if (bytesRead === 0) return;
        this.#splitter.push(block.subarray(0, bytesRead));
        this.#offset += bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  #newSplitter(): LineSplitter {
    return new LineSplitter((bytes, start, end) =>
      this.#lines.push(bytes.toString('utf8', start, end)),
    );
  }
}
