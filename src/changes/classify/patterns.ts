import { enclosing, type Side, type SideLine } from '#src/changes/classify/side.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

/** Heads of loops, and calls that take a function for each item. */
export const LOOP =
  /(?:^|[^\w.$])(?:for|foreach|while|loop|until|repeat)\b(?!\s?[=:.])|\.(?:each|map|forEach|flatMap|concatMap|each_with_index|each_pair|each_slice|each_with_object|times|for_each|mapNotNull|ForEach|SelectMany|traverse|reduce|fold|inject|collect)\b\s?[({|d]|\b(?:Enum|Stream|Task)\.(?:map|each|reduce|flat_map|async_stream)\b|\barray_(?:map|walk|filter)\b/;

/** A call of a logger, or a plain print. */
export const LOG_CALL =
  /(?:^|[^\w$])(?:(?:[\w$]{0,30}(?:log|logger|logging|LOG|LOGGER|Log|Logger)|console|slog|zap|klog|glog|tracing|syslog|winston|pino|sugar|span)(?:\(\))?(?:[.:!]{1,2}|->)(?:debug|info|warn|warning|error|fatal|trace|notice|critical|exception|log|verbose|print|printf|println|infof|debugf|warnf|errorf|tracef|fatalf|Debug|Info|Warn|Warning|Error|Fatal|Trace|Print|Printf|Println|Infof|Debugf|Warnf|Errorf|Infow|Debugw|Warnw|Errorw|LogInformation|LogWarning|LogError|LogDebug|LogTrace|atDebug|atInfo)\w{0,4}|(?:print|println|printf|puts|eprintln!|println!|debug!|info!|warn!|error!|trace!|log|error_log|NSLog|Logger)\s?\(|fmt\.(?:Print|Fprint)\w{0,3}\(|System\.(?:out|err)\.print|Console\.(?:Write|Error)|puts\s)/;

const RECEIVERS = new Set(
  (
    'db database redis client http https axios requests session repo repository repositories dao conn connection cursor ' +
    'collection knex prisma api gateway service services stub producer s3 bucket es elastic elasticsearch mongo sql ' +
    'store storage kafka rpc remote upstream backend orm objects jdbc template dynamo dynamodb firestore memcache ' +
    'memcached sqs sns queue broker channel tx trx query manager em entity pool grpc rest webclient urllib httpx got ' +
    'ky fetcher model models supabase cassandra neo4j graph search index ldap smtp mailer vault'
  ).split(' '),
);
const VERBS = new Set(
  (
    'fetch query execute request urlopen download upload publish dispatch findone findby findall findunique findfirst ' +
    'findmany findbyid selectone lookup invoke sendrequest getjson postjson httpget httppost curl exec queryrow ' +
    'queryforobject queryforlist getforobject exchange retrieve rpc call load find get list count save insert update ' +
    'delete select put post patch send create read write scan head hget mget'
  ).split(' '),
);
/** Verbs that mean a remote call whatever they are called on. */
const PLAIN_VERBS = new Set(
  'fetch query execute urlopen download findone findbyid findunique findfirst findmany queryrow queryforobject queryforlist getforobject getjson postjson curl retrieve sendrequest'.split(
    ' ',
  ),
);

/**
 * Calls on a line that look like a query, a request or a message: by what they are called on and
 * by their verb. @returns their names, e.g. `db.query`
 */
export function remoteCalls(line: SideLine): string[] {
  const found: string[] = [];
  const { tokens } = line;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.type !== 'word') continue;
    const opens =
      tokens[i + 1]?.text === '(' || (tokens[i + 1]?.text === '!' && tokens[i + 2]?.text === '(');
    if (!opens) continue;
    const receiver: string[] = [];
    for (let at = i - 1; at > 0 && /^(?:\.|\?\.|::|->|&\.)$/.test(tokens[at]?.text ?? ''); ) {
      at = skipCall(tokens, at - 1);
      receiver.unshift(tokens[at]?.text ?? '');
      at--;
    }
    if (
      isRemote(
        receiver,
        token.text,
        tokens[i - 1]?.text === 'await' || isAwaited(tokens, i, receiver),
      )
    ) {
      found.push([...receiver, token.text].join('.').slice(0, 80));
    }
  }
  return found;
}

type Tokens = SideLine['tokens'];

/** From a `)` back to the name that was called. */
function skipCall(tokens: Tokens, at: number): number {
  if (tokens[at]?.text !== ')') return at;
  let depth = 0;
  for (let i = at; i >= 0; i--) {
    if (tokens[i]?.text === ')') depth++;
    else if (tokens[i]?.text === '(' && --depth === 0) return Math.max(0, i - 1);
  }
  return 0;
}

function isAwaited(tokens: Tokens, index: number, receiver: readonly string[]): boolean {
  return tokens
    .slice(Math.max(0, index - receiver.length * 2 - 3), index)
    .some(({ text }) => text === 'await');
}

function isRemote(receiver: readonly string[], callee: string, awaited: boolean): boolean {
  const calleeWords = wordsOf(callee);
  const joined = calleeWords.join('');
  const verb = calleeWords[0] ?? '';
  if (
    /^(?:all|allsettled|race|sleep|delay|gather|resolve|settimeout|lock|acquire|wait)$/.test(joined)
  )
    return false;
  if (
    PLAIN_VERBS.has(joined) ||
    /^(?:find|get|load|fetch|query|lookup)(?:one|all|by|many)/.test(joined)
  )
    return true;
  if (awaited) return true;
  const receiverWords = receiver.flatMap(wordsOf);
  if (receiverWords.some((word) => RECEIVERS.has(word)) && (VERBS.has(verb) || VERBS.has(joined)))
    return true;
  return /^(?:fetch|query|request|download|lookup)$/.test(verb) && calleeWords.length > 1;
}

/** Whether a line runs once per item: inside a loop, or in the body of a comprehension on the line. */
export function isInLoop(side: Side, line: SideLine): boolean {
  if (/\bfor\b[^\n]{1,200}\bin\b/.test(line.bare) && /[[({].*\bfor\b/.test(line.bare)) return true;
  if (
    /\.(?:map|forEach|each|flatMap|for_each|ForEach|Select)\b\s?[({]/.test(line.bare) &&
    /=>|->|\|\w+\||::/.test(line.bare)
  )
    return true;
  for (const above of enclosing(side, line.index)) {
    if (LOOP.test(above.bare)) return true;
    // A function defined in a loop is rare; a loop around the function's definition does not count.
    if (DEFINITION.test(above.bare)) return false;
  }
  return false;
}

/** Whether a line begins a loop (or hands a function to one). */
export function isLoopHead(line: SideLine): boolean {
  return (
    LOOP.test(line.bare) && /(?:[{:(>|]|do|then|\|\w{1,40}\||\bin\b[^:]{1,100}|\))$/.test(line.bare)
  );
}

/** The head of a function, method or class. */
export const DEFINITION =
  /^(?:(?:export|default|pub(?:\([a-z]{1,10}\))?|public|private|protected|internal|static|final|abstract|override|virtual|async|suspend|inline|open|sealed|data|const|unsafe|extern|synchronized|open|partial|readonly)\s){0,6}(?:def|defp|func|fun|fn|function|class|interface|trait|struct|enum|module|object|impl|sub|method|record|type|protocol)\b/;

/** The name that a definition gives, or null. */
export function definedName(bare: string): string | null {
  if (!DEFINITION.test(bare)) return methodName(bare);
  const rest = bare
    .replace(DEFINITION, '')
    .replace(/^\s*(?:\([^()]{0,80}\)|\*)?\s*(?:self\.)?/, '');
  return /^[\p{L}_$][\p{L}\p{N}_$!?]{0,80}/u.exec(rest)?.[0] ?? methodName(bare);
}

/** `public Order place(Request r) {`, `async save(order) {`, `const save = async (order) => {`. */
function methodName(bare: string): string | null {
  const arrow =
    /^(?:export\s)?(?:const|let|var)\s([\w$]{1,80})\s?(?::[^=]{0,80})?=\s?(?:async\s?)?(?:\([^()]{0,200}\)|[\w$]{1,40}|function\b[^{]{0,200})(?::\s?[^=]{0,80})?\s?(?:=>|\{)/.exec(
      bare,
    );
  if (arrow) return arrow[1] ?? null;
  if (
    /^(?:if|for|while|switch|catch|return|throw|new|else|do|try|with|await|yield|case|using|lock|synchronized)\b/.test(
      bare,
    )
  )
    return null;
  const method =
    /^(?:(?:public|private|protected|internal|static|final|abstract|override|virtual|async|synchronized|get|set)\s){0,5}(?:[\w$<>[\],.? ]{1,80}\s)?([\w$]{1,80})\([^;]{0,300}\)\s?(?:throws\s[\w., ]{1,100})?(?::\s?[\w<>[\]|., ]{1,80})?\s?\{$/.exec(
      bare,
    );
  return method?.[1] ?? null;
}
