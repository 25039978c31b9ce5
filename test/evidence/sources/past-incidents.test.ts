import { expect, it } from 'vitest';
import { createPastIncidentsSource } from '#src/evidence/sources/past-incidents.ts';
import { requestFor, unending } from '../helpers/request.ts';

it('asks the store for incidents like the present one', async () => {
  const asked: unknown[] = [];
  const past = { id: 'inc-1', title: 'Down on shop', cause: 'the disk was full' };
  const source = createPastIncidentsSource({
    read: async (query) => {
      asked.push(query);
      return [past];
    },
  });
  expect(await source.collect(requestFor([{ name: 'shop' }]), unending())).toEqual({
    past: [past],
  });
  expect(asked).toMatchObject([{ service: 'shop', limit: 8 }]);
});
