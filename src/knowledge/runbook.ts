import type { Runbook } from '#src/domain/bundle.ts';
import { type RunbookSection, sectionsOf } from '#src/knowledge/runbook-sections.ts';
import { compareText } from '#src/platform/compare.ts';

/** What a runbook is sought for. */
export type RunbookTopic = {
  /** Names of the alerts. */
  alerts: readonly string[];
  services: readonly string[];
  /** What is seen, in words: summaries and descriptions of the alerts. */
  symptoms: readonly string[];
};

/** Weights: an alert's own name says more than a service, and a service more than a word. */
const WEIGHTS = { alert: 8, service: 4, word: 1 } as const;
/** In a heading a word counts this much more. */
const HEADING = 2;
/** Below it, a runbook of a folder has only a few common words with the alert. */
const LEAST = 4;
/** Shorter runbooks are shown whole. Characters. */
const SHORT = 4000;
const MOST_WORDS = 200;
const WORD = /[a-z][a-z0-9]{3,30}/g;
const COMMON = new Set(
  'this that with from have been were will when where which than then them they there their about above after before below over under more most less least into onto only also very your alert alerts firing service services error errors minutes seconds last high rate value values please check'.split(
    ' ',
  ),
);

/** A runbook reduced to what fits the topic, and how well it fits. */
export type FittingRunbook = { runbook: Runbook; score: number };

/**
 * The runbooks of a folder that are about the topic, best first: those that name an alert or a
 * service. Ties are broken by name.
 */
export function fittingRunbooks(
  runbooks: readonly Runbook[],
  topic: RunbookTopic,
): FittingRunbook[] {
  return runbooks
    .map((runbook) => ({
      runbook: fittingSection(runbook, topic),
      score:
        scorer(topic)(`${runbook.name.replace(/[-_.]/g, ' ')} ${runbook.name}`) * HEADING +
        bestOf(runbook, topic).score,
    }))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || compareText(a.runbook.name, b.runbook.name));
}

/**
 * A long runbook reduced to the section that fits the topic, with the sections under it and the
 * headings above it; a short one whole. Where nothing fits, its beginning.
 */
export function fittingSection(runbook: Runbook, topic: RunbookTopic): Runbook {
  if (runbook.text.length <= SHORT) return runbook;
  const { sections, at, score } = bestOf(runbook, topic);
  const best = sections[at];
  if (!best || score === 0)
    return { ...runbook, text: `${runbook.text.slice(0, SHORT).toWellFormed()}\n…` };
  const after = sections.slice(at + 1);
  const end = after.findIndex(({ level }) => level <= best.level);
  const whole = [best, ...(end < 0 ? after : after.slice(0, end))].map(({ text }) => text);
  const above = best.path.length > 0 ? [`(${best.path.join(' › ')})`] : [];
  const text = [...above, ...whole].join('\n\n');
  return {
    ...runbook,
    text: text.length > SHORT * 2 ? `${text.slice(0, SHORT * 2).toWellFormed()}\n…` : text,
  };
}

function bestOf(runbook: Runbook, topic: RunbookTopic) {
  const sections = sectionsOf(runbook.text);
  const score = scorer(topic);
  let best = { at: -1, score: 0 };
  for (const [at, section] of sections.entries()) {
    const points = scoreOf(section, score);
    if (points > best.score) best = { at, score: points };
  }
  return { sections, ...best };
}

function scoreOf({ heading, text }: RunbookSection, score: (text: string) => number): number {
  return score(heading) * HEADING + score(text);
}

/** Points for what of the topic a text names; a thing counts once, however often it is named. */
function scorer(topic: RunbookTopic): (text: string) => number {
  const folded = (names: readonly string[]): string[] =>
    [...new Set(names.map(fold))].filter((name) => name.length > 2);
  const alerts = folded(topic.alerts);
  const services = folded(topic.services);
  const words = new Set(
    [...topic.alerts.map(spaced), ...topic.symptoms]
      .flatMap((text) => text.slice(0, 4000).toLowerCase().match(WORD) ?? [])
      .filter((word) => !COMMON.has(word))
      .slice(0, MOST_WORDS),
  );
  return (text) => {
    const named = fold(text);
    const said = new Set(text.toLowerCase().match(WORD) ?? []);
    const count = (names: readonly string[]): number =>
      names.filter((name) => named.includes(name)).length;
    const common = [...words].filter((word) => said.has(word)).length;
    return (
      count(alerts) * WEIGHTS.alert +
      count(services) * WEIGHTS.service +
      Math.min(common, 8) * WEIGHTS.word
    );
  };
}

/** Letters and digits only, so that `HighErrorRate`, `high-error-rate` and `High error rate` are the same. */
function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** `HighErrorRate` → `High Error Rate`. */
function spaced(name: string): string {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]/g, ' ');
}
