import type { Signature } from '#src/knowledge/contract.ts';
import { CAPACITY } from '#src/knowledge/signatures/capacity.ts';
import { DATA_AND_TIME } from '#src/knowledge/signatures/data-and-time.ts';
import { DEPENDENCIES } from '#src/knowledge/signatures/dependencies.ts';
import { HOSTS } from '#src/knowledge/signatures/hosts.ts';
import { NAMES_AND_CERTIFICATES } from '#src/knowledge/signatures/names-and-certificates.ts';
import { NETWORK } from '#src/knowledge/signatures/network.ts';

/** Every class of failure that is known without a commit. Add one to its file in signatures/. */
export const CATALOGUE: readonly Signature[] = [
  ...NAMES_AND_CERTIFICATES,
  ...NETWORK,
  ...HOSTS,
  ...CAPACITY,
  ...DEPENDENCIES,
  ...DATA_AND_TIME,
];
