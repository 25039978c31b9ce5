import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type ServiceLogger = {
  info(name: string, message: string): void;
  warning(name: string, message: string): void;
  /** With the stack of the error and of its causes under the line. */
  error(name: string, message: string, error?: unknown): void;
  /** A line of the access log. */
  access(message: string): void;
};

/** `2026-01-31 09:05:07,042 ERROR weather_app.api message`, in UTC: the lines of a Python logger. */
function line(level: string, name: string, message: string): string {
  const time = new Date().toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
  return `${time} ${level} ${name} ${message}\n`;
}

/** Logs to `service.log`, `error.log` and `api.log` of a folder. Times are UTC. */
export function createServiceLogger(folder: string): ServiceLogger {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, text: string): void => {
    try {
      appendFileSync(join(folder, file), text);
    } catch {
      // A full disk must not take the service down with it.
    }
  };
  return {
    info: (name, message) => write('service.log', line('INFO', name, message)),
    warning: (name, message) => write('service.log', line('WARNING', name, message)),
    error: (name, message, error) => {
      const text = line('ERROR', name, message) + traceOf(error);
      write('service.log', text);
      write('error.log', text);
    },
    access: (message) => write('api.log', line('INFO', 'access', message)),
  };
}

function traceOf(error: unknown): string {
  if (error === undefined) return '';
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const cause = error.cause === undefined ? '' : `Caused by: ${traceOf(error.cause)}`;
  return `${error.stack ?? error.message}\n${cause}`;
}
