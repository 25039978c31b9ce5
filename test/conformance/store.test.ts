import { join } from 'node:path';
import { describe } from 'vitest';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import type { StoreFactory } from './store/contract.ts';
import { incidentCases } from './store/incidents.ts';
import { jobCases } from './store/jobs.ts';
import { memoryCases } from './store/memory.ts';
import { outboxCases } from './store/outbox.ts';

/** Every store there is; a second one that passes may take the first one's place. */
const STORES: Record<string, StoreFactory> = {
  sqlite: (options) => {
    const path = join(tempDir(), 'store.sqlite');
    return { open: async () => openSqliteStore(path, options) };
  },
};

describe.each(Object.entries(STORES))('%s store', (_name, factory) => {
  describe('incidents', () => incidentCases(factory));
  describe('investigations', () => jobCases(factory));
  describe('side effects', () => outboxCases(factory));
  describe('memory', () => memoryCases(factory));
});
