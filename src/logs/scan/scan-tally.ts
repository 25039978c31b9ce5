import { TemplateMiner } from '#src/logs/templates/miner.ts';
import type { PatternCounts } from './pattern-stats.ts';
import { TimeCells } from './time-cells.ts';

/** What scanners count, of one log or of several. */
export class ScanTally {
  readonly miner: TemplateMiner;
  /** By pattern. */
  readonly counts: PatternCounts[] = [];
  /** When the records of each pattern were, in the window and in the baseline. */
  readonly cells = new TimeCells();
  readonly baselineCells = new TimeCells();
  lines = 0;
  records = 0;
  /** Records without a time where a window asks for one; they are counted in the window. */
  undated = 0;
  /** Epoch milliseconds of the earliest and the latest record. */
  first: number | null = null;
  last: number | null = null;

  constructor(maxPatterns?: number) {
    this.miner = new TemplateMiner(maxPatterns === undefined ? {} : { maxPatterns });
  }
}
