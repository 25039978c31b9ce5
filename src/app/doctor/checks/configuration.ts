import type { Check } from '#src/app/doctor/contract.ts';
import { badFinding } from '#src/app/doctor/examine.ts';
import { configuredChannels } from '#src/app/notify-channels.ts';
import { notifyRules } from '#src/app/notify-rules.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';

/** What parsing alone does not find: that it names what is there. */
export const configuration: Check = {
  id: 'configuration',
  limitMs: 5000,
  run: async ({ loaded: { config, baseDir, file } }) => {
    try {
      notifyRules(config, configuredChannels(config, baseDir));
      createRedactor(config.redaction);
    } catch (error) {
      return [badFinding(error)];
    }
    return file === null
      ? [
          {
            status: 'off',
            what: 'no incident.config.json; environment and defaults',
            mend: 'Write incident.config.json; "incident config" shows every key.',
          },
        ]
      : [{ status: 'good', what: file }];
  },
};
