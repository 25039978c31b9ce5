import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createOutputTail } from '#src/fix/sandbox/output-tail.ts';
import { splitCommand } from '#src/fix/sandbox/split-command.ts';

it.each([
  ['npm test', ['npm', 'test']],
  ['  go   test ./... ', ['go', 'test', './...']],
  ['pytest -k "a b" \'c d\'', ['pytest', '-k', 'a b', 'c d']],
  ['a"b"c', ['abc']],
  ['a ""', ['a', '']],
  ['a\\ b', ['a b']],
  ['make test && echo ok', ['sh', '-c', 'make test && echo ok']],
  ['CI=1 npm test', ['sh', '-c', 'CI=1 npm test']],
  ['npm test > out', ['sh', '-c', 'npm test > out']],
  ['echo $HOME', ['sh', '-c', 'echo $HOME']],
  ['it is "open', ['sh', '-c', 'it is "open']],
  ['', []],
])('%s', (command, wanted) => {
  expect(splitCommand(command)).toEqual(wanted);
});

it('keeps the beginning and the end of an output, in bounds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 60 })),
      fc.integer({ min: 0, max: 200 }),
      (parts, most) => {
        const kept = createOutputTail(most);
        for (const part of parts) kept.add(Buffer.from(part, 'latin1'));
        const all = Buffer.from(parts.join(''), 'latin1');
        const { text, droppedBytes } = kept.kept();
        expect(droppedBytes).toBe(Math.max(0, all.length - most));
        const head = Math.floor(most / 4);
        expect(text.startsWith(all.subarray(0, head).toString('utf8'))).toBe(true);
        if (droppedBytes === 0) {
          expect(text).toBe(
            all.subarray(0, head).toString('utf8') + all.subarray(head).toString('utf8'),
          );
        }
      },
    ),
  );
});
