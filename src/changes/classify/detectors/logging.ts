import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, findingAt } from '#src/changes/classify/finding.ts';
import { isInLoop, LOG_CALL } from '#src/changes/classify/patterns.ts';
import { isLogLine } from '#src/changes/classify/quiet.ts';

const LEVELS = [
  'fatal',
  'critical',
  'error',
  'warn',
  'warning',
  'notice',
  'info',
  'log',
  'debug',
  'trace',
  'verbose',
];

/** Logs that grow: Yuan et al., "Characterizing logging practices" (ICSE 2012). */
export const detectLogging: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' || file.status === 'added') continue;
    for (const change of file.lines) {
      const weight = moreLogging(change);
      if (weight > 0) yield findingAt('logging-more', weight, change);
    }
  }
};

/** How much more a change of a line logs, 0..1. */
function moreLogging(change: LineChange): number {
  const { new: now, old } = change;
  if (!now || !LOG_CALL.test(now.bare)) return 0;
  if (change.kind === 'modified' && old) return isLouder(old.bare, now.bare) ? 0.6 : 0;
  if (change.kind !== 'added' || !isLogLine(now)) return 0;
  if (isInLoop(change.hunk.after, now)) return 0.75;
  return dumps(now.bare) ? 0.6 : 0.3;
}

/** Whole requests, responses or objects are written. */
function dumps(bare: string): boolean {
  return /\b(?:body|payload|request|response|headers|JSON\.stringify|dumps|to_json|inspect|dump|toString|stack|pprint)\b/.test(
    bare,
  );
}

/** A level that is written by default took the place of one that is not. */
function isLouder(old: string, now: string): boolean {
  const [before, after] = [levelOf(old), levelOf(now)];
  return before > after && before >= LEVELS.indexOf('debug') && after >= 0;
}

function levelOf(bare: string): number {
  const word =
    /\b(?:\w{0,30}log\w{0,10}|slog|zap|klog|tracing|console|LOG|LOGGER)(?:\(\))?[.:!]{1,2}([a-zA-Z]{3,14})/i.exec(
      bare,
    )?.[1] ?? '';
  return LEVELS.indexOf(
    word
      .toLowerCase()
      .replace(/(?:f|w|ln|information)$/, (tail) => (tail === 'information' ? 'info' : '')),
  );
}
