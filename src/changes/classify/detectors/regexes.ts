import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import { regexCost } from '#src/changes/classify/regex-cost.ts';
import type { SideLine } from '#src/changes/classify/side.ts';

const CONTEXT =
  /\b(?:re\.\w{1,20}|[rR]egexp?|RegExp|Regexp|Pattern|preg_\w{1,20}|regex_\w{1,20}|std::regex|matches|replaceAll|match|scan|gsub|sub|split|test|location|rewrite|@Pattern|pattern|validates|format|Matches|MustCompile|compile|Compile|REGEXP|RLIKE|similar)\b|=~|~\*|~\s/;
/** Engines without backtracking take linear time whatever the pattern. */
const LINEAR = new Set(['go', 'rust']);

/** Patterns that match something else, or may take for ever: Davis et al. (FSE 2018). */
export const detectRegexes: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family === 'prose' || file.language.family === 'markup') continue;
    for (const change of file.lines) yield* patternFindings(change);
  }
};

function* patternFindings(change: LineChange): Generator<Finding> {
  const { old, new: now, file } = change;
  if (change.kind === 'moved' || change.kind === 'reindented' || !now) return;
  const [before, after] = [patternsOf(old), patternsOf(now)];
  const fresh = after.filter((pattern) => !before.includes(pattern));
  if (fresh.length === 0) return;
  const cost = Math.max(...fresh.map(regexCost));
  const costBefore = Math.max(0, ...before.map(regexCost));
  if (cost > costBefore && !LINEAR.has(file.language.id)) {
    yield findingAt('regex-costly', cost >= 2 ? 0.95 : 0.6, change);
  }
  if (isReplacement(change, before)) yield findingAt('regex-changed', 0.75, change);
  else if (file.status !== 'added') yield findingAt('regex-changed', 0.3, change);
}

function isReplacement(change: LineChange, before: readonly string[]): boolean {
  return change.old !== null && before.length > 0;
}

/** Texts on a line that are patterns: literals, and strings where patterns are expected. */
function patternsOf(line: SideLine | null): string[] {
  if (!line) return [];
  const inContext = CONTEXT.test(line.bare);
  return line.tokens
    .filter(
      ({ type, text }) =>
        type === 'regex' ||
        (type === 'string' && inContext && /[\\[(*+^$|?]/.test(text) && /[*+\\[^$|]/.test(text)),
    )
    .map(({ type, text }) => (type === 'regex' ? text.slice(1, text.lastIndexOf('/')) : text));
}
