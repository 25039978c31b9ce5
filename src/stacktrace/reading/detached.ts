/**
 * A copy of a text that does not keep the larger text alive from which it was cut: engines let a
 * slice share the memory of its parent, so that a kept line could hold a whole file.
 */
export function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
