import { asSignal, type SignalEvidence } from '#src/charts/contract.ts';
import { marksFor } from '#src/charts/marks.ts';
import { thinned } from '#src/charts/samples.ts';
import type { Clean } from '#src/domain/brief.ts';
import type { Result } from '#src/domain/result.ts';
import type { Onset } from '#src/notify/contract.ts';

const MOST_POINTS = 240;
/** Labels of a series by which its picture is named. */
const NAMES = ['__name__', 'service'] as const;

/** What shows the onset best: the first cited signal that has one, else the first that has one. */
export function onsetOf(result: Result | null, clean: Clean): Onset | null {
  if (result === null) return null;
  const { rootCause, triage, evidence } = result;
  const signals = evidence.flatMap((item) => asSignal(item) ?? []).filter(({ data }) => data.onset);
  const cites = [...(rootCause?.cites ?? []), ...triage.cites];
  const [cited] = cites.flatMap(({ id }) => signals.find((signal) => signal.id === id) ?? []);
  const chosen = cited ?? signals[0];
  if (!chosen) return null;
  const marks = marksFor(chosen, evidence);
  return {
    signal: reduced(chosen, clean),
    marks: marks.map((mark) => ({ ...mark, label: clean(mark.label, 60) })),
  };
}

/** Only what the picture is made of. */
function reduced(signal: SignalEvidence, clean: Clean): SignalEvidence {
  const { data, service } = signal;
  const named = NAMES.flatMap((name) => {
    const value = data.metric[name];
    return value === undefined ? [] : [[name, clean(value, 120)]];
  });
  return {
    ...signal,
    query: '',
    service: service === null ? null : clean(service, 120),
    summary: clean(signal.summary, 160),
    data: {
      ...data,
      metric: Object.fromEntries(named) as Record<string, string>,
      points: thinned(data.points, MOST_POINTS).map(([at, value]) => [at, value]),
    },
  };
}
