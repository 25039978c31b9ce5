import {
  type EarlierLine,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
} from '#src/stacktrace/contract.ts';

const PLACE = /^(\S.{0,1000}\.(?:go|s)):(\d{1,9}) \(0x[0-9a-f]{1,16}\)$/;
const FUNCTION = /^((?:\(\*?[\w.]{1,100}\)|[\w.·-]{1,200})(?:\.[\w.·-]{1,200})?): /;

/** `/app/orders.go:31 (0x8f2b1c)`, the first line of a frame of gin's recovery and of go-errors. */
export function isSourcePlace(text: string): boolean {
  return PLACE.test(text);
}

/**
 * The stack that gin's recovery and go-errors print: the place first, then the bare name of the
 * function and its source line. The panic's message stands on the line before.
 */
export class SourceFrames {
  readonly #trace: ParsedTrace;
  #place: ParsedFrame | null = null;

  constructor(earlier: readonly EarlierLine[]) {
    const own = earlier.filter((line) => line.text.trim() !== '');
    const message = own.findLast((line) => !line.isRecord)?.text.trim() ?? '';
    const isPanic =
      earlier.slice(-24).some(({ text }) => /panic/i.test(text)) ||
      /^runtime error: /.test(message);
    const named = /^(\*?[\w.]{1,100}) (.*)$/.exec(message);
    this.#trace =
      isPanic || !named?.[1]?.includes('.')
        ? newTrace('go', isPanic ? 'panic' : 'error', message)
        : newTrace('go', named[1], named[2] ?? '');
  }

  read(text: string): 'taken' | 'foreign' {
    const place = PLACE.exec(text);
    if (place) {
      this.#place = {
        file: place[1] ?? '',
        line: Number(place[2]),
        column: null,
        function: '<unknown>',
      };
      pushFrame(this.#trace.frames, this.#place);
      return 'taken';
    }
    const name = this.#place && FUNCTION.exec(text)?.[1];
    if (!name || !this.#place) return 'foreign';
    this.#place.function = name;
    this.#place.source = text.slice(name.length + 2, name.length + 402);
    this.#place = null;
    return 'taken';
  }

  finish(): ParsedTrace[] {
    return [this.#trace];
  }
}
