/** Lines longer than this are judged by their beginning. */
const LONGEST_LINE = 600;
const MOST_LINES = 200;

/**
 * Lines that say where, not what: frames as the runtimes of Java, JavaScript, .NET, Python, Ruby,
 * Go, PHP, Rust, Elixir and C++ print them. Names of files and functions in them (`timeout.py`,
 * `connection_pool.rb`) are no symptoms.
 */
const FRAME =
  /^\s{0,40}(?:at\s+\S|from \S{1,200}:\d{1,7}:in\b|\S{1,200}\.(?:rb|erb):\d{1,7}:in\b|#\d{1,4}:?\s|\d{1,4}:\s{1,20}\S|\.\.\. \d{1,5} (?:more|common)|\S{1,300}\.(?:go|s):\d{1,7}(?: \+0x[\da-f]{1,12})?\s*$|[\w./*()[\]{}-]{1,200}\((?:0x[\da-f]|\{0x|\.\.\.|\s*\)$)|created by \S|goroutine \d|\([\w. -]{1,60}\) \S{1,200}\.(?:exs?|erl):\d|\S{1,200}\.(?:exs?|erl):\d{1,7}:|--- End of)/;
const PYTHON_FRAME = /^\s{0,40}File \\?"[^"\n]{1,400}", line \d/;
const MARKS = /^\s{0,200}[\^~]{1,200}[\^~ ]{0,200}$/;

/**
 * What a record says without the places that it names: the frames of its stack traces are left
 * out, also where a JSON string holds them. Linear in the text.
 */
export function messageOf(text: string): string {
  if (!/[\n\\]/.test(text)) return text;
  const kept: string[] = [];
  let isCode = false;
  for (const line of text.replace(/\\r?\\?n|\\t/g, '\n').split(/\r?\n/, MOST_LINES)) {
    const start = line.slice(0, LONGEST_LINE);
    if (PYTHON_FRAME.test(start)) {
      isCode = true;
      continue;
    }
    // The line of code that Python shows below its frame.
    if (isCode && /^\s/.test(start)) continue;
    isCode = false;
    if (kept.length > 0 && (FRAME.test(start) || MARKS.test(start))) continue;
    kept.push(line);
  }
  return kept.join('\n');
}
