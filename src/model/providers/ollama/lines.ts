import { ModelOutputError } from '#src/model/errors.ts';

/**
 * Passes on whole lines of JSON only. The client library prints lines that do not parse, and looks
 * through all it has kept for every piece that comes; with whole lines it does neither.
 */
export function jsonLines(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let pieces: string[] = [];

  const send = (
    line: string,
    controller: TransformStreamDefaultController<Uint8Array>,
    isLast: boolean,
  ): void => {
    if (line.trim() === '') return;
    try {
      JSON.parse(line);
    } catch {
      // The beginning of an object at the end is a cut: the library misses the closing message.
      const isCut = isLast && line.trimStart().startsWith('{');
      const failure = new ModelOutputError('the server did not answer with JSON', { text: line });
      if (!isCut) controller.error(failure);
      return;
    }
    controller.enqueue(encoder.encode(`${line}\n`));
  };

  return new TransformStream({
    transform: (chunk, controller) => {
      const parts = decoder.decode(chunk, { stream: true }).split('\n');
      if (parts.length > 1) {
        send(pieces.join('') + parts[0], controller, false);
        pieces = [];
        for (const line of parts.slice(1, -1)) send(line, controller, false);
      }
      pieces.push(parts.at(-1) ?? '');
    },
    flush: (controller) => send(pieces.join('') + decoder.decode(), controller, true),
  });
}
