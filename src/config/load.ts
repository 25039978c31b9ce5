import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ENVIRONMENT } from '#src/config/environment.ts';
import { leaves, setKey } from '#src/config/keys.ts';
import { type Config, configSchema } from '#src/config/schema.ts';
import { InputError } from '#src/domain/errors.ts';
import { checkSchema, readJsonFile } from '#src/platform/json-file.ts';

export type Origin = 'flag' | 'environment' | '.env' | 'file' | 'default';

export type LoadedConfig = {
  config: Config;
  /** Where each effective value came from, by dotted key; what is not named is a default. */
  origins: ReadonlyMap<string, Origin>;
  /** The configuration file, or null where there is none. */
  file: string | null;
  /** The folder that relative paths of the configuration start from. */
  baseDir: string;
};

export type LoadOptions = {
  /** Path given by `--config`. */
  file?: string | undefined;
  /** Values given by flags, by dotted key. */
  flags?: Readonly<Record<string, unknown>>;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
};

const FILE_NAME = 'incident.config.json';

/** The process's environment: this file is the only one that reads it. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/**
 * The effective configuration: flag, environment, `.env`, file, default, in this order.
 * @throws InputError that names the file or variable, the key, and what was expected
 */
export function loadConfig(options: LoadOptions = {}): LoadedConfig {
  const cwd = options.cwd ?? process.cwd();
  const env = options.env ?? processEnvironment();
  const file = options.file === undefined ? findFile(cwd, env) : resolve(cwd, options.file);
  const origins = new Map<string, Origin>();
  const settings: Record<string, unknown> = {};

  if (file !== null) {
    const content = readJsonFile(file);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw new InputError('expected an object', { where: file });
    }
    checkSchema(configSchema, content, file, { isOnce: true });
    for (const [key, value] of leaves(content as Record<string, unknown>)) {
      setKey(settings, key, value);
      origins.set(key, 'file');
    }
  }
  const dotenv = readDotenv(join(cwd, '.env'));
  applyEnvironment(dotenv, '.env', settings, origins);
  applyEnvironment(env, 'environment', settings, origins);
  for (const [key, value] of Object.entries(options.flags ?? {})) {
    if (value === undefined) continue;
    setKey(settings, key, value);
    origins.set(key, 'flag');
  }
  return {
    config: checkSchema(configSchema, settings, file ?? 'configuration', { isOnce: true }),
    origins,
    file,
    baseDir: file === null ? cwd : dirname(file),
  };
}

function applyEnvironment(
  env: NodeJS.ProcessEnv,
  origin: '.env' | 'environment',
  settings: Record<string, unknown>,
  origins: Map<string, Origin>,
): void {
  for (const [name, variable] of Object.entries(ENVIRONMENT)) {
    const text = env[name] ?? env[name.toLowerCase()];
    if (text === undefined || text === '') continue;
    // Checked one by one, so that the error names the variable and not the key.
    const probe: Record<string, unknown> = {};
    setKey(probe, variable.key, text);
    checkSchema(configSchema, probe, `${name} (${origin})`, { isOnce: true });
    setKey(settings, variable.key, text);
    origins.set(variable.key, origin);
  }
}

function readDotenv(path: string): NodeJS.ProcessEnv {
  if (!existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InputError('cannot be read', { where: path, cause: error });
  }
}

/** The nearest `incident.config.json` here or above, else the user's own. */
function findFile(cwd: string, env: NodeJS.ProcessEnv): string | null {
  for (let dir = cwd; ; dir = dirname(dir)) {
    const candidate = join(dir, FILE_NAME);
    if (existsSync(candidate)) return candidate;
    if (dirname(dir) === dir) break;
  }
  const own = join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'incident', FILE_NAME);
  return existsSync(own) ? own : null;
}
