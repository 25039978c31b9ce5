/** Digits and letters in bytes; indices beyond the end read as nothing. */
export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

export function isUpper(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

export function isWordByte(byte: number): boolean {
  return isDigit(byte) || isUpper(byte) || (byte >= 97 && byte <= 122) || byte === 95;
}

export function countDigits(bytes: Uint8Array, at: number, limit: number): number {
  let count = 0;
  while (count < 20 && at + count < limit && isDigit(bytes[at + count] ?? 0)) count++;
  return count;
}

/** The number in `length` bytes that are known to be digits. */
export function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) value = value * 10 + (bytes[i] ?? 48) - 48;
  return value;
}

/** Two digits, or NaN; the first may be a blank. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const high = bytes[at] ?? 0;
  const low = bytes[at + 1] ?? 0;
  if (!isDigit(low) || !(isDigit(high) || high === 32)) return Number.NaN;
  return (high === 32 ? 0 : (high - 48) * 10) + low - 48;
}
