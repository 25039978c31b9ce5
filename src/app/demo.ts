import { relative, resolve } from 'node:path';
import type { Result } from '#src/domain/result.ts';
import { formatTime } from '#src/domain/time.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { RespondRequest } from '#src/respond.ts';
import type { RecordedChange } from '#src/store/contract.ts';
import { tellStory } from '../../demo/run/story.ts';

export type DemoRequest = { dir: string; say(text: string): void; signal: AbortSignal };

/** What the demo gives: the program's own result, and commands to go on with. */
export type DemoOutcome = { result: Result | null; hints: string[] };

/** The part of the application that the demo drives. */
type DemoApp = {
  addChange(change: RecordedChange): Promise<boolean>;
  respond(request: RespondRequest): Promise<Result>;
  close(): Promise<void>;
};

/** An application for each look, with the demo's own configuration file. */
export type DemoParts = { clock: Clock; appOf(configFile: string): DemoApp };

/**
 * Runs the demo with the demo's own configuration, which is the only one that is looked at: no
 * servers of the user are asked.
 */
export async function runDemo(request: DemoRequest, parts: DemoParts): Promise<DemoOutcome> {
  const dir = resolve(request.dir);
  let result: Result | null = null;
  const withApp = async <T>(configFile: string, work: (app: DemoApp) => Promise<T>): Promise<T> => {
    const app = parts.appOf(configFile);
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  };
  await tellStory(dir, {
    say: request.say,
    signal: request.signal,
    now: parts.clock.now,
    recordDeploy: async (stage) => {
      await withApp(stage.configFile, (app) =>
        app.addChange({
          kind: 'deploy',
          timestamp: formatTime(parts.clock.now()),
          service: 'weather-app1',
          commit: stage.newest,
        }),
      );
    },
    look: async (stage) => {
      result = await withApp(stage.configFile, (app) =>
        app.respond({
          depth: 'investigate',
          service: 'weather-app1',
          recordDir: resolve(dir, 'bundle'),
          signal: request.signal,
        }),
      );
    },
  });
  const bundle = relative(process.cwd(), resolve(dir, 'bundle'));
  return {
    result,
    hints: [
      `npx incident triage --bundle ${bundle}`,
      `npx incident investigate --bundle ${bundle} --json`,
      `npx incident fix --bundle ${bundle}`,
      `git -C ${relative(process.cwd(), resolve(dir, 'repos/weather-app1'))} log --oneline`,
    ],
  };
}
