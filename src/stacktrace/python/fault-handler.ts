import {
  type EarlierLine,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
} from '#src/stacktrace/contract.ts';

const FRAME = /^\s*File "([^"\n]{1,1024})", line (\d{1,9}) in (\S.{0,511})$/;
const THREAD = /^(Current thread|Thread) 0x[0-9a-f]{4,16} .{0,80}\(most recent call first\):$/;
const FATAL = /Fatal Python error: ([^:]{1,200})(?:: (.{1,1000}))?$/;

/** A frame of `faulthandler`: without the comma before `in`, the innermost first. */
export function faultFrame(line: string): ParsedFrame | null {
  const match = FRAME.exec(line);
  return (
    match && {
      file: match[1] ?? '',
      line: Number(match[2]),
      column: null,
      function: match[3] ?? '',
    }
  );
}

/** The dump that `faulthandler` writes when the interpreter crashes, e.g. by a segmentation fault. */
export class FaultDump {
  readonly #head: { type: string; message: string };
  #threads: { isCurrent: boolean; frames: ParsedFrame[] }[];

  constructor(earlier: readonly EarlierLine[]) {
    const lines = earlier.slice(-12).map(({ text }) => FATAL.exec(text.trim()));
    const fatal = lines.findLast((match) => match !== null);
    this.#head = {
      type: 'Fatal Python error',
      message: fatal ? [fatal[1], fatal[2]].filter(Boolean).join(': ') : '',
    };
    const isCurrent = earlier
      .slice(-3)
      .some(({ text }) => text.trim().startsWith('Current thread'));
    this.#threads = [{ isCurrent, frames: [] }];
  }

  read(line: string): 'taken' | 'foreign' {
    const frame = faultFrame(line);
    if (frame) pushFrame(this.#threads.at(-1)?.frames ?? [], frame);
    const thread = THREAD.exec(line.trim());
    if (thread && this.#threads.length < 256) {
      this.#threads.push({ isCurrent: thread[1] === 'Current thread', frames: [] });
    }
    return frame || thread || line.trim() === '' ? 'taken' : 'foreign';
  }

  /** Only the thread that crashed tells of the fault. */
  finish(): ParsedTrace[] {
    const crashed = this.#threads.find((thread) => thread.isCurrent) ?? this.#threads[0];
    const trace = newTrace('python', this.#head.type, this.#head.message);
    trace.frames = crashed?.frames ?? [];
    return [trace];
  }
}
