/**
 * Loaded before the program by `node --import`: ends the process as `kill -9` does at the n-th
 * passing of a point, which `KILL_AT=<point>#<n>` names. Nothing of this is in the program.
 */
import { ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

const [point = '', count = '0'] = (process.env.KILL_AT ?? '').split('#');
let left = Number(count);

/** Passes a point. */
export function pass(name: string): void {
  if (name === point && --left === 0) process.kill(process.pid, 'SIGKILL');
}

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  if (sql === 'COMMIT') pass('commit-before');
  exec.call(this, sql);
  if (sql === 'COMMIT') pass('commit-after');
};

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (this: ServerResponse, ...args: never[]): ServerResponse {
  pass('answer-before');
  const result = Reflect.apply(end, this, args) as ServerResponse;
  pass('answer-after');
  return result;
};
