import { type Command, textOption } from '#src/commands/contract.ts';

/** `incident stacktrace`: the stack traces in a log, and the code and commits behind them. */
export const command: Command = {
  args: [{ syntax: '[file]', about: 'a log, "-" or nothing for standard input' }],
  options: [
    { flags: '--repo <dir>', about: 'git repository in which the frames are looked up' },
    { flags: '--service <name>', about: 'service of the registry: its repository and path map' },
    { flags: '--revision <commit>', about: 'commit that was running (default: by the times)' },
  ],
  examples: [
    'incident stacktrace app.log',
    'kubectl logs deploy/shop | incident stacktrace --repo . --json',
  ],
  async run(input, { app, output, style, stdin, isJson }) {
    const name = textOption(input, 'service');
    const report = await app.stackTraces({
      file: input.args[0] ?? '-',
      stdin,
      repoDir: textOption(input, 'repo'),
      service: name === undefined ? undefined : app.requireService(name, '--service'),
      revision: textOption(input, 'revision'),
    });
    const { stackTraces, locations, commits } = report;
    await output.write(
      isJson
        ? `${JSON.stringify({ stackTraces, locations, commits }, null, 2)}\n`
        : await app.renderStackTraces(report, { columns: output.columns, style }),
    );
    return 0;
  },
};
