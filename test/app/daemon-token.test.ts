import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daemonToken } from '#src/app/daemon-token.ts';
import { liveRegistry } from '#src/app/live-registry.ts';
import { configSchema } from '#src/config/schema.ts';
import { createLogger } from '#src/platform/logger.ts';
import { tempDir } from '../helpers/temp-dir.ts';

describe('the token of the daemon', () => {
  it('is made once, for the owner alone, where none is given', () => {
    const dir = tempDir();
    const config = configSchema.parse({});
    const { token, file } = daemonToken(config, dir);
    expect(token.length).toBeGreaterThanOrEqual(32);
    expect(readFileSync(file ?? '', 'utf8').trim()).toBe(token);
    expect(statSync(file ?? '').mode & 0o777).toBe(0o600);
    expect(daemonToken(config, dir).token).toBe(token);
    expect(daemonToken(config, tempDir()).token).not.toBe(token);
  });

  it('is the one that is given, or that of a file', () => {
    const dir = tempDir();
    const given = configSchema.parse({ listen: { token: 'a-token-of-mine-123' } });
    expect(daemonToken(given, dir)).toEqual({ token: 'a-token-of-mine-123', file: null });
    writeFileSync(join(dir, 'secret'), '  a-token-of-a-file-456 \n');
    const named = configSchema.parse({ listen: { tokenFile: 'secret' } });
    expect(daemonToken(named, dir).token).toBe('a-token-of-a-file-456');
  });

  it.each([
    ['too short', 'short\n', /at least 16/],
    ['missing', null, /no such file/],
  ])('may not be %s', (_name, content, message) => {
    const dir = tempDir();
    if (content !== null) writeFileSync(join(dir, 'secret'), content);
    const config = configSchema.parse({ listen: { tokenFile: 'secret' } });
    expect(() => daemonToken(config, dir)).toThrow(message);
  });
});

describe('the registry of a daemon', () => {
  it('follows its file, and keeps the last good one', () => {
    const file = join(tempDir(), 'service_registry.json');
    const said: string[] = [];
    const logger = createLogger({
      level: 'info',
      format: 'json',
      write: (line) => said.push(line),
    });
    let now = 0;
    const clock = { now: () => now, monotonic: () => now };
    writeFileSync(file, '{"a":{}}');
    const services = liveRegistry(file, true, { clock, logger });
    const names = (): string[] => {
      now += 10_000;
      return [...services().keys()];
    };
    expect(names()).toEqual(['a']);
    writeFileSync(file, '{"a":{},"bb":{}}');
    expect(names()).toEqual(['a', 'bb']);
    writeFileSync(file, '{"a":{},');
    expect(names()).toEqual(['a', 'bb']);
    expect(names()).toEqual(['a', 'bb']);
    expect(said.filter((line) => line.includes('broken'))).toHaveLength(1);
    writeFileSync(file, '{"ccc":{}}');
    expect(names()).toEqual(['ccc']);
  });
});
