/** Frames that a logger put on one line: ` at f (a.js:1:2) at g (b.js:3:4)`. */
const FRAME_START =
  /(?<!eval)[ \t]{1,16}(?:\|[ \t])?at (?=(?:async |new )?(?:[\w$.<>/@[\]-]{1,300}(?: ?\(| \[as )|(?:file:\/\/)?\/[^\s()]{1,300}:\d))/g;

/** Breaks a stack that was flattened to one line before each frame. @returns null when there is none */
export function unflattened(line: string): string | null {
  const first = line.indexOf(' at ');
  if (first < 0 || line.trimStart().startsWith('at ') || line.indexOf(' at ', first + 4) < 0)
    return null;
  const text = line.replace(FRAME_START, '\n    at ');
  return text.indexOf('\n') === text.lastIndexOf('\n') ? null : text;
}
