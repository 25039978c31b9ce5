/**
 * Lines that make naive patterns slow: long runs of what the parsers look for, without what would
 * end the match. Each gives a text of about `size` characters.
 */
export const ADVERSARIAL: Readonly<Record<string, (size: number) => string>> = {
  'at, at, at': (size) => fill('at ', size),
  'frames without an end': (size) => `    at ${fill('a.b', size)}(`,
  'open parentheses': (size) => `    at f ${fill('(', size)}`,
  'closed parentheses': (size) => `#0 0x1 in ${fill('(a) ', size)} at x`,
  'numbers and colons': (size) => `    at ${fill('1:', size)}`,
  'slashes and colons': (size) => `\t/${fill('a/b.go:1:', size)}`,
  'dotted names': (size) => `${fill('com.acme.', size)}`,
  'names that almost end': (size) => `${fill('com.acme.AnException', size)}!`,
  'exceptions all along': (size) => fill('java.io.IOException: x ', size),
  'quoted files': (size) => `  File "${fill('a/', size)}`,
  'ruby labels': (size) => fill("a.rb:1:in `f' ", size),
  'php places': (size) => `PHP Fatal error:  Uncaught E: ${fill(' in /a.php:1', size)} x`,
  'php words': (size) => `#0 /a(${fill('(1): ', size)}`,
  'rust panics': (size) => fill("thread 'a' panicked at ", size),
  'go calls': (size) => `${fill('main.(*T).f(', size)})`,
  goroutines: (size) => fill('goroutine 1 [running', size),
  'at signs': (size) => fill('f@a.js:', size),
  blanks: (size) => `${fill(' ', size)}at f (a.js:1:2)x`,
  tabs: (size) => `${fill('\t', size)}x`,
  'escaped line breaks': (size) => fill('\\n\\tat ', size),
  'quotes and escapes': (size) => fill('"\\n\\"', size),
  backslashes: (size) => `stack="${fill('\\', size)}n`,
  braces: (size) => `{"a":${fill('{"a":', size)}`,
  'deep arrays': (size) => `{"a":${fill('[', size / 2)}${fill(']', size / 2)}}`,
  'wide arrays': (size) => `{"a":[${fill('"x:1",', size)}"x:1"]}`,
  arrows: (size) => `System.Exception: a ${fill('---> B: b ', size)}`,
  templates: (size) => `#0  ${fill('std::map<', size)} (x) at a.cpp:1`,
  sanitizer: (size) => `==1==ERROR: AddressSanitizer: ${fill('on address 0x1 ', size)}`,
  colours: (size) => fill('\u001b[1;31m', size),
  times: (size) => fill('2026-01-02T03:04:05Z ', size),
  octal: (size) => fill('#011#012', size),
  margins: (size) =>
    `  + Exception Group Traceback (most recent call last):\n${fill('  | ', size)}`,
  unicode: (size) => fill('𝒇é\u00a0', size),
};

function fill(piece: string, size: number): string {
  return piece.repeat(Math.max(1, Math.floor(size / piece.length)));
}
