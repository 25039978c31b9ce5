import { ModelOutputError } from '#src/model/errors.ts';
import { errorText } from '#src/model/providers/ollama/error-text.ts';

/**
 * Passes on whole lines of JSON only. The client library prints lines that do not parse, and looks
 * through all it has kept for every piece that comes; with whole lines it does neither. It takes
 * the `error` of a line for text, so it gets one.
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
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      // The beginning of an object at the end is a cut: the library misses the closing message.
      const isCut = isLast && line.trimStart().startsWith('{');
      const failure = new ModelOutputError('the server did not answer with JSON', { text: line });
      if (!isCut) controller.error(failure);
      return;
    }
    const shown = isStructuredError(value)
      ? JSON.stringify({ error: errorText(value.error) })
      : line;
    controller.enqueue(encoder.encode(`${shown}\n`));
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

function isStructuredError(value: unknown): value is { error: object } {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  return typeof value.error === 'object' && value.error !== null;
}
