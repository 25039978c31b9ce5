import { constants, setPriority } from 'node:os';
import type { InvestigationWork } from '#src/app.ts';
import type { Command } from '#src/commands/contract.ts';
import { IncidentError, messageOf } from '#src/domain/errors.ts';

/**
 * `incident work`: one investigation for the daemon, which starts it and talks to it over standard
 * input and output. Not meant for people. It ends when its input does.
 */
export const command: Command = {
  options: [],
  async run(_input, { app, output, stdin, signal }) {
    const gone = new AbortController();
    const wanted = await firstLine(stdin, gone);
    if (wanted === null) return 2;
    yieldToOthers();
    const both = AbortSignal.any([signal, gone.signal]);
    const say = (line: unknown): Promise<void> => output.write(`${JSON.stringify(line)}\n`);
    try {
      const result = await app.investigateFor(
        JSON.parse(wanted) as InvestigationWork,
        both,
        (step) => void say({ step }),
      );
      await say({ result });
    } catch (error) {
      const exitCode = error instanceof IncidentError ? error.exitCode : 1;
      await say({ error: { message: messageOf(error), exitCode } });
    }
    return 0;
  },
};

/** Alerts are taken in first: this work may wait for a processor. */
function yieldToOthers(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here; then it is as it is.
  }
}

/** The first line; what comes after is read on, and its end aborts. */
function firstLine(
  stdin: AsyncIterable<Uint8Array>,
  gone: AbortController,
): Promise<string | null> {
  return new Promise((resolve) => {
    const read = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      let isFound = false;
      for await (const chunk of stdin) {
        if (isFound) continue;
        chunks.push(Buffer.from(chunk));
        if (!chunk.includes(10)) continue;
        isFound = true;
        const text = Buffer.concat(chunks).toString('utf8');
        resolve(text.slice(0, text.indexOf('\n')));
      }
    };
    read()
      .catch(() => {})
      .finally(() => {
        resolve(null);
        gone.abort(new Error('the daemon is gone'));
      });
  });
}
