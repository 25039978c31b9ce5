import { formatDuration, formatTime } from '#src/domain/time.ts';
import type { DerivedSignal, Shift, Unit } from '#src/metrics/contract.ts';

/** A value for people: `12 ms`, `3.4 %`, `1.5 GiB`, `120/s`. */
export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'seconds':
      return Math.abs(value) < 120 ? shortSeconds(value) : formatDuration(value * 1000);
    case 'ratio':
      return `${digits(value * 100)} %`;
    case 'bytes':
      return shortBytes(value);
    case 'count':
      return `${digits(value)}/s`;
    default:
      return digits(value);
  }
}

function digits(value: number): string {
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  const places = Math.max(0, Math.min(6, 2 - size));
  const text = value.toFixed(places);
  return text.includes('.') ? text.replace(/0{1,6}$/, '').replace(/\.$/, '') : text;
}

function shortSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  if (size >= 1 || size === 0) return `${digits(seconds)} s`;
  return size >= 1e-3 ? `${digits(seconds * 1e3)} ms` : `${digits(seconds * 1e6)} µs`;
}

function shortBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let at = 0;
  while (Math.abs(value) >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${digits(value)} ${units[at]}`;
}

const FACET_WORDS: Readonly<Partial<Record<DerivedSignal['facet'], string>>> = {
  'error-ratio': 'error ratio',
  'client-error-ratio': 'share of refused requests (4xx)',
  'error-rate': 'errors',
  'request-rate': 'requests',
  'event-rate': 'events',
  up: 'up',
  presence: 'samples',
  'dependency-up': 'dependency up',
};

/** What a signal measures, in plain words: `p95 latency (http_request_duration_seconds)`. */
export function describeSignal(signal: DerivedSignal): string {
  const { facet, aspect, name, scope, labels } = signal;
  const words = FACET_WORDS[facet] ?? facet.replace('-', ' ');
  const code = /^\d{3}(?= \/)/.exec(aspect)?.[0];
  const statistic = facet === 'latency' && aspect !== 'value' ? `${aspect} ` : '';
  const share = aspect.includes('limit') ? ' share of its limit' : '';
  const peer = signal.peer === null ? '' : ` ${signal.peerIsCaller ? 'from' : 'to'} ${signal.peer}`;
  const narrow = scope === 'route' || scope === 'instance' ? ` of one ${scope}` : '';
  const label = narrow === '' ? '' : narrowLabel(labels);
  return `${statistic}${code === undefined ? words : `share of answers ${code}`}${share}${peer}${narrow}${label} (${name})`;
}

function narrowLabel(labels: Readonly<Record<string, string>>): string {
  const shown = Object.entries(labels).filter(([key]) => key !== 'job' && key !== 'service');
  return shown.length === 0
    ? ''
    : ` [${shown
        .slice(0, 3)
        .map(([k, v]) => `${k}=${v}`)
        .join(', ')}]`;
}

const SHAPE_WORDS: Readonly<Record<Shift['shape'], string>> = {
  step: 'went',
  ramp: 'crept',
  spike: 'spiked',
  oscillation: 'swung',
  'drop-to-zero': 'fell',
  gap: 'fell silent',
};

/** A shift in plain words: what went from where to where, since when, and whether it is over. */
export function describeShift(signal: DerivedSignal, shift: Shift): string {
  const what = describeSignal(signal);
  if (shift.shape === 'gap') return `no samples since ${formatTime(shift.onsetAfter)}`;
  const from = formatValue(shift.reference, signal.unit);
  const to = formatValue(shift.level, signal.unit);
  const when = shift.preexisting
    ? 'already before the window'
    : `${shift.end === null ? 'since' : 'from'} ${formatTime(shift.onset)}`;
  const until = shift.end === null ? '' : ` until ${formatTime(shift.end)}`;
  return `${what} ${SHAPE_WORDS[shift.shape]} from ${from} to ${to} ${when}${until}`;
}
