import { formatQuantity } from '#src/domain/quantity.ts';
import { formatTime } from '#src/domain/time.ts';
import type { DerivedSignal, Shift } from '#src/metrics/contract.ts';

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
  const from = formatQuantity(shift.reference, signal.unit);
  const to = formatQuantity(shift.level, signal.unit);
  const when = shift.preexisting
    ? 'already before the window'
    : `${shift.end === null ? 'since' : 'from'} ${formatTime(shift.onset)}`;
  const until = shift.end === null ? '' : ` until ${formatTime(shift.end)}`;
  return `${what} ${SHAPE_WORDS[shift.shape]} from ${from} to ${to} ${when}${until}`;
}
