import type { ParsedFrame, StackTraceParser } from '#src/stacktrace/contract.ts';

/** Folders of dependencies: what lies in them is no code of the service, even under its own root. */
const DEPENDENCIES =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|bower_components|vendor[\\/](?:bundle|github\.com|golang\.org|composer)|\.cargo|pkg[\\/]mod|gems|\.venv|venv|\.yarn)[\\/]/;

/**
 * Whether a frame is the service's own code.
 * @param own prefixes that are known to be the service's: of paths (`/app/`) or of qualified names (`com.acme.`)
 */
export function isInApp(
  frame: ParsedFrame,
  parser: StackTraceParser | undefined,
  own: readonly string[],
): boolean {
  if (own.length > 0 && own.some((prefix) => isUnder(frame, prefix))) {
    return !DEPENDENCIES.test(frame.file);
  }
  return parser ? !parser.isLibrary(frame) : frame.file !== '' && !DEPENDENCIES.test(frame.file);
}

function isUnder(frame: ParsedFrame, prefix: string): boolean {
  if (prefix === '') return false;
  return frame.file.startsWith(prefix) || frame.function.startsWith(prefix);
}
