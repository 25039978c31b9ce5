import {
  type Anchor,
  type EarlierLine,
  extendMessage,
  MAX_MESSAGE_LINES,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';
import { looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';

const HEAD =
  /\*\* \((?:(exit|stop|throw)|([A-Z]\w{0,100}(?:\.[A-Z]\w{0,100}){0,10})|EXIT from [^)]{1,80})\) (.*)$/;
const FRAME =
  /^(?:\(([a-z]\w{0,80})(?: [\w.+-]{1,60})?\) )?([^\s:()][^:()]{0,400}\.(?:exs?|erl|eex|leex|heex|yrl|xrl)):(\d{1,9}): (\S.{0,600})$/;
const NO_PLACE =
  /^(?:\(([a-z]\w{0,80})(?: [\w.+-]{1,60})?\) )?((?::[a-z]\w{0,80}|[A-Z]\w{0,100})(?:\.\S{1,200})?[./]\S{0,300}(?:\/\d{1,3}|\)))$/;

/** Exceptions of Elixir as `Exception.format/3` and Logger print them. */
export const elixir: StackTraceParser = {
  id: 'elixir',
  languages: ['elixir'],
  hints: ['** (', '.ex:', '.exs:', '.erl:'],
  anchor,
  open: (earlier) => new ElixirReader(earlier),
  isLibrary: (frame) =>
    frame.file === '' || LIBRARY.test(frame.module ?? '') || LIBRARY_FILE.test(frame.file),
};

function anchor(line: string): Anchor | null {
  const head = HEAD.exec(line);
  if (head) return { column: head.index, isHead: true };
  const start = line.length - line.trimStart().length;
  // Frames are indented by four; a line of a compiler's warning looks alike but is not.
  return start >= 4 && FRAME.test(line.trim()) ? { column: start, isHead: false } : null;
}

class ElixirReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  #trace: ParsedTrace | null = null;
  #messageLines = 0;
  #isEnded = false;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const frame = elixirFrame(text, this.#trace !== null && /^\s{4}/.test(line));
    if (frame) return this.#frame(frame);
    const head = HEAD.exec(text);
    if (head) {
      if (this.#trace) return 'done';
      this.#trace = newTrace('elixir', head[2] ?? head[1] ?? 'EXIT', head[3] ?? '');
      return 'taken';
    }
    const trace = this.#trace;
    if (!trace) return 'foreign';
    if (trace.frames.length > 0) {
      // State and arguments of the process follow, then maybe the stack of its caller.
      if (text !== '' && !looksLikeRecord(line)) this.#isEnded = true;
      return 'foreign';
    }
    if (looksLikeRecord(line) || this.#messageLines >= MAX_MESSAGE_LINES) return 'foreign';
    this.#messageLines += 1;
    extendMessage(trace, text);
    return 'taken';
  }

  #frame(frame: ParsedFrame): 'taken' | 'done' {
    if (this.#isEnded) return 'taken';
    this.#trace ??= newTrace('elixir', UNKNOWN_TYPE, this.#earlier.at(-1)?.text.trim() ?? '');
    pushFrame(this.#trace.frames, frame);
    return 'taken';
  }

  finish(): ParsedTrace[] {
    const trace = this.#trace;
    if (!trace || trace.frames.length === 0) return [];
    trace.message = trace.message.trimEnd();
    return [trace];
  }
}

function elixirFrame(text: string, isInside: boolean): ParsedFrame | null {
  const match = FRAME.exec(text);
  const found = match ?? (isInside ? NO_PLACE.exec(text) : null);
  if (!found) return null;
  return {
    file: match?.[2] ?? '',
    line: match ? Number(match[3]) : null,
    column: null,
    function: nameOf((match ? found[4] : found[2]) ?? ''),
    ...(found[1] === undefined ? {} : { module: found[1] }),
  };
}

/** `Shop.Cart.price(%{euros: 1})` → `Shop.Cart.price`; `anonymous fn/2 in Shop.Cart.total/1` stays. */
function nameOf(text: string): string {
  const open = text.indexOf('(');
  return open > 0 ? text.slice(0, open) : text;
}

const LIBRARY =
  /^(?:elixir|stdlib|kernel|erts|compiler|ssl|inets|crypto|mnesia|logger|mix|iex|ex_unit|eex|phoenix\w*|plug\w*|cowboy\w*|cowlib|ranch|bandit|thousand_island|ecto\w*|db_connection|postgrex|myxql|tds|mint|finch|castore|jason|poison|telemetry\w*|oban|broadway\w*|gen_stage|flow|absinthe\w*|tesla|hackney|httpoison|req|nimble_\w+|swoosh|gettext|floki|decimal|timex|tzdata|amqp|brod|redix|nebulex|horde|libcluster|commanded|ash\w*|sentry|opentelemetry\w*|grpc|protobuf|websock\w*|bcrypt_elixir|guardian|con_cache|cachex|quantum|ex_aws\w*)$/;
const LIBRARY_FILE = /\.erl$|(?:^|\/)deps\//;
