import { formatTime } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Talk for people and machines, always on stderr: a fixed message plus facts. */
export type Logger = {
  debug(message: string, facts?: Record<string, unknown>): void;
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
};

/**
 * @param options.level the least level that is written
 * @param options.write takes a line with its newline; stderr if not given
 * @param options.format `text` for people, `json` for log shippers
 */
export function createLogger(options: {
  level: LogLevel;
  write?: (line: string) => void;
  format?: 'text' | 'json';
  now?: () => number;
}): Logger {
  const write = options.write ?? ((line) => void process.stderr.write(line));
  const now = options.now ?? Date.now;
  const least = LOG_LEVELS.indexOf(options.level);
  const at =
    (level: Exclude<LogLevel, 'silent'>) =>
    (message: string, facts: Record<string, unknown> = {}): void => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const line =
        options.format === 'json'
          ? JSON.stringify({ time: formatTime(now()), level, message, ...facts })
          : textLine(level, message, facts);
      write(`${line}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A logger that says nothing. */
export const silentLogger: Logger = createLogger({ level: 'silent' });

function textLine(level: string, message: string, facts: Record<string, unknown>): string {
  const pairs = Object.entries(facts).map(
    ([key, value]) =>
      `${key}=${typeof value === 'string' ? oneLine(value) : JSON.stringify(value)}`,
  );
  return [`${level}:`, message, ...pairs].join(' ');
}
