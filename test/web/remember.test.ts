import { expect, it } from 'vitest';
import { remember } from '#src/web/remember.ts';

it('draws the same once, and keeps what was asked for last', () => {
  const drawn: string[] = [];
  const draw = remember((of: { name: string }, who: string) => {
    drawn.push(of.name + who);
    return `page of ${of.name} for ${who}`;
  }, 2);
  expect(draw({ name: 'a' }, 'x')).toBe('page of a for x');
  expect(draw({ name: 'a' }, 'x')).toBe('page of a for x');
  expect(draw({ name: 'a' }, 'y')).toBe('page of a for y');
  draw({ name: 'a' }, 'x');
  draw({ name: 'b' }, 'x');
  draw({ name: 'a' }, 'x');
  draw({ name: 'a' }, 'y');
  expect(drawn).toEqual(['ax', 'ay', 'bx', 'ay']);
});
