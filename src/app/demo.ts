import { relative, resolve } from 'node:path';
import { type ScanApp, scanServices } from '#src/app/demo-scan.ts';
import type { Result } from '#src/domain/result.ts';
import { formatTime } from '#src/domain/time.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { RecordedChange } from '#src/store/contract.ts';
import { tellStory } from '../../demo/run/story.ts';

export type DemoRequest = { dir: string; say(text: string): void; signal: AbortSignal };

/** What the demo gives: the program's own result, its report, and commands to go on with. */
export type DemoOutcome = { result: Result | null; report: string | null; hints: string[] };

/** The part of the application that the demo drives. */
type DemoApp = ScanApp & {
  addChange(change: RecordedChange): Promise<boolean>;
  close(): Promise<void>;
};

/** An application for each look, with the demo's own configuration file. */
export type DemoParts = { clock: Clock; appOf(configFile: string): DemoApp };

/** The service that the bug is deployed of. */
const DEPLOYED = 'weather-app1';

/**
 * Runs the demo with the demo's own configuration, which is the only one that is looked at: no
 * servers of the user are asked.
 */
export async function runDemo(request: DemoRequest, parts: DemoParts): Promise<DemoOutcome> {
  const dir = resolve(request.dir);
  let result: Result | null = null;
  let report: string | null = null;
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
          service: DEPLOYED,
          commit: stage.newest,
        }),
      );
    },
    look: async (stage) => {
      const scan = await withApp(stage.configFile, (app) =>
        scanServices(app, {
          service: DEPLOYED,
          recordDir: resolve(dir, 'bundle'),
          reportDir: resolve(dir, 'reports'),
          say: request.say,
          signal: request.signal,
        }),
      );
      result = scan.result;
      report = scan.report;
    },
  });
  const bundle = relative(process.cwd(), resolve(dir, 'bundle'));
  return {
    result,
    report,
    hints: [
      `npx incident triage --bundle ${bundle}`,
      `npx incident investigate --bundle ${bundle} --json`,
      `npx incident fix --bundle ${bundle}`,
      `npx incident list --config ${relative(process.cwd(), resolve(dir, 'incident.config.json'))}`,
      `git -C ${relative(process.cwd(), resolve(dir, 'repos/weather-app1'))} log --oneline`,
    ],
  };
}
