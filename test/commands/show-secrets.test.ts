import { describe, expect, it } from 'vitest';
import { runIncident } from '#src/commands/run-incident.ts';

const SECRET = 'hunter2-and-more';

/** Runs `triage` with a result that holds a placeholder. @returns what was printed */
async function printed(options: Record<string, unknown>, isTty: boolean): Promise<string> {
  let text = '';
  const context = {
    app: {
      now: () => 0,
      respond: async (request: { onRedacted?: (restore: (text: string) => string) => void }) => {
        request.onRedacted?.((given) => given.replace('[redacted-password-1]', SECRET));
        return { gaps: [], model: null, rootCause: null };
      },
      render: async () => 'login with [redacted-password-1] failed',
    },
    output: {
      columns: 80,
      isTty,
      write: async (more: string) => {
        text += more;
      },
    },
    style: {},
    isJson: options.json === true,
    progress: () => undefined,
    say: () => undefined,
  };
  await runIncident('triage', { args: [], options } as never, context as never);
  return text;
}

describe('--show-secrets', () => {
  it('puts secrets back on a terminal, and only on request', async () => {
    expect(await printed({ showSecrets: true }, true)).toContain(SECRET);
    expect(await printed({}, true)).not.toContain(SECRET);
  });

  it.each([
    ['another program', { showSecrets: true }, false],
    ['JSON', { showSecrets: true, json: true }, true],
  ])('is refused for %s', async (_, options, isTty) => {
    await expect(printed(options, isTty)).rejects.toThrow('on a terminal only');
  });
});
