/**
 * Grouping accuracy (Zhu et al., "Tools and Benchmarks for Automated Log Parsing", ICSE-SEIP 2019):
 * the share of lines whose group holds exactly the lines of their true template.
 */
export function groupingAccuracy(
  truth: readonly number[],
  groups: readonly (string | number)[],
): number {
  const right = exactGroups(truth, groups);
  return truth.length === 0 ? 1 : right.lines / truth.length;
}

/**
 * The F1 score over templates of the same notion (Jiang et al., Loghub-2.0, ISSTA 2024):
 * rare templates weigh as much as common ones.
 */
export function groupingF1(truth: readonly number[], groups: readonly (string | number)[]): number {
  const right = exactGroups(truth, groups).templates;
  const precision = right / new Set(groups).size;
  const recall = right / new Set(truth).size;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function exactGroups(truth: readonly number[], groups: readonly (string | number)[]) {
  const truthSize = sizes(truth);
  const groupSize = sizes(groups);
  const pairSize = new Map<string, number>();
  for (let i = 0; i < truth.length; i++) {
    const pair = `${truth[i]}\0${groups[i]}`;
    pairSize.set(pair, (pairSize.get(pair) ?? 0) + 1);
  }
  let lines = 0;
  let templates = 0;
  for (const [pair, size] of pairSize) {
    const cut = pair.indexOf('\0');
    const ofTruth = truthSize.get(pair.slice(0, cut));
    const ofGroup = groupSize.get(pair.slice(cut + 1));
    if (ofTruth === size && ofGroup === size) {
      lines += size;
      templates++;
    }
  }
  return { lines, templates };
}

function sizes(keys: readonly (string | number)[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const key of keys) count.set(String(key), (count.get(String(key)) ?? 0) + 1);
  return count;
}
