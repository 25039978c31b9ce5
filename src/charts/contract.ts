import type { Evidence, EvidenceData } from '#src/domain/evidence.ts';

/** Evidence whose bytes are a series: of kind `metric`, or rates that logs gave. */
export type SignalEvidence = Evidence & { data: Extract<EvidenceData, { type: 'series' }> };

/** Something that happened at one moment and is drawn as an upright line. `at` is RFC 3339. */
export type ChartMark = { at: string; kind: ChartMarkKind; label: string };
export type ChartMarkKind = 'onset' | 'deploy' | 'flag' | 'alert' | 'event';

/**
 * Size in pixels (720 wide, and as high as the rows of labels need) and for which background (default
 * `light`).
 */
export type ChartOptions = {
  width?: number;
  height?: number;
  theme?: ChartTheme;
};
export type ChartTheme = 'light' | 'dark';

/** A finite sample: unix seconds and value; null is a hole. */
export type Point = readonly [at: number, value: number | null];

/** @returns the evidence as one that can be drawn, or null: fewer than two finite samples is no picture */
export function asSignal(evidence: Evidence): SignalEvidence | null {
  if (evidence.data.type !== 'series') return null;
  const finite = evidence.data.points.filter(([, value]) => value !== null).length;
  return finite < 2 ? null : (evidence as SignalEvidence);
}
