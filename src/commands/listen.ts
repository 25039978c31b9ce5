import type { Command, CommandContext, CommandInput } from '#src/commands/contract.ts';
import type { LogLevel } from '#src/platform/logger.ts';

/** `incident listen`: takes alerts in until it is told to stop. */
export const command: Command = {
  options: [
    { flags: '--host <address>', about: 'address to listen on', configKey: 'listen.host' },
    { flags: '--port <number>', about: 'port to listen on (0: any)', configKey: 'listen.port' },
    {
      flags: '--concurrency <number>',
      about: 'investigations at a time',
      configKey: 'listen.concurrency',
    },
    {
      flags: '--log-file <file>',
      about: 'also write the log here, rotated by size',
      configKey: 'listen.logFile',
    },
  ],
  examples: [
    'incident listen',
    'INCIDENT_TOKEN=… incident listen --host 0.0.0.0 --log-file logs/incident.log',
  ],
  async run(input, context) {
    const { app, say, signal, output, isJson } = context;
    const listening = await app.listen(logOptions(input, context));
    try {
      if (isJson) {
        const { url, tokenFile } = listening;
        await output.write(`${JSON.stringify({ url, tokenFile })}\n`);
      } else {
        const token = listening.tokenFile ? `; the token is in ${listening.tokenFile}` : '';
        say(`listening on ${listening.url}/alerts${token}`);
      }
      await untilAborted(signal);
    } finally {
      await listening.stop();
    }
    return 0;
  },
};

/** How a command that runs for long logs: for people on a terminal, for machines else. */
export function logOptions(
  input: CommandInput,
  { isVerbose }: CommandContext,
): { level: LogLevel; format: 'text' | 'json'; write(line: string): void } {
  const isQuiet = input.options.quiet === true;
  return {
    level: isVerbose ? 'debug' : isQuiet ? 'error' : 'info',
    format: process.stderr.isTTY ? 'text' : 'json',
    write: (line) => void process.stderr.write(line),
  };
}

/** Resolves when a signal came. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
