import { asSignal, type SignalEvidence } from '#src/charts/contract.ts';
import { chartAltText, chartMovement, chartTitle } from '#src/charts/describe-chart.ts';
import { marksFor } from '#src/charts/marks.ts';
import { type Material, plain } from '#src/report/model/material.ts';
import type { Block } from '#src/report/model/report.ts';
import { inline } from '#src/report/model/text.ts';

const MOST_CHARTS = 6;
const UNCITED = 1e9;

/** The signals that the answer rests on, drawn with onset, deploys, flags and alerts. */
export function signalBlocks(material: Material): Block[] {
  const { evidence } = material.result;
  const charts: Block[] = differentOnes(tellingSignals(material)).map((one) => {
    const signal = inert(one);
    const marks = marksFor(signal, evidence).map((mark) => ({
      ...mark,
      label: inline(mark.label),
    }));
    material.citations.refs([{ id: signal.id }]);
    const caption = inline(`${chartTitle(signal)} ${chartMovement(signal)}`);
    return { type: 'chart', signal, marks, caption, alt: inline(chartAltText(signal, marks)) };
  });
  return charts.length > 0
    ? charts
    : [{ type: 'paragraph', ...plain('No signal with samples was at hand.') }];
}

/** The first few; of those that would say the same under their pictures only the first. */
function differentOnes(signals: readonly SignalEvidence[]): SignalEvidence[] {
  const said = new Set<string>();
  return signals
    .filter((signal) => {
      const words = `${chartTitle(signal)} ${chartMovement(signal)}`;
      return !said.has(words) && said.add(words);
    })
    .slice(0, MOST_CHARTS);
}

/**
 * Signals that matter: those that the cause cites first, then those that triage cites, then others
 * that shifted.
 */
export function tellingSignals({ result }: Material): SignalEvidence[] {
  const { rootCause, triage, investigation } = result;
  const best = investigation?.hypotheses[0];
  const cited = [
    ...(rootCause?.cites ?? []),
    ...triage.cites,
    ...triage.indicators.flatMap(({ cites }) => cites),
    ...(best?.supports ?? []),
    ...(investigation?.suspects.services.flatMap(({ cites }) => cites) ?? []),
  ];
  // The order of the citations is that of their weight.
  const order = new Map([...cited].reverse().map(({ id }, at) => [id, cited.length - at]));
  return result.evidence
    .flatMap((one) => asSignal(one) ?? [])
    .map((signal, index) => ({
      signal,
      index,
      rank: order.get(signal.id) ?? (signal.data.onset ? UNCITED : Number.POSITIVE_INFINITY),
    }))
    .filter(({ rank }) => rank <= UNCITED)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ signal }) => signal);
}

/** The evidence as it may be shown, points and all: every text within on one line and inert. */
function inert(signal: SignalEvidence): SignalEvidence {
  const { data } = signal;
  const metric = Object.entries(data.metric).map(([key, value]) => [inline(key), inline(value)]);
  const { unit, derived } = data;
  return {
    ...signal,
    id: inline(signal.id),
    source: inline(signal.source),
    query: inline(signal.query),
    service: signal.service === null ? null : inline(signal.service),
    summary: inline(signal.summary),
    data: {
      ...data,
      metric: Object.fromEntries(metric),
      ...(unit === undefined ? {} : { unit: inline(unit) }),
      ...(derived === undefined ? {} : { derived: inline(derived) }),
    },
  };
}
