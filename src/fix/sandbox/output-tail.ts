/** What was kept of a command's output. */
export type KeptOutput = { text: string; droppedBytes: number };

/**
 * Keeps the beginning and the end of a stream of bytes, however long it is, in bounded memory.
 * @param maxBytes that are kept: a quarter of them from the beginning
 */
export function createOutputTail(maxBytes: number): {
  add(chunk: Buffer): void;
  kept(): KeptOutput;
} {
  const headRoom = Math.floor(maxBytes / 4);
  const tailRoom = maxBytes - headRoom;
  const head: Buffer[] = [];
  let headSize = 0;
  let tail: Buffer[] = [];
  let tailSize = 0;
  let total = 0;
  return {
    add: (chunk) => {
      total += chunk.length;
      const toHead = chunk.subarray(0, headRoom - headSize);
      if (toHead.length > 0) {
        head.push(Buffer.from(toHead));
        headSize += toHead.length;
      }
      const rest = chunk.subarray(toHead.length);
      if (rest.length === 0) return;
      // Copied, so that a part of a large chunk does not keep the whole chunk alive.
      tail.push(Buffer.from(rest.subarray(Math.max(0, rest.length - tailRoom))));
      tailSize += Math.min(rest.length, tailRoom);
      if (tailSize > 2 * tailRoom || tail.length > 4096) {
        tail = [Buffer.from(Buffer.concat(tail).subarray(-tailRoom))];
        tailSize = tail[0]?.length ?? 0;
      }
    },
    kept: () => {
      const end = tailRoom === 0 ? Buffer.alloc(0) : Buffer.concat(tail).subarray(-tailRoom);
      const droppedBytes = total - headSize - end.length;
      const gap = droppedBytes > 0 ? `\n[… ${droppedBytes} bytes left out …]\n` : '';
      const text = Buffer.concat(head).toString('utf8') + gap + end.toString('utf8');
      return { text, droppedBytes };
    },
  };
}
