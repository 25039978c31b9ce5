import type { ParsedFrame } from '#src/stacktrace/contract.ts';

const FUNCTION = /^(\d{1,5}): +(?:0x[0-9a-f]{4,16} - )?(\S.{0,4000})$/;
const PLACE = /^at (\S.{0,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;
/** Hashes that the compiler adds: `::h0f0aa55d81afcef8`, `std[e28293b1aa0f68bd]`. */
const HASH = /::h[0-9a-f]{16}$/;
const CRATE_HASH = /\[[0-9a-f]{12,17}\]/g;

/** `  4: crate::function` or `  4: 0x55d0 - crate::function::h123`. */
export function rustFunction(text: string): { index: number; name: string } | null {
  const match = FUNCTION.exec(text);
  if (!match) return null;
  const name = match[2] ?? '';
  return {
    index: Number(match[1]),
    name: name.replace(CRATE_HASH, '').replace(HASH, '').slice(0, 1000),
  };
}

/** `at ./src/main.rs:9:55`, the line after the function. */
export function rustPlace(text: string): Pick<ParsedFrame, 'file' | 'line' | 'column'> | null {
  const match = PLACE.exec(text);
  if (!match) return null;
  return {
    file: match[1] ?? '',
    line: Number(match[2]),
    column: match[3] === undefined ? null : Number(match[3]),
  };
}

const RUNTIME_PATH =
  /^\/rustc\/|\/\.?cargo\/(?:registry|git)\/|\/rustlib\/src\/|\/\.rustup\/|\/library\/(?:std|core|alloc|test|proc_macro|panic_unwind)\/src\/|^\.{1,2}\/?(?:\.\.\/)*(?:csu|sysdeps|nptl|stdlib)\/|\/vendor\/[\w-]{1,80}\/src\//;
const RUNTIME_NAME =
  /^(?:<?&?(?:dyn |mut )?)?(?:std|core|alloc|test|__rustc|backtrace|addr2line|tokio|futures(?:_\w+)?|hyper(?:_util)?|tower(?:_\w+)?|axum(?:_\w+)?|actix(?:_\w+)?|rayon(?:_core)?|anyhow|eyre|color_eyre|tracing(?:_\w+)?|serde(?:_\w+)?|reqwest|h2|mio|rustls|tonic|sqlx(?:_\w+)?|diesel|crossbeam(?:_\w+)?|parking_lot(?:_core)?|async_std|smol|warp|rocket|clap|regex)::|^(?:rust_begin_unwind|rust_panic|__rust_\w+|main|_?_start|start_thread|clone3?|__clone3?|__libc_start\w*|<unknown>|_?pthread\w*|__pthread\w*)$/;

/** Whether a frame is of the standard library, of a crate from a registry, or of the C runtime. */
export function isRustLibrary(frame: ParsedFrame): boolean {
  if (frame.file !== '') return RUNTIME_PATH.test(frame.file);
  return RUNTIME_NAME.test(frame.function);
}
