import { type FileHandle, open } from 'node:fs/promises';
import { learnFormat } from '#src/evidence/sources/log-files/log-format.ts';
import { createEntryReader } from '#src/evidence/sources/log-files/read-entries.ts';
import type { ErrorEvent, ErrorReader, UnreadPart } from '#src/intake/watch/contract.ts';
import { LineSplitter } from '#src/logs/reading/line-splitter.ts';

const BLOCK = 1024 * 1024;

/** Reads the error records of a part of a log as an investigation would. */
export const readErrors: ErrorReader = async (part, { timeZone, now, most, signal }) => {
  const file = await open(part.path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    const format = await learnFormat(file, size, { timeZone, modifiedAt: mtimeMs, now });
    if (format.isBinary) return { events: [], count: 0 };
    let events: ErrorEvent[] = [];
    let count = 0;
    const reader = createEntryReader(format.parser(), {
      since: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
      isFromMiddle: part.isFromMiddle,
      undatedAt: Math.min(mtimeMs, now),
      onUndated: () => {},
      take: ({ at, text, isError }) => {
        if (!isError) return;
        count++;
        events.push({ at, text });
        if (events.length > 2 * most + 100) events = events.slice(-most);
      },
    });
    const splitter = new LineSplitter((bytes, start, end, dropped) =>
      reader.line(bytes, start, end, dropped),
    );
    await readPart(file, part, splitter, signal);
    splitter.end();
    reader.end();
    return { events: most > 0 ? events.slice(-most) : [], count };
  } finally {
    await file.close();
  }
};

async function readPart(
  file: FileHandle,
  { from, to }: UnreadPart,
  splitter: LineSplitter,
  signal: AbortSignal,
): Promise<void> {
  for (let at = from; at < to && !signal.aborted; ) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, to - at));
    const { bytesRead } = await file.read(block, 0, block.length, at);
    if (bytesRead === 0) return;
    splitter.push(block.subarray(0, bytesRead));
    at += bytesRead;
  }
}
