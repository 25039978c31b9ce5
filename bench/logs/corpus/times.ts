/** Writes epoch milliseconds as the many loggers do, in UTC. */
const two = (value: number): string => String(value).padStart(2, '0');
const three = (value: number): string => String(value).padStart(3, '0');
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

function parts(at: number) {
  const d = new Date(at);
  return {
    y: d.getUTCFullYear(),
    mo: two(d.getUTCMonth() + 1),
    mon: MONTHS[d.getUTCMonth()],
    day: DAYS[d.getUTCDay()],
    d: two(d.getUTCDate()),
    dPadded: String(d.getUTCDate()).padStart(2, ' '),
    time: `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`,
    ms: three(d.getUTCMilliseconds()),
  };
}

export const TIMES = {
  rfc3339: (at: number) => new Date(at).toISOString(),
  comma: (at: number) => {
    const p = parts(at);
    return `${p.y}-${p.mo}-${p.d} ${p.time},${p.ms}`;
  },
  dot: (at: number) => {
    const p = parts(at);
    return `${p.y}-${p.mo}-${p.d} ${p.time}.${p.ms}`;
  },
  plain: (at: number) => {
    const p = parts(at);
    return `${p.y}-${p.mo}-${p.d} ${p.time}`;
  },
  slash: (at: number) => {
    const p = parts(at);
    return `${p.y}/${p.mo}/${p.d} ${p.time}`;
  },
  shortSlash: (at: number) => {
    const p = parts(at);
    return `${String(p.y).slice(2)}/${p.mo}/${p.d} ${p.time}`;
  },
  syslog: (at: number) => {
    const p = parts(at);
    return `${p.mon} ${p.dPadded} ${p.time}`;
  },
  compact: (at: number) => {
    const p = parts(at);
    return `${String(p.y).slice(2)}${p.mo}${p.d} ${p.time.replaceAll(':', '')}`;
  },
  logcat: (at: number) => {
    const p = parts(at);
    return `${p.mo}-${p.d} ${p.time}.${p.ms}`;
  },
  klog: (at: number) => {
    const p = parts(at);
    return `${p.mo}${p.d} ${p.time}.${p.ms}000`;
  },
  apache: (at: number) => {
    const p = parts(at);
    return `${p.day} ${p.mon} ${p.d} ${p.time} ${p.y}`;
  },
  clf: (at: number) => {
    const p = parts(at);
    return `${p.d}/${p.mon}/${p.y}:${p.time} +0000`;
  },
  monthDay: (at: number) => {
    const p = parts(at);
    return `${p.mo}.${p.d} ${p.time}`;
  },
  redis: (at: number) => {
    const p = parts(at);
    return `${p.d} ${p.mon} ${p.y} ${p.time}.${p.ms}`;
  },
  us: (at: number) => {
    const p = parts(at);
    return `${p.mo}/${p.d}/${p.y} ${p.time}`;
  },
  health: (at: number) => {
    const p = parts(at);
    return `${p.y}${p.mo}${p.d}-${p.time}:${p.ms}`;
  },
};
