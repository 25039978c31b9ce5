import { readdirSync } from 'node:fs';
import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { GLOBAL_OPTIONS } from '#src/commands/common-options.ts';
import type { Command } from '#src/commands/contract.ts';
import { COMMANDS, type CommandEntry } from '#src/commands/registry.ts';
import { configSchema } from '#src/config/schema.ts';

const FOLDER = new URL('../../src/commands/', import.meta.url);
/** Files of the folder that are shared by commands. */
const SHARED = ['common-options', 'contract', 'incident-lines', 'registry', 'run-incident'];
const ENTRIES = Object.entries<CommandEntry>(COMMANDS);

describe('the registry of commands', () => {
  it('holds every file of the folder under its name', () => {
    const files = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => name.slice(0, -3))
      .filter((name) => !SHARED.includes(name));
    expect(ENTRIES.map(([name]) => name).sort()).toEqual(files.sort());
  });

  it.each(ENTRIES)('%s says in one line what it is about', (_name, { about }) => {
    expect(about).toMatch(/^[a-z].{8,70}[^.]$/);
  });

  it.each(ENTRIES)(
    '%s has options that parse and exclude none of the common ones',
    async (_name, entry) => {
      const command: Command = await entry.load();
      const all = [...command.options, ...GLOBAL_OPTIONS].map(({ flags }) => new Option(flags));
      const names = all.map((option) => option.long);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^--[a-z][a-z-]*$/);
      for (const { about, configKey } of command.options) {
        expect(about.length).toBeGreaterThan(3);
        if (configKey === undefined) continue;
        const [section = '', key = ''] = configKey.split('.');
        const defaults = configSchema.parse({}) as Record<string, unknown>;
        expect(Object.keys(defaults)).toContain(section);
        expect(key).not.toBe('');
      }
    },
  );

  it.each(ENTRIES)(
    '%s has examples that begin with the program or a pipe into it',
    async (name, entry) => {
      const command: Command = await entry.load();
      for (const example of command.examples ?? []) {
        expect(example).toMatch(new RegExp(`incident ${name}\\b`));
      }
    },
  );
});
