/** Escapes that loggers put into quoted values: JSON's, Go's and Python's. */
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs;
const PLAIN: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', b: '', f: '', '0': '' };
const MAX_SEGMENTS = 64;
const MAX_TEXT = 1 << 20;

/** Undoes one layer of backslash escapes. */
function unescaped(text: string): string {
  return text.replace(ESCAPE, (_whole, unicode?: string, byte?: string, char?: string) => {
    if (unicode) return String.fromCharCode(Number.parseInt(unicode, 16));
    if (byte) return String.fromCharCode(Number.parseInt(byte, 16));
    return PLAIN[char ?? ''] ?? char ?? '';
  });
}

/**
 * The multi-line texts that stand escaped in one line (`stack="Error: x\n    at …"` in logfmt or in
 * the tail of a console logger), each unescaped. Without quotes around it the whole line is taken.
 * A text that was escaped twice is unescaped twice.
 */
export function escapedTexts(line: string): string[] {
  if (!line.includes('\\n') || line.length > MAX_TEXT) return [];
  const segments = quotedSegments(line).filter((segment) => segment.includes('\\n'));
  const texts = segments.length > 0 ? segments : [line];
  return texts.map((text) => {
    const once = unescaped(text);
    return !once.includes('\n') && once.includes('\\n') ? unescaped(once) : once;
  });
}

/** What stands between double quotes, escaped quotes included. */
function quotedSegments(line: string): string[] {
  const segments: string[] = [];
  let open = line.indexOf('"');
  while (open >= 0 && segments.length < MAX_SEGMENTS) {
    const close = closingQuote(line, open);
    if (close < 0) {
      // Cut at the end: what is there is still worth reading.
      segments.push(line.slice(open + 1));
      break;
    }
    segments.push(line.slice(open + 1, close));
    open = line.indexOf('"', close + 1);
  }
  return segments;
}

function closingQuote(line: string, open: number): number {
  for (let at = open + 1; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at;
  }
  return -1;
}
