/**
 * A little general English of the kind that programs write. It holds no word of any one system:
 * closed classes (function words), common verbs, and nouns that announce a value. Participles are
 * told by their endings. Used only as a prior where counts alone cannot tell a parameter from a
 * part of the statement's text.
 */
const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Closed classes: a place that holds one of these is text, whatever else stands there. */
export const FUNCTION_WORDS = set(`
  a an the this that these those it its is are was were be been being am do does did done doing
  has have had having can cannot can't could couldn't will won't would shall should may might must
  not no none nor n't didn't doesn't don't isn't wasn't weren't hasn't haven't
  and or but if then else than so because since while when where which who whom whose what why how
  until unless although though whether as of at by for from in into on onto off out over under to
  toward towards up upon via with within without against between among through during before after
  about above below across along around behind beyond except inside outside near per
  again already also always any all both each either every few many more most much neither never
  now once only other others own same some such still too very yet there here just even ever
  instead otherwise however therefore due because unable
`);

/** Verbs in their base and irregular forms; `-ed` and `-ing` forms are told by {@link isEventWord}. */
export const VERBS = set(`
  abort accept access acknowledge acquire activate add adjust allocate allow announce append apply
  approve arrive ask assign attach attempt authenticate authorize authorise backup ban become began begin
  begun bind block boot break broke broken build built bury bypass calculate call cancel cannot catch change
  charge check choose clean clear clone close collect commit compact compare complete compress
  compute configure confirm connect consume contain continue convert copy corrupt create deactivate debug decline
  decode decommission decrease decrypt define delay delete deliver demote deny deploy deregister destroy detach
  detect die died disable discard disconnect discover dispatch display download drain drop dump
  elect emit enable encode encrypt end enqueue enter erase escalate establish evict examine exceed execute
  exist exit expand expire export extend fail failover fall fallback fell fetch fill find finish fire
  fix flush follow forbid force fork format forward found free freeze generate get give go gone got grant grow grew
  grown handle halt happen head heal hide hit hold idle ignore import increase increment index
  initialise initialize init insert install interrupt invalidate invite invoke join keep kept kick kill launch
  lead leave left let link listen load lock log login logout lose lost make mark match merge migrate
  miss modify monitor mount move mute need notify obtain occur offer open override own panic parse pass patch pause
  perform persist ping place poll pop post prefetch preload prepare prevent print probe proceed process
  promote propose provision prune publish pull purge push put query queue quit raise ran read rebalance reboot
  rebuild receive recompute reconcile reconfigure reconnect record recover recv redirect redo reduce refresh
  refuse register reject release reload remove rename renew reopen repair repeat replace replay
  replicate reply report request require reschedule reserve reset resize resolve respond restart
  restore resume retain retransmit retrieve retry return reuse revert revoke roll rollback rotate run sample save saw say
  scale scan schedule seal search see seek seen select send sent serve set shed shrink shrunk shut shutdown sign
  skip sleep slept spawn split stall start step stop store stuck submit subscribe succeed suppress suspend swap
  switch sync synchronise synchronize take taken terminate test throttle throw thrown time timeout took touch trace transfer transform
  transition trigger truncate try turn unban unblock undo undeploy unfreeze uninstall unload unlock unmount unregister
  unsubscribe untrack update upgrade upload use vacuum validate verify wait wake warn warm went win withdraw woke won write wrote written
  mismatch success successful successfully failure error errors warning exception ok okay succeeded failed
`);

/** HTTP's verbs. */
const METHODS = set('GET POST PUT DELETE PATCH HEAD OPTIONS CONNECT TRACE');

/** Nouns after which the name or state of one thing is told. */
export const INTRODUCERS = set(`
  account actor address agent alias app application attribute backend bean bin board branch broker bucket
  bus cache campaign category certificate channel class client cluster code collection column command
  component config configuration connection connector constraint consumer container context controller
  country currency customer data database dataset datasource db dest destination device dir directory disk
  domain driver drive element endpoint engine entity env environment event exchange extension farm feature field file
  filesystem filter flag folder format frame function gateway group guest handler header host hostname id
  identifier image index instance interface item job kernel key keyspace label language lane leader level library link
  listener locale location lock logger mailbox map market master message method metric mime mirror mode model module monitor
  mount name named namespace network node object operation operator option order org organization owner
  package packet page parameter param partition password path peer permission phase pipeline plan platform player plugin pod policy
  pool port principal printer priority process product profile project property protocol provider publisher
  queue quota rack realm reason recipient record region register registry relation release repo repository request
  resource result role room route router rule scheduler schema scope script sender sensor series server
  service session shard sheet shop signal singleton site slot snapshot source space stage station step state status store stream
  subject subnet subscriber subscription subsystem supplier switch symbol symptom system table tag target task team template tenant terminal
  thread tier token tool topic track transaction transport type unit upstream url user username using
  value variable vendor version view vip volume warehouse web worker workflow workspace zone
`);

/** Prepositions that put a noun phrase, often a name, behind them. */
export const PREPOSITIONS = set(
  'for from by to into on onto at in of via with using through against under over than as per',
);

/** Words for what a thing is like now. As the value of an announced state they are parameters. */
export const STATE_WORDS = set(`
  up down on off online offline active inactive idle busy ready free full empty open closed locked
  unlocked enabled disabled healthy unhealthy available unavailable running stopped dead alive
  started starting stopping paused pending queued blocked waiting completed complete failed ok
  reachable unreachable degraded normal critical warning unknown connected disconnected valid
  invalid leader follower primary secondary standby good bad high low medium true false yes no
  success failure
`);

/** Units of quantities; a value's unit changes with its size, so it belongs to the value. */
export const UNITS = set(`
  ns us µs μs ms msec msecs millis milliseconds millisecond microseconds microsecond nanoseconds s sec secs second seconds
  min mins minute minutes h hr hrs hour hours d day days week weeks b B byte bytes Bytes kb kB KB MB GB TB PB KiB MiB GiB TiB
  kbps mbps Kbps Mbps Gbps bps B/s kB/s KB/s MB/s GB/s KiB/s MiB/s GiB/s MHz GHz kHz KHz Hz % percent rpm rps qps bit bits px pt
`);

/** Names of days and months as dates in messages write them. */
export const CALENDAR = set(
  'Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
);

/** Values that are parameters wherever they stand. */
export const LITERALS = set(
  'true false True False TRUE FALSE null NULL Null nil None undefined NaN (null) <nil> <none> <null> nan inf',
);

/** Whether a word belongs to a closed class. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.toLowerCase());
}

/** Whether a word is a verb's base form, or one of HTTP's verbs. */
export function isVerb(word: string): boolean {
  return METHODS.has(word) || VERBS.has(word.toLowerCase());
}

/** Nouns that end like participles. */
const NO_PARTICIPLES = set(`
  string thing king ring spring nothing something anything everything sibling ceiling billing shipping
  pricing staging mapping setting settings rating timing encoding heading booking listing hundred
`);

/** Whether a word tells what happened rather than to whom. */
export function isEventWord(word: string): boolean {
  if (METHODS.has(word)) return true;
  const lower = word.toLowerCase();
  if (FUNCTION_WORDS.has(lower) || VERBS.has(lower)) return true;
  if (lower.length < 5 || NO_PARTICIPLES.has(lower)) return false;
  if (lower.endsWith('ing') || (lower.endsWith('ed') && !lower.endsWith('eed'))) return true;
  return lower.endsWith('s') && VERBS.has(lower.slice(0, -1));
}

/** Whether an identifier begins with a verb, as names of operations do: `create_index`, `onStart`. */
export function isOperation(name: string): boolean {
  const first = /^[A-Za-z][a-z]{1,20}(?=[_A-Z])/.exec(name)?.[0].toLowerCase();
  return first !== undefined && (VERBS.has(first) || first === 'on' || first === 'do');
}
