/** What a line says of the failure whose stack follows or came before. */
export type NativeHead = {
  type: string;
  message: string;
  /** `main` the fault itself, `related` another stack of the same report that has a part in it, `other` one that has none. */
  role: 'main' | 'related' | 'other';
};

type Rule = { pattern: RegExp; type: string; message: number; role: NativeHead['role'] };

const RULES: readonly Rule[] = [
  { pattern: /^FATAL ERROR: (.{1,500})$/, type: 'FATAL ERROR', message: 1, role: 'main' },
  {
    pattern: /^(?:ERROR|WARNING): ((?:Address|Thread|Memory|HWAddress)Sanitizer): (.{1,2000})$/,
    type: '$1',
    message: 2,
    role: 'main',
  },
  {
    pattern: /^((?:Direct|Indirect) leak of .{1,300}) allocated from:$/,
    type: 'LeakSanitizer',
    message: 1,
    role: 'main',
  },
  {
    pattern: /^([^\s|]{1,600}:\d{1,9}:\d{1,9}): runtime error: (.{1,2000})$/,
    type: 'UndefinedBehaviorSanitizer',
    message: 2,
    role: 'main',
  },
  { pattern: /^(freed by thread .{1,100}) here:$/, type: 'freed by', message: 1, role: 'related' },
  {
    pattern: /^((?:Previous|As if synchronized via) .{1,200}):$/,
    type: 'previous access',
    message: 1,
    role: 'related',
  },
  {
    pattern:
      /^(?:previously allocated by|Thread T\d{1,6} .{0,80}created by|Location is|Mutex M\d|allocated by|Memory was marked|Uninitialized value was|Address 0x).{0,300}$/,
    type: '',
    message: 0,
    role: 'other',
  },
  {
    pattern: /^terminate called after throwing an instance of '(.{1,500})'$/,
    type: '$1',
    message: 0,
    role: 'main',
  },
  {
    pattern: /^terminate called (without an active exception|recursively)$/,
    type: 'std::terminate',
    message: 1,
    role: 'main',
  },
  {
    pattern:
      /^(?:Program|Thread \d{1,6} ".{0,100}") (?:received signal|terminated with signal) (SIG[A-Z]{2,8}), (.{1,200})$/,
    type: '$1',
    message: 2,
    role: 'main',
  },
  {
    pattern: /^Program terminated with signal (SIG[A-Z]{2,8}|\d{1,2}), (.{1,200})$/,
    type: '$1',
    message: 2,
    role: 'main',
  },
  {
    pattern: /^(?:\S{1,300}: )?\S{1,500}:\d{1,9}: .{0,500}: (Assertion `.{1,2000}' failed\.?)$/,
    type: 'assertion',
    message: 1,
    role: 'main',
  },
  {
    pattern: /^\*\*\* (SIG[A-Z]{2,8}) (?:\([^)]{0,60}\) )?received by .{1,300} \*\*\*$/,
    type: '$1',
    message: 0,
    role: 'main',
  },
  {
    pattern: /^(?:\*\*\* )?((?:stack smashing|buffer overflow) detected)(?: \*\*\*)?: (.{1,200})$/,
    type: '$1',
    message: 2,
    role: 'main',
  },
  {
    pattern:
      /^((?:double free or corruption|free\(\): invalid|malloc\(\): |corrupted (?:size|double)|munmap_chunk\(\)|realloc\(\): invalid).{0,100})$/,
    type: 'heap corruption',
    message: 1,
    role: 'main',
  },
  {
    pattern:
      /^(?:\[.{1,80}\] )?(?:[Cc]aught|[Rr]eceived|[Gg]ot|Crashed with) (?:fatal )?signal:? (.{1,60})$/,
    type: 'signal',
    message: 1,
    role: 'main',
  },
];

const DECORATION = /^={2,}\d{1,9}={2,}\s*/;

/** Reads a line as the head of a crash report or of a stack within one. */
export function nativeHead(line: string): NativeHead | null {
  const text = line.trim().replace(DECORATION, '');
  if (text.length > 4096) return null;
  for (const { pattern, type, message, role } of RULES) {
    const match = pattern.exec(text);
    if (!match) continue;
    const named = type === '$1' ? (match[1] ?? 'signal') : type;
    const said = message === 0 ? '' : (match[message] ?? '');
    return { type: named, message: withoutAddresses(said), role };
  }
  return null;
}

/** `heap-use-after-free on address 0x60… at pc 0x55…` differs from run to run only by the addresses. */
function withoutAddresses(text: string): string {
  return text
    .replace(/ on (?:unknown )?address 0x[0-9a-f]{1,16}.{0,300}$/, '')
    .replace(/ at 0x[0-9a-f]{1,16}| \(pid=\d{1,9}\)$/g, '');
}
