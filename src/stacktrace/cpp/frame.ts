import type { ParsedFrame } from '#src/stacktrace/contract.ts';

/** Boost.Stacktrace: ` 0# take(int) at /app/stock.cpp:31`; Node.js: ` 1: 0xb7a940 node::Abort() [node]`. */
const BOOST = /^(\d{1,5})# (.{1,4000}?)(?: (?:at (.{1,1000}):(\d{1,9})|in (\S{1,600})))?$/;
const NODE = /^(\d{1,5}): 0x[0-9a-f]{4,16} (.{0,2000}?) ?\[(\S{1,300})\]$/;

/** A frame with its number in the stack, where frames are numbered. */
export type NativeFrame = { index: number | null; frame: ParsedFrame };

const NUMBER = /^#(\d{1,5}):? {1,3}(?:(0x[0-9a-f]{1,16})(?: in)? )?(.{1,8000})$/;
const POSITION = /^(.{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;
const MODULE = / \(([^()]{0,600}\+0x[0-9a-f]{1,16})\)(?: ?\(BuildId: [0-9a-f]{1,80}\))?$/;
const SYMBOLS =
  /^(\S{1,600}?)\((?:([\w.$@~:<>]{1,600})?\+0x[0-9a-f]{1,16})?\) ?\[0x[0-9a-f]{1,16}\]$/;
const ADDRESS_FIRST = /^@ {1,12}0x[0-9a-f]{4,16} {1,4}(?:\((unknown|\S{1,300})\)|(\S.{0,2000}))$/;

/** A frame of a sanitizer, of gdb or of lldb: `#1  0x55 in f (args) at file.c:7`. */
export function numberedFrame(text: string): NativeFrame | null {
  const boost = BOOST.exec(text);
  if (boost) return boostFrame(boost);
  const node = NODE.exec(text);
  if (node) return { index: Number(node[1]) - 1, frame: frameOf(node[3] ?? '', node[2]) };
  const match = NUMBER.exec(text);
  if (!match) return null;
  const rest = match[3] ?? '';
  // Dart numbers its frames alike.
  if (rest.includes('.dart:') || rest.includes('(dart:')) return null;
  const frame =
    (MODULE.test(rest) ? null : gdbFrame(rest)) ?? sanitizerFrame(rest, match[2] !== undefined);
  return frame && { index: Number(match[1]), frame };
}

function boostFrame([, index, name = '', file, line, image]: RegExpExecArray): NativeFrame {
  const place = { file: file ?? image ?? '', line: line === undefined ? null : Number(line) };
  return { index: Number(index), frame: { ...place, column: null, function: name } };
}

/** `f (args) at file.c:7`, `f (args) from /lib/x.so`, `f ()`. */
export function gdbFrame(rest: string): ParsedFrame | null {
  const place = lastPlace(rest, ' at ') ??
    lastPlace(rest, ' from ') ?? { head: rest, file: '', line: null };
  if (!place.head.endsWith(')')) return null;
  const open = opening(place.head);
  if (open < 1 || place.head[open - 1] !== ' ') return null;
  const name = place.head.slice(0, open).trim();
  return { file: place.file, line: place.line, column: null, function: name };
}

function lastPlace(
  rest: string,
  word: string,
): { head: string; file: string; line: number | null } | null {
  const at = rest.lastIndexOf(word);
  if (at < 0) return null;
  const target = rest.slice(at + word.length);
  const position = POSITION.exec(target);
  if (word === ' at ' && !position) return null;
  return {
    head: rest.slice(0, at),
    file: position?.[1] ?? target,
    line: position ? Number(position[2]) : null,
  };
}

/** The parenthesis that opens the group closed at the end of the text. */
function opening(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === ')') depth += 1;
    else if (text[at] === '(') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** `f file.c:16:3`, `f(int) file.cpp:6 (module+0x1e7e)`, `_start (/app/x+0x1100)`, `<null> <null> (lib.so+0x1)`. */
function sanitizerFrame(rest: string, hasAddress: boolean): ParsedFrame | null {
  const module = MODULE.exec(rest);
  const body = module ? rest.slice(0, module.index) : rest;
  const blank = body.lastIndexOf(' ');
  const target = blank > 0 ? body.slice(blank + 1) : '';
  const position = POSITION.exec(target);
  if (position) {
    return {
      file: position[1] ?? '',
      line: Number(position[2]),
      column: position[3] === undefined ? null : Number(position[3]),
      function: body.slice(0, blank),
    };
  }
  if (!module && !(hasAddress && body.startsWith('in '))) return null;
  const image = module?.[1]?.replace(/\+0x[0-9a-f]{1,16}$/, '') ?? '';
  const name = body.replace(/(?: ?<null>){1,2}$/, '').replace(/^in /, '');
  return { file: image, line: null, column: null, function: name === '' ? '<unknown>' : name };
}

/** A line of `backtrace_symbols`, `./app(f+0x1d)[0x55]`, or of glog and Abseil, `@ 0x55 f`. */
export function symbolFrame(text: string): ParsedFrame | null {
  const symbols = SYMBOLS.exec(text);
  if (symbols) return frameOf(symbols[1] ?? '', symbols[2]);
  const address = ADDRESS_FIRST.exec(text);
  return address ? frameOf('', address[2] ?? address[1]) : null;
}

function frameOf(file: string, name: string | undefined): ParsedFrame {
  return {
    file,
    line: null,
    column: null,
    function: !name || name === 'unknown' ? '<unknown>' : name,
  };
}

const LIBRARY_FILE =
  /^\/(?:usr\/)?lib(?:32|64|exec)?\/|^\/usr\/include\/|^\/usr\/local\/(?:lib|include)\/|^\/(?:opt|nix)\/.{0,200}\/(?:lib|include)\/|libsanitizer\/|compiler-rt\/|^(?:\.{1,2}\/){1,6}(?:sysdeps|nptl|csu|stdlib|libio|malloc|string|elf|posix|src)\/|^\/build\/(?:glibc|gcc)|\.so(?:\.\d{1,5}){0,4}$|\/bits\/\w{1,60}\.h$|\/c\+\+\/\d{1,3}(?:\.\d{1,3}){0,2}\//;
const LIBRARY_NAME =
  /^(?:node::|v8::|uv_|__interceptor_|__asan|__tsan|__ubsan|__libc_|__GI_|__pthread|__cxa|__gnu|__restore_rt|_start$|start_thread$|clone3?$|__clone|std::|operator (?:new|delete)|malloc$|free$|abort$|raise$|gsignal$|pthread_|<unknown>|\?\?)/;

/** Whether a frame is of the C or C++ library, of a sanitizer or of a shared object of the system. */
export function isNativeLibrary(frame: ParsedFrame): boolean {
  if (LIBRARY_FILE.test(frame.file)) return true;
  return (frame.line === null || frame.file === '') && LIBRARY_NAME.test(frame.function);
}
