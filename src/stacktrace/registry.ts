import type { StackTraceParser } from '#src/stacktrace/contract.ts';
import { cpp } from '#src/stacktrace/parsers/cpp.ts';
import { dart } from '#src/stacktrace/parsers/dart.ts';
import { dotnet } from '#src/stacktrace/parsers/dotnet.ts';
import { elixir } from '#src/stacktrace/parsers/elixir.ts';
import { go } from '#src/stacktrace/parsers/go.ts';
import { java } from '#src/stacktrace/parsers/java.ts';
import { javascript } from '#src/stacktrace/parsers/javascript.ts';
import { php } from '#src/stacktrace/parsers/php.ts';
import { python } from '#src/stacktrace/parsers/python.ts';
import { ruby } from '#src/stacktrace/parsers/ruby.ts';
import { rust } from '#src/stacktrace/parsers/rust.ts';
import { swift } from '#src/stacktrace/parsers/swift.ts';

/**
 * Every family of runtimes whose stack traces are read. Add one by writing `parsers/<id>.ts` and
 * registering it here. Where a line fits several, the earlier one reads it.
 */
export const STACK_TRACE_PARSERS = {
  python,
  java,
  dotnet,
  javascript,
  go,
  ruby,
  rust,
  php,
  elixir,
  dart,
  swift,
  cpp,
} satisfies Record<string, StackTraceParser>;
