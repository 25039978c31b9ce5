import { type Level, levelOfNumber } from '#src/logs/records/level.ts';

export type Syslog = {
  level: Level | null;
  /** The time as written (RFC 5424), or null when it is in the text (RFC 3164). */
  time: string | null;
  service: string | null;
  text: string;
};

const PRIORITY = /^<(\d{1,3})>/;
const FIVE = /^1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /;

/** Takes `<PRI>` off, and the whole head of RFC 5424; null without it. */
export function readSyslog(line: string): Syslog | null {
  const priority = PRIORITY.exec(line);
  if (!priority || Number(priority[1]) > 191) return null;
  const level = levelOfNumber(Number(priority[1]) % 8);
  const rest = line.slice(priority[0].length);
  const five = FIVE.exec(rest);
  if (!five) return { level, time: null, service: null, text: rest };
  const text = rest.slice(five[0].length);
  return {
    level,
    time: five[1] === '-' ? null : (five[1] as string),
    service: five[3] === '-' ? null : (five[3] as string),
    text: text.slice(structuredDataEnd(text)).replace(/^\s?(?:\ufeff|\u00ef\u00bb\u00bf)?/, ''),
  };
}

/** The end of `-` or of `[id name="value"…]…`. */
function structuredDataEnd(text: string): number {
  if (text[0] === '-') return 1;
  let at = 0;
  while (text[at] === '[') {
    let quoted = false;
    let end = at + 1;
    for (; end < text.length; end++) {
      const char = text[end];
      if (char === '\\' && quoted) end++;
      else if (char === '"') quoted = !quoted;
      else if (char === ']' && !quoted) break;
    }
    if (end >= text.length) return at;
    at = end + 1;
  }
  return at;
}
