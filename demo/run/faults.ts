import { NAMES, type Stage } from './stage.ts';

/** Every fault of the demo, with what it is. */
export const FAULTS = {
  'provider-timeout': 'the weather provider does not answer any more',
  'provider-500': 'the weather provider answers HTTP 500',
  'code-bug': 'a deploy of weather-app1 brings a bug',
  'mongo-gone': 'MongoDB is killed',
  'memory-leak': 'weather-app1 keeps memory of every request',
  'slow-handler': 'weather-app1 takes two seconds longer',
  crash: 'weather-app1 ends with an uncaught error',
} as const;
export type Fault = keyof typeof FAULTS;

export function isFault(name: string): name is Fault {
  return Object.hasOwn(FAULTS, name);
}

/**
 * Switches a fault on or off. @returns when it truly began (or ended), in milliseconds since the
 * epoch @throws Error when the service or stand-in does not take it
 */
export async function setFault(stage: Stage, fault: Fault, isOn: boolean): Promise<number> {
  switch (fault) {
    case 'provider-timeout':
      return tell(`${stage.providerUrl}/-/faults/timeout`, isOn);
    case 'provider-500':
      return tell(`${stage.providerUrl}/-/faults/error-500`, isOn);
    case 'code-bug':
      await (isOn ? stage.deploy() : stage.rollback());
      return Date.now();
    case 'mongo-gone':
      if (isOn) await stage.stopMongo();
      else await stage.startMongo();
      return Date.now();
    case 'crash':
      return isOn ? crash(stage) : restart(stage);
    default:
      return tell(`${stage.weatherUrl}/-/faults/${fault}`, isOn);
  }
}

async function tell(url: string, isOn: boolean): Promise<number> {
  const at = Date.now();
  const answer = await fetch(url, { method: isOn ? 'PUT' : 'DELETE' });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return at;
}

async function crash(stage: Stage): Promise<number> {
  const ended = stage.processes.ended(NAMES.weather);
  // It may end before it has answered.
  await tell(`${stage.weatherUrl}/-/faults/crash`, true).catch(() => {});
  return ended;
}

async function restart(stage: Stage): Promise<number> {
  if (!stage.processes.isRunning(NAMES.weather)) await stage.restartWeather();
  return Date.now();
}
