import type { PastReader } from '#src/evidence/contract.ts';
import type { Store } from '#src/store/contract.ts';

/** Past incidents of a store, without the one that is looked at. */
export function pastReader(
  store: () => Promise<Store | null>,
  exceptId: string | undefined,
): PastReader {
  return async (query) => {
    const found = await store();
    const but = exceptId === undefined ? {} : { exceptId };
    return found ? found.similarPast({ ...query, ...but }) : [];
  };
}
