import { setTimeout as pause } from 'node:timers/promises';
import { startTraffic } from './requests.ts';
import { layStage, type Stage } from './stage.ts';

/** What the story needs from the program that tells it. */
export type StoryTeller = {
  /** Talk for the person who watches. */
  say(text: string): void;
  /** Tells the program of the deploy, as a CI job would. */
  recordDeploy(stage: Stage): Promise<void>;
  /** Runs the program on the living services. */
  look(stage: Stage): Promise<void>;
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
};

/** Seconds of calm before the deploy and of trouble after it. */
const CALM_SECONDS = 12;
const TROUBLE_SECONDS = 14;
const REQUESTS_PER_SECOND = 15;

/**
 * The demo: two services run from their git history under traffic, a deploy brings a real bug,
 * and the program looks at it. Ends every process it started, whatever happens.
 * @param dir where everything is laid
 */
export async function tellStory(dir: string, teller: StoryTeller): Promise<void> {
  const { signal } = teller;
  signal.throwIfAborted();
  const stop = new AbortController();
  const stage = await layStage(dir, { now: teller.now() });
  const ended = new Promise<never>((_resolve, reject) => {
    // Processes that are on their way up end with it, so that nothing waits for them.
    signal.addEventListener(
      'abort',
      () => void stage.processes.stopAll().then(() => reject(signal.reason)),
      { once: true },
    );
  });
  const play = playStory(stage, teller, AbortSignal.any([stop.signal, signal]));
  play.catch(() => {});
  try {
    await Promise.race([play, ended]);
  } finally {
    stop.abort();
    await stage.processes.stopAll();
    await play.catch(() => {});
  }
}

async function playStory(stage: Stage, teller: StoryTeller, signal: AbortSignal): Promise<void> {
  const { say } = teller;
  say('Starting weather-app1 and mongo-api-service from their git history …');
  await stage.start();
  say(`  weather-app1       ${stage.weatherUrl}   (its Open-Meteo is a stand-in)`);
  say(`  mongo-api-service  ${stage.itemsUrl}   (its MongoDB is a stand-in)`);
  const traffic = startTraffic({
    weatherUrl: stage.weatherUrl,
    itemsUrl: stage.itemsUrl,
    rate: REQUESTS_PER_SECOND,
    signal,
  });
  say(`Sending ${REQUESTS_PER_SECOND} requests a second to each; ${CALM_SECONDS} s of calm …`);
  await wait(CALM_SECONDS, signal);
  say(`Deploying ${stage.newest.slice(0, 10)} of weather-app1 …`);
  await teller.recordDeploy(stage);
  await stage.deploy();
  await wait(TROUBLE_SECONDS, signal);
  const { sent, failed } = traffic.count;
  say(`${failed} of ${sent} requests failed so far. There is no Prometheus here to say so:`);
  say('incident watch looks at both services once …');
  await teller.look(stage);
}

async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  await pause(seconds * 1000, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}
