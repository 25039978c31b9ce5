/**
 * Applies a redaction so that the number of lines stays: a secret of several lines (a private key)
 * may become one placeholder, and every line number after it would be wrong.
 */
export function redactKeepingLines(text: string, redact: (text: string) => string): string {
  const clean = redact(text);
  if (clean === text) return text;
  const before = text.split('\n');
  const after = clean.split('\n');
  if (before.length === after.length) return clean;
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const middle = after.slice(head, after.length - tail);
  const room = before.length - head - tail;
  const fitted =
    middle.length <= room
      ? [...middle, ...Array.from({ length: room - middle.length }, () => '')]
      : room === 0
        ? []
        : [...middle.slice(0, room - 1), middle.slice(room - 1).join(' ')];
  return [...after.slice(0, head), ...fitted, ...before.slice(before.length - tail)].join('\n');
}
