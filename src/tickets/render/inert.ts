/** Joins what stands at its sides and is not seen. */
const JOINER = '\u2060';

/**
 * Takes from a text what trackers make links and mentions of by themselves, wherever it stands:
 * addresses, `@name`, `#12`, `GH-12`. It reads the same.
 */
export function withoutReferences(text: string): string {
  return text
    .replace(/@/g, `@${JOINER}`)
    .replace(/#(?=\w)/g, `#${JOINER}`)
    .replace(/\bGH-(?=\d)/gi, (found) => `${found.slice(0, 2)}${JOINER}-`)
    .replace(/:\/\//g, `:${JOINER}//`)
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}${JOINER}.`);
}
