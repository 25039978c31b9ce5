import {
  type LogRecord,
  type MetricSeries,
  metricSeriesSchema,
  SIGNALS,
  type Signal,
} from '#src/domain/bundle.ts';
import { InputError } from '#src/domain/errors.ts';
import { parseTime } from '#src/domain/time.ts';
import { checkSchema } from '#src/platform/json-file.ts';

/*
 * Series and log records come by the hundred thousand: they are checked by hand. What does not
 * pass the quick check goes through the schema, which knows how to say what is wrong.
 */

type Fields = Record<string, unknown>;

/** @throws InputError when the value is no series */
export function checkSeries(value: unknown, where: string): MetricSeries {
  if (!isObject(value) || !isLabels(value.metric) || !hasSamples(value.values)) {
    return checkSchema(metricSeriesSchema, tolerant(value), where) as MetricSeries;
  }
  const series: MetricSeries = { metric: value.metric, values: value.values };
  if (Array.isArray(value.histograms)) {
    series.histograms = value.histograms as [number, unknown][];
  }
  if (typeof value.query === 'string') series.query = value.query;
  if (SIGNALS.includes(value.signal as Signal)) series.signal = value.signal as Signal;
  if (typeof value.service === 'string') series.service = value.service;
  if (value.type === 'counter' || value.type === 'gauge' || value.type === 'histogram') {
    series.type = value.type;
  }
  if (typeof value.unit === 'string') series.unit = value.unit;
  return series;
}

/** @throws InputError when the value is no log record */
export function checkLogRecord(value: unknown, where: string): LogRecord {
  if (!isObject(value)) throw new InputError('expected an object', { where });
  const { timestamp, service, line, labels } = value;
  if (typeof timestamp !== 'string' || parseTime(timestamp) === null) {
    throw new InputError('timestamp: expected an RFC 3339 time', { where });
  }
  if (typeof line !== 'string') throw new InputError('line: expected a text', { where });
  const record: LogRecord = {
    timestamp,
    service: typeof service === 'string' ? service : '',
    line,
  };
  if (isLabels(labels)) record.labels = labels;
  return record;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLabels(value: unknown): value is Record<string, string> {
  if (!isObject(value)) return false;
  for (const key in value) if (typeof value[key] !== 'string') return false;
  return true;
}

function hasSamples(value: unknown): value is [number, string][] {
  return (
    Array.isArray(value) &&
    value.every(
      (sample) =>
        Array.isArray(sample) && typeof sample[0] === 'number' && typeof sample[1] === 'string',
    )
  );
}

/** Foreign series write numbers where Prometheus writes text, and labels that are not text. */
function tolerant(value: unknown): unknown {
  if (!isObject(value)) return value;
  const copy: Fields = { ...value };
  if (isObject(value.metric)) {
    copy.metric = Object.fromEntries(
      Object.entries(value.metric)
        .filter(([, label]) => label !== null && typeof label !== 'object')
        .map(([key, label]) => [key, String(label)]),
    );
  } else if (value.metric === undefined) copy.metric = {};
  if (Array.isArray(value.values)) {
    copy.values = value.values.map((sample: unknown) =>
      Array.isArray(sample) && sample.length === 2
        ? [Number(sample[0]), sample[1] === null ? 'NaN' : String(sample[1])]
        : sample,
    );
  }
  return copy;
}
