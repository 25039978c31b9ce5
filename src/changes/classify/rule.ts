import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import { type Finding, findingAt } from '#src/changes/classify/finding.ts';
import type { Language } from '#src/changes/classify/language.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { quietReason } from '#src/changes/classify/quiet.ts';
import { codeOf, type SideLine } from '#src/changes/classify/side.ts';

/**
 * A rule about text that a change took away (`lost`) or brought in (`gained`). What is on both
 * sides of a file's changes, wherever it went, is neither.
 */
export type Rule = {
  when: 'lost' | 'gained';
  /** Global; tried on a line's code without comments. */
  pattern: RegExp;
  mechanism: MechanismId;
  weight: number;
  /** Look at the code with its strings (joined by blanks) instead of without. */
  withStrings?: boolean;
  /** Languages in which the pattern means this; all code when absent. */
  languages?: readonly Language['id'][];
  /** Does not count where the other side of the line (or, for a lone line, the file's changes) has this. */
  unless?: RegExp;
};

/** Applies rules to the code of a file. Log calls and lines that mean the same are passed over. */
export function* applyRules(file: FileChange, rules: readonly PreparedRule[]): Generator<Finding> {
  if (file.language.family === 'prose') return;
  const changes = file.lines.filter(isRelevant);
  if (changes.length === 0) return;
  const whole = wholeTexts(changes, file);
  const known = { bare: new Map<SideLine, string>(), full: new Map<SideLine, string>() };
  const textOf = (line: SideLine | null, rule: Rule): string => {
    if (!line) return '';
    const texts = rule.withStrings ? known.full : known.bare;
    const text = texts.get(line) ?? dotted(rule.withStrings ? codeOf(line) : line.bare, file);
    texts.set(line, text);
    return text;
  };
  for (const rule of rules) {
    if (rule.languages && !rule.languages.includes(file.language.id)) continue;
    // Most rules find nothing anywhere: one look at the whole tells.
    const texts = rule.when === 'lost' ? whole.old : whole.new;
    if (rule.anywhere.test(rule.withStrings ? texts.full : texts.bare)) {
      yield* applyRule(changes, rule, textOf);
    }
  }
}

type Texts = { bare: string; full: string };

/** All changed lines of each side as one text. */
function wholeTexts(changes: readonly LineChange[], file: FileChange): { old: Texts; new: Texts } {
  const join = (side: 'old' | 'new'): Texts => {
    const lines = changes.flatMap((change) => change[side] ?? []);
    return {
      bare: dotted(lines.map(({ bare }) => bare).join('\n'), file),
      full: dotted(lines.map(codeOf).join('\n'), file),
    };
  };
  return { old: join('old'), new: join('new') };
}

/** A rule with its pattern for a text of many lines. */
export type PreparedRule = Rule & { anywhere: RegExp };

export function prepareRule(rule: Rule): PreparedRule {
  const { source, flags } = rule.pattern;
  return { ...rule, anywhere: new RegExp(source, `${flags.replace('g', '')}m`) };
}

/** Members are written with a dot, so that one pattern fits all languages. */
function dotted(text: string, file: FileChange): string {
  return /^(?:php|c|perl)$/.test(file.language.id) ? text.replace(/ ?(?:->|::) ?/g, '.') : text;
}

function isRelevant(change: LineChange): boolean {
  if (change.kind === 'moved' || change.kind === 'reindented') return false;
  return !(change.old && change.new && quietReason(change.old, change.new, change.file));
}

function* applyRule(
  changes: readonly LineChange[],
  rule: Rule,
  textOf: (line: SideLine | null, rule: Rule) => string,
): Generator<Finding> {
  const own = (change: LineChange): SideLine | null =>
    rule.when === 'lost' ? change.old : change.new;
  const other = (change: LineChange): SideLine | null =>
    rule.when === 'lost' ? change.new : change.old;
  const there = new Map<string, number>();
  const hits: { change: LineChange; matches: string[] }[] = [];
  for (const change of changes) {
    for (const match of matchesOf(textOf(other(change), rule), rule.pattern)) {
      there.set(match, (there.get(match) ?? 0) + 1);
    }
    const matches = matchesOf(textOf(own(change), rule), rule.pattern);
    if (matches.length > 0) hits.push({ change, matches });
  }
  if (hits.length === 0) return;
  let anywhere: boolean | null = null;
  const isExcused = (change: LineChange): boolean => {
    if (!rule.unless) return false;
    const counterpart = other(change);
    if (counterpart) return rule.unless.test(textOf(counterpart, rule));
    anywhere ??= changes.some((one) => rule.unless?.test(textOf(other(one), rule)) ?? false);
    return anywhere;
  };
  for (const { change, matches } of hits) {
    const missing = matches.filter((match) => {
      const left = there.get(match) ?? 0;
      there.set(match, left - 1);
      return left <= 0;
    });
    if (missing.length > 0 && !isExcused(change))
      yield findingAt(rule.mechanism, rule.weight, change);
  }
}

function matchesOf(text: string, pattern: RegExp): string[] {
  if (text === '') return [];
  return Array.from(text.matchAll(pattern), (match) => match[0].replace(/\s+/g, ''));
}
