import type { StackFrame } from '#src/domain/stack-trace.ts';

/** A file that a runtime names for what is no file. */
const NO_FILE =
  /^(?:|<.*>|\[.*\]|native|Native Method|Unknown Source|SourceFile|node:.*|internal\/.*|wasm:.*|dart:.*)$/;
const SCHEME =
  /^(?:webpack-internal:\/\/\/|webpack:\/\/\/?|file:\/\/\/?|ng:\/\/\/?|turbopack:\/\/\/?|vite:\/\/\/?|rollup:\/\/\/?|app:\/\/\/?|capacitor:\/\/[^/]{1,200}\/)/;
const WEB = /^https?:\/\/[^/]{1,300}\//;

/**
 * The path of a frame in the form of a repository: forward slashes, no scheme, host, drive, query or
 * leading `./`. @returns null where the runtime named no file
 */
export function plainFramePath(file: string): string | null {
  if (NO_FILE.test(file) || file.length > 2000) return null;
  let path = file.replaceAll('\\', '/');
  if (WEB.test(path)) path = path.replace(WEB, '');
  path = path.replace(SCHEME, '');
  path = path.replace(/[?#].*$/, '').replace(/^package:[\w.-]{1,200}\//, 'lib/');
  // `Standard input code` of PHP's eval, and gems as Rails names them.
  path = path
    .replace(/\(\d{1,9}\) : eval\(\)'d code$/, '')
    .replace(/^[\w-]{1,80} \(\d[\w.]{0,40}\) /, '');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length === 0 ? null : parts.join('/');
}

/**
 * Where the class of a JVM frame is kept: `com.acme.Orders$Line.total` in `Orders.java` →
 * `com/acme/Orders.java`. @returns null for other languages
 */
export function classPath(frame: StackFrame): string | null {
  if (!/^[\w$-]{1,200}\.(?:java|kt|kts|scala|groovy|clj)$/.test(frame.file)) return null;
  const names = frame.function.split('.').slice(0, -2);
  const folders = names.filter((name) => /^[a-z_][\w$]*$/.test(name));
  return [...folders, frame.file].join('/');
}

/** Names of files that may hold the class of a frame without a file: `Acme.Shop.Cart.Total` → `Cart`. */
export function classNames(frame: StackFrame): string[] {
  if (frame.file !== '' && !NO_FILE.test(frame.file)) return [];
  const names = frame.function.replace(/[`[<(].*$/, '').split(/\.|::|->|\\|#/);
  return names
    .slice(0, -1)
    .reverse()
    .filter((name) => /^[A-Z]\w{2,100}$/.test(name))
    .slice(0, 2);
}
