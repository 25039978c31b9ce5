import type { LineChange } from '#src/changes/classify/change-view.ts';
import { definedName } from '#src/changes/classify/patterns.ts';
import { isImport } from '#src/changes/classify/quiet.ts';
import type { SideLine } from '#src/changes/classify/side.ts';

/** What the changed lines of a file come to together: worked out once, asked for each line. */
export type FileFacts = {
  /** Lines that only moved. */
  moved: number;
  /** Functions whose heads came, went, or moved. */
  newNames: ReadonlySet<string>;
  goneNames: ReadonlySet<string>;
  movedNames: ReadonlySet<string>;
  /** Imports of each side, by the names in them. */
  oldImports: ReadonlySet<string>;
  newImports: ReadonlySet<string>;
};

export function factsOf(lines: readonly LineChange[]): FileFacts {
  const names = (kind: LineChange['kind'], side: 'old' | 'new'): Set<string> =>
    new Set(
      lines.flatMap((change) => {
        const line = change.kind === kind ? change[side] : null;
        const name = line ? definedName(line.bare) : null;
        return name === null ? [] : [name];
      }),
    );
  const imports = (side: 'old' | 'new'): Set<string> =>
    new Set(
      lines.flatMap((change) => {
        const line = change[side];
        return line && isImport(line) ? [importKey(line)] : [];
      }),
    );
  return {
    moved: lines.filter(({ kind }) => kind === 'moved').length,
    newNames: names('added', 'new'),
    goneNames: names('removed', 'old'),
    movedNames: names('moved', 'new'),
    oldImports: imports('old'),
    newImports: imports('new'),
  };
}

/** The names in an import, whatever the order. */
export function importKey(line: SideLine): string {
  return line.tokens
    .map(({ text }) => text)
    .filter((text) => /\w/.test(text))
    .sort()
    .join(' ');
}
