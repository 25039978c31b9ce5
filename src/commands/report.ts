import type { ReportRequest } from '#src/app.ts';
import type { Command, CommandInput } from '#src/commands/contract.ts';
import { textOption } from '#src/commands/contract.ts';
import { UsageError } from '#src/domain/errors.ts';
import { parseTimeOrAge } from '#src/domain/time.ts';

const FORMATS = ['docx', 'html', 'markdown', 'json'] as const;
type Format = (typeof FORMATS)[number];
const ENDINGS: Readonly<Record<string, Format>> = {
  docx: 'docx',
  html: 'html',
  htm: 'html',
  md: 'markdown',
  markdown: 'markdown',
  json: 'json',
};
const FOLDER = 'reports';

/** `incident report`: a document about an incident for people who were not there. */
export const command: Command = {
  args: [{ syntax: '[id]', about: 'id of the incident, or the beginning of it' }],
  options: [
    { flags: '--bundle <dir>', about: 'investigate a recorded bundle and report on it' },
    { flags: '--all', about: 'all incidents of the store in one document' },
    { flags: '--since <time>', about: 'with --all: noticed since RFC 3339, or an age such as 7d' },
    {
      flags: '--format <format>',
      about: 'default: by the ending of --out, else html',
      choices: FORMATS,
    },
    {
      flags: '--out <path>',
      about: 'file, folder, or "-" for standard output (default: reports/)',
    },
    { flags: '--postmortem', about: 'the skeleton of a blameless postmortem instead' },
  ],
  examples: [
    'incident report inc-4f1d --format docx',
    'incident report --bundle fixtures/demo-code-bug --format markdown --out -',
    'incident report --all --since 7d --format html',
    'incident report inc-4f1d --postmortem --out postmortems/checkout.md',
  ],
  async run(input, { app, output, say, progress, isJson, signal }) {
    const topic = topicOf(input, app.now());
    const { format, place } = target(textOption(input, 'format'), textOption(input, 'out'));
    progress('writing the report');
    const written = await app.report({
      topic,
      format,
      place,
      postmortem: input.options.postmortem === true,
      signal,
    });
    progress(null);
    if (written.text !== null) await output.write(written.text);
    else if (isJson) await output.write(`${JSON.stringify({ files: written.files }, null, 2)}\n`);
    else {
      await output.write(`${written.files[0]}\n`);
      const more = written.files.length - 1;
      if (more > 0) say(`with ${more} pictures beside it`);
    }
    return 0;
  },
};

function topicOf(input: CommandInput, now: number): ReportRequest['topic'] {
  const id = input.args[0];
  const dir = textOption(input, 'bundle');
  const all = input.options.all === true;
  const since = textOption(input, 'since');
  const chosen = [id !== undefined, dir !== undefined, all].filter(Boolean).length;
  if (chosen !== 1) {
    throw new UsageError('say what to report on', {
      hint: 'Give the id of an incident, --bundle <dir>, or --all.',
    });
  }
  if (since !== undefined && !all) {
    throw new UsageError('--since goes with --all', { where: '--since' });
  }
  if (id !== undefined) return { kind: 'incident', id };
  if (dir !== undefined) return { kind: 'bundle', dir };
  const from = since === undefined ? undefined : parseTimeOrAge(since, now);
  if (from === null) {
    throw new UsageError(`"${since}" is neither a time nor an age`, {
      where: '--since',
      hint: 'Give RFC 3339, e.g. 2026-03-01T10:00:00Z, or an age such as 2h or 7d.',
    });
  }
  return { kind: 'all', since: from };
}

/** A path with a known ending is a file; any other is a folder. */
function target(format: string | undefined, out: string | undefined) {
  const ending = /\.([a-z]{1,10})$/i.exec(out ?? '')?.[1]?.toLowerCase() ?? '';
  const byEnding = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  const chosen = FORMATS.find((one) => one === format) ?? byEnding ?? 'html';
  const place: ReportRequest['place'] =
    out === '-' ? '-' : byEnding && out !== undefined ? { file: out } : { folder: out ?? FOLDER };
  return { format: chosen, place };
}
