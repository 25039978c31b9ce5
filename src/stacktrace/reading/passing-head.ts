import { looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';

/**
 * Remembers that a line between the lines of a trace named another exception. Frames that follow
 * right after it are that other one's. When the line was a whole log record, which may just have
 * mentioned an exception, any further record in between makes it forgotten.
 */
export class PassingHead {
  #isSet = false;
  #isRecord = false;

  get isSet(): boolean {
    return this.#isSet;
  }

  /** @param isHead whether the line names an exception */
  see(line: string, isHead: boolean): void {
    const isRecord = looksLikeRecord(line.trimStart());
    if (isHead) {
      this.#isSet = true;
      this.#isRecord = isRecord;
    } else if (isRecord && this.#isRecord) this.#isSet = false;
  }
}
