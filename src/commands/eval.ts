import { MODEL_OPTIONS } from '#src/commands/common-options.ts';
import type { Command } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { UsageError } from '#src/domain/errors.ts';
import { formatDuration } from '#src/domain/time.ts';
import { padEnd, truncate } from '#src/platform/terminal-text.ts';

/** `incident eval`: runs every bundle of a folder that says what is right, and grades the answers. */
export const command: Command = {
  args: [{ syntax: '<folder>', about: 'a folder of bundles with expected.json' }],
  options: [
    { flags: '--min <share>', about: 'exit 5 when fewer are right (ratio 0..1 or percent)' },
    { flags: '--only <text>', about: 'only bundles whose name holds the text' },
    ...MODEL_OPTIONS.slice(0, 1),
  ],
  examples: ['incident eval fixtures/incidents --min 0.85'],
  async run(input, { app, output, style, isJson, progress, signal }) {
    const [folder = ''] = input.args;
    const least = leastShare(textOption(input, 'min'));
    const { grades, summary, seconds } = await app.evaluate(folder, {
      only: textOption(input, 'only'),
      signal,
      onBundle: (name) => progress(`evaluating ${name}`),
    });
    progress(null);
    const isMet = summary.share >= least && summary.bundles > 0;
    if (isJson) {
      await output.write(`${JSON.stringify({ summary, grades, seconds }, null, 2)}\n`);
      return isMet ? 0 : 5;
    }
    const width = Math.min(34, Math.max(8, ...grades.map(({ name }) => name.length)) + 2);
    for (const grade of grades) {
      const mark = grade.right ? style.good('right') : style.bad('wrong');
      const misses = grade.misses.map(
        ({ field, expected, got }) => `${field}: ${short(got)} for ${short(expected)}`,
      );
      const room = Math.max(20, output.columns - width - 7 - 7);
      const percent = padEnd(`${Math.round(grade.confidence * 100)} %`, 7);
      await output.write(
        `${padEnd(truncate(grade.name, width - 1), width)}${mark}  ${percent}${truncate(misses.join('; '), room)}\n`,
      );
    }
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
    const [low, high] = summary.brierInterval;
    await output.write(
      [
        '',
        `right              ${summary.right} of ${summary.bundles} (${percent(summary.share)})`,
        `decoys blamed      ${summary.decoysBlamed}`,
        `false accusations  ${summary.falseAccusations}`,
        `abstentions        ${summary.abstentions}`,
        `Brier score        ${summary.brier.toFixed(3)} (95 % ${low.toFixed(3)} to ${high.toFixed(3)}), constant base rate ${summary.brierBaseRate.toFixed(3)}`,
        `time               ${formatDuration(seconds * 1000)}`,
        '',
      ].join('\n'),
    );
    return isMet ? 0 : 5;
  },
};

function short(text: string): string {
  return /^[0-9a-f]{40}$/.test(text) ? text.slice(0, 8) : text;
}

function leastShare(text: string | undefined): number {
  if (text === undefined) return 0;
  const number = Number(text.replace(/\s*%$/, ''));
  const share = number > 1 || text.includes('%') ? number / 100 : number;
  if (Number.isNaN(share) || share < 0 || share > 1) {
    throw new UsageError(`"${text}" is no share`, {
      where: '--min',
      hint: 'Give e.g. 0.85 or 85%.',
    });
  }
  return share;
}
