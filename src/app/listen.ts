import { resolve } from 'node:path';
import { composeDaemon, type DaemonWiring } from '#src/app/daemon-parts.ts';
import { openLogFile } from '#src/daemon/log-file.ts';
import { InputError } from '#src/domain/errors.ts';
import { reasonOfFs } from '#src/platform/json-file.ts';
import { createLogger, type Logger, type LogLevel } from '#src/platform/logger.ts';

export type ListenOptions = {
  level: LogLevel;
  /** Lines for people on a terminal, documents for log shippers else. */
  format: 'text' | 'json';
  /** Where log lines go, beside the log file. */
  write(line: string): void;
};

/** A daemon that runs. */
export type Listening = {
  url: string;
  tokenFile: string | null;
  stop(): Promise<void>;
};

/** Starts `incident listen`. @throws StoreError, UsageError or InputError when it cannot start */
export async function startListening(
  wiring: Omit<DaemonWiring, 'logger' | 'role'>,
  options: ListenOptions,
): Promise<Listening> {
  const log = openLog(wiring, options);
  const composed = composeDaemon({ ...wiring, logger: log.logger, role: 'listen' });
  try {
    const { url } = await composed.daemon.start();
    log.logger.info('listening', { url });
    return {
      url: url ?? '',
      tokenFile: composed.tokenFile,
      stop: async () => {
        await composed.stop();
        log.close();
      },
    };
  } catch (error) {
    await composed.stop();
    log.close();
    throw error;
  }
}

/** The daemon's log: as the terminal wants it, and as documents in the log file. */
export function openLog(
  { loaded, clock }: Pick<DaemonWiring, 'loaded' | 'clock'>,
  { level, format, write }: ListenOptions,
): { logger: Logger; close(): void } {
  const { logFile, logMaxBytes, logKeep } = loaded.config.listen;
  const shown = createLogger({ level, format, write, now: clock.now });
  if (logFile === undefined) return { logger: shown, close: () => {} };
  const path = resolve(loaded.baseDir, logFile);
  const file = openFile(path, logMaxBytes, logKeep);
  const kept = createLogger({
    level: level === 'debug' ? 'debug' : 'info',
    format: 'json',
    write: file.write,
    now: clock.now,
  });
  const both =
    (name: keyof Logger): Logger['info'] =>
    (message, facts) => {
      shown[name](message, facts);
      kept[name](message, facts);
    };
  return {
    logger: { debug: both('debug'), info: both('info'), warn: both('warn'), error: both('error') },
    close: file.close,
  };
}

function openFile(path: string, maxBytes: number, keep: number): ReturnType<typeof openLogFile> {
  try {
    return openLogFile({ path, maxBytes, keep });
  } catch (error) {
    throw new InputError(`the log file cannot be written (${reasonOfFs(error)})`, {
      where: path,
      hint: 'Make its folder, or give another --log-file.',
      cause: error,
    });
  }
}
