/** Severities, least first. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

const NAMES: Readonly<Record<string, Level>> = {
  trace: 'trace',
  trc: 'trace',
  verbose: 'trace',
  vrb: 'trace',
  finest: 'trace',
  finer: 'trace',
  silly: 'trace',
  debug: 'debug',
  dbg: 'debug',
  debg: 'debug',
  fine: 'debug',
  config: 'debug',
  info: 'info',
  inf: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  note: 'info',
  ntc: 'info',
  log: 'info',
  statement: 'info',
  detail: 'info',
  hint: 'info',
  audit: 'info',
  http: 'info',
  ok: 'info',
  success: 'info',
  warn: 'warn',
  warning: 'warn',
  wrn: 'warn',
  wrng: 'warn',
  error: 'error',
  err: 'error',
  eror: 'error',
  severe: 'error',
  fail: 'error',
  failure: 'error',
  exception: 'error',
  critical: 'fatal',
  crit: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  fatal: 'fatal',
  ftl: 'fatal',
  panic: 'fatal',
  dpanic: 'fatal',
};

/** The severity that a word in a level's place means, whatever its case; null when it is none. */
export function levelOf(word: string): Level | null {
  return NAMES[word.toLowerCase()] ?? null;
}

const LETTERS: Readonly<Record<string, Level>> = {
  T: 'trace',
  V: 'trace',
  D: 'debug',
  I: 'info',
  N: 'info',
  W: 'warn',
  E: 'error',
  C: 'fatal',
  F: 'fatal',
  A: 'fatal',
};

/** The severity of a single capital letter, as logcat, glog and others write it. */
export function levelOfLetter(letter: string): Level | null {
  return LETTERS[letter] ?? null;
}

/** The severity of a number: of pino and bunyan (10 to 60), or of syslog (0 to 7). */
export function levelOfNumber(number: number): Level | null {
  if (number >= 10) return LEVELS[Math.min(5, Math.max(0, Math.ceil(number / 10) - 1))] ?? null;
  if (number < 0 || !Number.isInteger(number)) return null;
  return (
    (['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'] as const)[number] ?? null
  );
}

/** The severity of an HTTP status. */
export function levelOfStatus(status: number): Level {
  return status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
}

const LEADING =
  /^\W{0,3}(fatal|panic|critical|emergency|error|exception|traceback|unhandled|uncaught|warning|warn)\b/i;
const THROWN = /^(?:[\w$]+[.:])*[A-Z]\w*(?:Error|Exception)(?::|\s*$)/;

/** The severity that a message without a level tells by its first word; null when it tells none. */
export function levelOfMessage(message: string): Level | null {
  const head = message.slice(0, 200);
  const word = LEADING.exec(head)?.[1]?.toLowerCase();
  if (word) {
    if (word === 'fatal' || word === 'panic' || word === 'critical' || word === 'emergency')
      return 'fatal';
    return word.startsWith('warn') ? 'warn' : 'error';
  }
  return THROWN.test(head) ? 'error' : null;
}
