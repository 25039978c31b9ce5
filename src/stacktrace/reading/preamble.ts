const PREAMBLE = [
  /^\[?\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]?\s*/,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?\s*/,
  /^\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE|error|warn|warning|fatal|critical|info)\]?(?=[\s:|-])[\s:|-]*/,
  /^\[[^\]]{1,60}\]\s*/,
  /^[-|:]\s+/,
];

/** Takes times, levels and bracketed names off the front of a log line, leaving its message. */
export function withoutPreamble(line: string): string {
  let text = line.trim();
  for (let round = 0; round < 6; round += 1) {
    const before = text;
    for (const pattern of PREAMBLE) text = text.replace(pattern, '');
    if (text === before) break;
  }
  return text;
}
