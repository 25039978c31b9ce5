import type { LokiClient, LokiLine } from '#src/evidence/sources/loki/client.ts';

const PAGE = 1000;
const MAX_BYTES = 48 * 1024 * 1024;
/** Where there is too much, this many parts of the time are looked into. */
const SLICES = 6;

export type LinesRequest = {
  query: string;
  /** Nanoseconds since the epoch; the end is excluded. */
  start: bigint;
  end: bigint;
  limit: number;
  /** `edges`: the first lines and the last; `spread`: some of every part of the time. */
  keep: 'edges' | 'spread';
};

/**
 * Lines of a query, oldest first, at most `limit`. All of them where they fit; else the last, and
 * of the time before them the first ones or some of every part. @throws UpstreamError
 */
export async function readLines(
  client: LokiClient,
  request: LinesRequest,
  signal: AbortSignal,
): Promise<{ lines: LokiLine[]; isCut: boolean }> {
  const { query, start, end, limit, keep } = request;
  const all = await readPages(client, { query, start, end, limit: Math.ceil(limit / 2) }, signal);
  if (!all.isCut) return all;
  const from = all.lines[0]?.at ?? end;
  const rest = limit - all.lines.length;
  const lines: LokiLine[] = [];
  if (keep === 'edges') {
    const forward = { query, start, end: from, limit: rest, direction: 'forward' as const };
    const first = await readPages(client, forward, signal);
    lines.push(...first.lines);
    if (!first.isCut) return { lines: [...lines, ...all.lines], isCut: false };
  } else {
    const width = (from - start) / BigInt(SLICES) + 1n;
    const share = Math.max(1, Math.floor(rest / SLICES));
    for (let at = start; at < from && !signal.aborted; at += width) {
      const to = at + width < from ? at + width : from;
      const slice = await readPages(client, { query, start: at, end: to, limit: share }, signal);
      lines.push(...slice.lines);
    }
  }
  return { lines: [...lines, ...all.lines], isCut: true };
}

type PagesRequest = Omit<LinesRequest, 'keep'> & { direction?: 'forward' | 'backward' };

/** Page after page from one end of the time, until there is no more or the limit is reached. */
async function readPages(
  client: LokiClient,
  { query, start, end, limit, direction = 'backward' }: PagesRequest,
  signal: AbortSignal,
): Promise<{ lines: LokiLine[]; isCut: boolean }> {
  const lines: LokiLine[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  let from = start;
  let to = end;
  for (;;) {
    const size = Math.min(PAGE, limit - lines.length);
    const page = await client.lines(query, from, to, size, direction);
    const fresh = page.filter((line) => !seen.has(keyOf(line)));
    for (const line of fresh.slice(0, limit - lines.length)) {
      seen.add(keyOf(line));
      bytes += line.line.length;
      lines.push(line);
    }
    const isFull = lines.length >= limit || bytes >= MAX_BYTES;
    const isEnd = page.length < size;
    if (isEnd || isFull || signal.aborted) {
      lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      return { lines, isCut: !isEnd };
    }
    const left = leftBehind(page, { from, to }, direction, fresh.length === 0);
    if (left.from >= left.to) return { lines, isCut: false };
    ({ from, to } = left);
  }
}

/**
 * The time that is still to be read. The last nanosecond of a page is asked for again, since the
 * page may have ended inside it; one that fills a page by itself is left behind.
 */
function leftBehind(
  page: readonly LokiLine[],
  span: { from: bigint; to: bigint },
  direction: 'forward' | 'backward',
  isStuck: boolean,
): { from: bigint; to: bigint } {
  let { from, to } = span;
  if (direction === 'backward') {
    for (const { at } of page) if (at < to) to = at;
    return { from, to: isStuck ? to : to + 1n };
  }
  for (const { at } of page) if (at > from) from = at;
  return { from: isStuck ? from + 1n : from, to };
}

const keyOf = (line: LokiLine): string =>
  `${line.at}\0${JSON.stringify(line.labels)}\0${line.line}`;
