import type { Random } from './random.ts';

/** Makes the value of one placeholder; `arg` is what stands behind the colon. */
export type ValueMaker = (random: Random, arg: string) => string;

const NAMES =
  'root alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy quentin rupert sybil trent uma victor walter xena yusuf zoe admin guest test oracle postgres nobody deploy jenkins ftp www-data'.split(
    ' ',
  );
const HOSTS =
  'gateway atlas hermes zeus apollo mercury titan callisto europa ganymede io-west io-east backup-primary backup-replica edge-lon edge-fra edge-sin cache-a cache-b cache-c mailhost localhost'.split(
    ' ',
  );
const DOMAINS =
  'api.example.com cdn.example.net login.partner.org mail.corp.internal play.vendor.io static.shop.example files.acme.dev metrics.acme.dev db.prod.internal telemetry.vendor.io'.split(
    ' ',
  );
const DIRS = 'var srv opt data home usr tmp mnt etc lib share cache store spool conf'.split(' ');
const WORDS =
  'orders invoice payment catalog shipping inventory session profile search report ledger audit export image thumbnail checkout cart coupon refund address notification email webhook metrics archive'.split(
    ' ',
  );
const CLASSES =
  'OrderService PaymentGateway SessionManager BlockScanner TaskRunner HeapMonitor CacheLoader RequestHandler JobTracker FetchScheduler LeaseRenewer MessageRouter TokenStore IndexBuilder'.split(
    ' ',
  );
const EXCEPTIONS =
  'java.io.IOException java.net.SocketTimeoutException java.lang.NullPointerException org.acme.store.LeaseExpiredException java.util.concurrent.TimeoutException com.acme.pay.CardDeclinedException'.split(
    ' ',
  );
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const EXTENSIONS = ['log', 'txt', 'conf', 'dat', 'idx', 'tmp', 'json', 'xml', 'gz'];

const int: ValueMaker = (random, arg) => {
  const [low = '0', high = low] = arg ? arg.split('-') : ['0', '9999'];
  return String(random.int(Number(low), Number(high)));
};
const ip: ValueMaker = (random) =>
  `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`;
const port: ValueMaker = (random) => String(random.int(1024, 65535));
const file: ValueMaker = (random) =>
  `${random.pick(WORDS)}${random.chance(0.5) ? `-${random.int(1, 99)}` : ''}.${random.pick(EXTENSIONS)}`;
const path: ValueMaker = (random) => {
  let text = '';
  for (let depth = random.int(1, 4); depth > 0; depth--) text += `/${random.pick(DIRS)}`;
  return `${text}/${random.chance(0.3) ? random.pick(WORDS) : file(random, '')}`;
};
const route: ValueMaker = (random) =>
  `/v${random.int(1, 2)}/${random.zipf(WORDS)}${random.chance(0.6) ? `/${random.int(1, 99999)}` : ''}`;
const uuid: ValueMaker = (random) =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
const two = (value: number): string => String(value).padStart(2, '0');

export const VALUES: Readonly<Record<string, ValueMaker>> = {
  int,
  ip,
  port,
  file,
  path,
  route,
  uuid,
  big: (random, arg) => random.digits(Number(arg || '12')),
  float: (random) => `${random.int(0, 400)}.${random.digits(random.int(1, 4))}`,
  pct: (random) => `${random.int(0, 100)}%`,
  hex: (random, arg) => random.hex(Number(arg || '8')),
  Hex: (random, arg) => random.hex(Number(arg || '8')).toUpperCase(),
  x: (random, arg) => `0x${random.hex(Number(arg || '8'))}`,
  b64: (random, arg) => random.from(BASE64, Number(arg || '16')),
  ipport: (random) => `${ip(random, '')}:${port(random, '')}`,
  slaship: (random) => `/${ip(random, '')}:${port(random, '')}`,
  hostport: (random) =>
    `${random.zipf(DOMAINS)}:${random.pick(['80', '443', '5070', '8080', '9092'])}`,
  ipv6: (random) => `fe80::${random.hex(4)}:${random.hex(3)}:${random.hex(4)}:${random.hex(2)}`,
  mac: (random) => Array.from({ length: 6 }, () => random.hex(2)).join(':'),
  url: (random) => `https://${random.zipf(DOMAINS)}${route(random, '')}`,
  domain: (random) => random.zipf(DOMAINS),
  name: (random) => random.zipf(NAMES),
  fewnames: (random) => random.zipf(NAMES.slice(0, 4)),
  email: (random) => `${random.pick(NAMES)}@${random.pick(DOMAINS)}`,
  host: (random) => random.zipf(HOSTS),
  node: (random, arg) => `${arg || 'node'}-${random.int(0, 255)}`,
  word: (random) => random.zipf(WORDS),
  words: (random) => Array.from({ length: random.int(1, 3) }, () => random.pick(WORDS)).join(' '),
  class: (random) => random.zipf(CLASSES),
  exc: (random) => random.zipf(EXCEPTIONS),
  bool: (random) => random.pick(['true', 'false']),
  ms: (random) => `${random.int(0, 9000)}ms`,
  dur: (random) =>
    random.pick([
      `${random.int(1, 59)}s`,
      `${random.int(1, 900)}ms`,
      `${random.int(1, 9)}m${random.int(1, 59)}s`,
      `${random.int(1, 9)}.${random.int(1, 99)}s`,
    ]),
  size: (random) =>
    random.pick([
      `${random.int(1, 900)} KB`,
      `${random.int(1, 90)}.${random.int(1, 9)} MB`,
      `${random.int(1, 9)} GB`,
    ]),
  clock: (random) =>
    `${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}`,
  date: (random) => `2024-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
  epoch: (random) => String(1_700_000_000 + random.int(0, 9_999_999)),
  version: (random) => `${random.int(0, 9)}.${random.int(0, 20)}.${random.int(0, 40)}`,
  blk: (random) => `blk_${random.chance(0.5) ? '-' : ''}${random.digits(19)}`,
  ioerr: (random) =>
    random.pick([
      'Connection refused',
      'Connection reset by peer',
      'Broken pipe',
      'No route to host',
      'Operation timed out',
    ]),
  CODE: (random) => random.from('ABCDEFGHJKLMNPQRSTUVWXYZ', 3) + random.digits(4),
};
