/** So many of the latest samples of a series are kept. */
const MAX_POINTS = 20_000;

/** The finite samples of one series in the order of time. */
export type Samples = { times: Float64Array; values: Float64Array };

/** Unix times beyond this are milliseconds (the year 5138 in seconds). */
const SECONDS_END = 1e11;

/**
 * Reads `[unix seconds, text]` samples: what is no finite number is left out, times become
 * milliseconds in ascending order, of equal times the later sample stands.
 */
export function parseSamples(samples: readonly (readonly [number, string])[]): Samples {
  const from = Math.max(0, samples.length - MAX_POINTS);
  const size = samples.length - from;
  const times = new Float64Array(size);
  const values = new Float64Array(size);
  let count = 0;
  let sorted = true;
  for (let i = from; i < samples.length; i += 1) {
    const sample = samples[i];
    if (sample === undefined) continue;
    const value = toNumber(sample[1]);
    const seconds = sample[0];
    if (!Number.isFinite(value) || !Number.isFinite(seconds)) continue;
    const time = Math.round(Math.abs(seconds) >= SECONDS_END ? seconds : seconds * 1000);
    if (count > 0 && time <= (times[count - 1] as number)) sorted = false;
    times[count] = time;
    values[count] = value;
    count += 1;
  }
  const cut = { times: times.slice(0, count), values: values.slice(0, count) };
  return sorted ? cut : inOrder(cut);
}

function toNumber(text: unknown): number {
  if (typeof text === 'number') return text;
  if (typeof text !== 'string' || text.length > 64 || text.trim() === '') return Number.NaN;
  return Number(text);
}

function inOrder({ times, values }: Samples): Samples {
  const order = Array.from(times.keys()).sort(
    (a, b) => (times[a] as number) - (times[b] as number) || a - b,
  );
  const outTimes = new Float64Array(times.length);
  const outValues = new Float64Array(times.length);
  let count = 0;
  for (const index of order) {
    const time = times[index] as number;
    if (count > 0 && outTimes[count - 1] === time) count -= 1;
    outTimes[count] = time;
    outValues[count] = values[index] as number;
    count += 1;
  }
  return { times: outTimes.slice(0, count), values: outValues.slice(0, count) };
}
