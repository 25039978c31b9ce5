import type { ParsedFrame } from '#src/stacktrace/contract.ts';

/** Where a frame stands: file, line, column (1-based as printed). */
type Place = { file: string; line: number | null; column: number | null };

const NOWHERE: Place = { file: '', line: null, column: null };
const POSITION = /^(.{1,2048}?):(\d{1,9})(?::(\d{1,9}))?$/;
const WASM =
  /^(wasm:\/\/[^\s:]{1,300}|[^\s:]{1,300}\.wasm):(wasm-function\[\d{1,9}\]):0x[0-9a-f]{1,16}$/;
/** Files of other languages whose frames have the same form. */
const FOREIGN_FILE =
  /\.(?:java|kt|scala|rs|py|rb|go|php|cs|fs|vb|c|cc|cpp|cxx|h|hpp|inc|swift|m|mm|exs?|erl|dart)$/;
/** A bare position needs a path, not just any word with numbers, to be told from prose. */
const PATH_LIKE =
  /^(?:\/|\.{0,2}\/|[A-Za-z]:[\\/]|[a-z][\w+.-]{0,30}:|<anonymous>|index\.|[^\s()]{0,300}[/\\][^\s()]|[^\s()]{1,300}\.(?:[cm]?[jt]sx?|vue|svelte|bundle|hbc)$)/;

/**
 * Reads a frame of V8 (Node.js, Deno, Chrome, Edge) or Hermes, as V8's stack trace API prints it:
 * `at [async ][new ]function [as alias] (place)` or `at place`.
 * @param text the line from its `at` on
 * @returns the frame and whether util.inspect opens a list of extra properties after it, or null
 */
export function parseV8Frame(text: string): { frame: ParsedFrame; opens: boolean } | null {
  let rest = text.trimEnd();
  if (!rest.startsWith('at ')) return null;
  const opens = rest.endsWith(' {');
  if (opens) rest = rest.slice(0, -2);
  rest = rest.slice(3).trim();
  if (rest.startsWith('async ')) rest = rest.slice(6);
  const frame = rest.endsWith(')') ? callFrame(rest) : bareFrame(rest);
  return frame ? { frame, opens } : null;
}

/** `function (place)`; a name may hold parentheses itself, so the first split that fits is taken. */
function callFrame(rest: string): ParsedFrame | null {
  let open = rest.indexOf(' (');
  for (let tries = 0; open > 0 && tries < 8; tries += 1) {
    const place = placeOf(rest.slice(open + 2, -1), true);
    if (place) return { ...place, function: nameOf(rest.slice(0, open)) };
    open = rest.indexOf(' (', open + 2);
  }
  return null;
}

function bareFrame(rest: string): ParsedFrame | null {
  if (rest === '<anonymous>') return { ...NOWHERE, file: rest, function: '<anonymous>' };
  const place = placeOf(rest, false);
  return place ? { ...place, function: '<anonymous>' } : null;
}

/** `Object.f [as g]` is the function f, called by another name. */
function nameOf(text: string): string {
  const alias = text.indexOf(' [as ');
  return (alias > 0 ? text.slice(0, alias) : text).trim().slice(0, 300);
}

function placeOf(text: string, isEnclosed: boolean): Place | null {
  if (isEnclosed) {
    if (text === '<anonymous>' || text === 'native') return { ...NOWHERE, file: text };
    if (/^index \d{1,9}$/.test(text) || text === 'unknown location') return NOWHERE;
    if (text.startsWith('eval at ')) return evalPlace(text);
    if (text.startsWith('address at ')) return placeOf(text.slice(11), true);
  }
  const wasm = WASM.exec(text);
  if (wasm) return { ...NOWHERE, file: wasm[1] ?? '' };
  const match = POSITION.exec(text);
  const file = match?.[1];
  if (!match || !file || file.includes(' (') || FOREIGN_FILE.test(file)) return null;
  // V8 always prints the column; without one only a path in parentheses is believed.
  const hasColumn = match[3] !== undefined;
  if (!PATH_LIKE.test(file) && !(isEnclosed && hasColumn)) return null;
  if (!isEnclosed && (!hasColumn || file.includes(' in '))) return null;
  return {
    file: plainPath(file),
    line: Number(match[2]),
    column: match[3] === undefined ? null : Number(match[3]),
  };
}

/** Code made by eval stands where eval was called: `eval at f (place), <anonymous>:1:2`. */
function evalPlace(text: string): Place {
  const inner = text.lastIndexOf('(');
  const end = text.indexOf(')', inner);
  if (inner < 0 || end < 0) return { ...NOWHERE, file: '<anonymous>' };
  return placeOf(text.slice(inner + 1, end), true) ?? { ...NOWHERE, file: '<anonymous>' };
}

/** `file:///a%20b.js` → `/a b.js`; other schemes stay. */
export function plainPath(file: string): string {
  if (!file.startsWith('file://')) return file;
  const path = file.slice(7);
  // A file URL of Windows has a slash before the drive.
  const local = /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  try {
    return decodeURIComponent(local);
  } catch {
    return local;
  }
}

const AT_SIGN_NAME = /^[\w$./<>[\]*#\- ]{0,200}$/;
const AT_SIGN_FILE =
  /^(?:(?:https?|file|webpack|webpack-internal|resource|chrome|moz-extension|safari-extension|safari-web-extension|app|capacitor|blob|user-script):.{1,1000}|[^\s@:]{1,500}\.(?:[cm]?[jt]sx?|vue|svelte|html?|bundle|jsbundle)(?:\?[^\s:]{0,200})?|[^\s@:]{0,500}\/[^\s@:]{1,500})$/;
const EVAL_CHAIN = /(?: line \d{1,9} > (?:eval|Function|injectedScript))+:\d{1,9}:\d{1,9}$/;

/**
 * Reads a frame of SpiderMonkey or JavaScriptCore: `function@place`, with `async*`, `/<` marks of
 * anonymous functions and `[native code]`.
 * @param isInside whether frames of this kind came directly before, when forms without a file count too
 */
export function parseAtSignFrame(text: string, isInside: boolean): ParsedFrame | null {
  const line = text.trim();
  const sign = line.indexOf('@');
  if (sign < 0 || sign > 200 || !AT_SIGN_NAME.test(line.slice(0, sign))) return null;
  const name = line.slice(0, sign).replace(/^(?:[\w. ]{1,60}\*){1,3}/, '') || '<anonymous>';
  let place = line.slice(sign + 1);
  if (place === '[native code]' || (place === '' && / code$/.test(name))) {
    return isInside ? { ...NOWHERE, file: place, function: name } : null;
  }
  const chain = EVAL_CHAIN.exec(place);
  if (chain) {
    const row = / line (\d{1,9}) > /.exec(chain[0]);
    place = `${place.slice(0, chain.index)}:${row?.[1] ?? 1}`;
  }
  const match = POSITION.exec(place);
  const file = match?.[1];
  if (!match || !file || !AT_SIGN_FILE.test(file)) return null;
  return {
    file: plainPath(file),
    line: Number(match[2]),
    column: match[3] === undefined ? null : Number(match[3]),
    function: name,
  };
}
