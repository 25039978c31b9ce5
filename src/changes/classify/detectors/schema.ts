import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { codeOf } from '#src/changes/classify/side.ts';

/** What statements of a migration do, in SQL and in the usual libraries, the gravest first. */
const STATEMENTS: readonly (readonly [RegExp, MechanismId, number])[] = [
  [
    /\bdrop\s+index\b|\bremove_index\b|\bdrop_index\b|\bdropIndex\b|RemoveIndex\b/i,
    'index-removed',
    0.95,
  ],
  [
    /\bdrop\s+(?:column|table|view|constraint|function|type)\b|\brename\s+(?:column|to)\b|\b(?:remove_column|rename_column|drop_table|rename_table|remove_columns|drop_column|dropColumn|renameColumn|dropTable|dropColumns|removeColumn)\b|\b(?:RemoveField|RenameField|DeleteModel|RenameModel|AlterModelTable)\b|\bremove :\w/i,
    'schema-narrowed',
    0.95,
  ],
  [
    /\bset\s+not\s+null\b|\balter\s+(?:column\s+)?[\w"`.]{1,80}\s+(?:set data )?type\b|\bmodify\s+(?:column\s+)?\w|\bchange_column(?:_null|_default)?\b|\balter_column\b|\bAlterField\b|\bchangeColumn\b|\.alter\(\)|\badd\s+(?:constraint\b.{0,80}\b)?(?:unique|check|foreign key)\b|\badd_(?:foreign_key|check_constraint|unique_constraint)\b|\bAddConstraint\b|\bcreate_unique_constraint\b/i,
    'schema-narrowed',
    0.75,
  ],
  [
    /\block\s+tables?\b|\bvacuum\s+full\b|\bcluster\s+\w|\breindex\b(?!.{0,40}concurrently)|\bcreate\s+(?:unique\s+)?index\s+(?!concurrently)|\bset\s+not\s+null\b|\bmodify\s+column\b|\bvalidate constraint\b|\badd\s+column\b.{0,120}\bdefault\b.{0,60}\bnot null\b|\badd_index\b(?!.{0,160}concurrently)|\badd_column\b.{0,160}\bdefault\b/i,
    'table-locked',
    0.6,
  ],
  [
    /^\s*(?:with\b.{0,200}\b)?(?:update\s+[\w."`]{1,80}\s+set|delete\s+from|truncate|insert\s+into\s+.{1,200}\bselect\b)\b|\bupdate_all\b|\bRunPython\b|\bfind_each\b|\.update\(|\bupdateMany\b|\bbackfill/i,
    'data-rewritten',
    0.8,
  ],
  [
    /\bcreate\s+(?:table|view|type|index|unique index)\b|\badd\s+(?:column\b)?|\bcreate_table\b|\badd_column\b|\bAddField\b|\bCreateModel\b|\badd :\w|\bcreateTable\b|\baddColumn\b|\bAddIndex\b|\bcreate_index\b|\badd_index\b/i,
    'schema-widened',
    0.6,
  ],
];

/** Changes of stored structure and data: Qiu, Li, Su (FSE 2013). */
export const detectSchema: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.role !== 'migration' && !(file.language.id === 'sql' && file.role !== 'data'))
      continue;
    const share = isDump(file) ? WRITTEN_DOWN : 1;
    for (const found of fileFindings(file)) yield { ...found, weight: found.weight * share };
    yield* editedFindings(file);
  }
};

function* fileFindings(file: FileChange): Generator<Finding> {
  let inDown = isDownFile(file);
  for (const change of file.lines) {
    const line = change.new;
    if (!line || change.kind === 'moved') continue;
    // What would undo the migration does not run.
    if (BEGINS_DOWN.test(line.text)) inDown = true;
    else if (BEGINS_UP.test(line.text)) inDown = false;
    if (!inDown) yield* statementFindings(change, codeOf(line));
  }
}

/**
 * Altering a table that is in use takes it for a moment, and waits, with all who come after, for the
 * longest transaction on it (PostgreSQL manual, ALTER TABLE: ACCESS EXCLUSIVE; GoCardless,
 * "Zero-downtime Postgres migrations: the hard parts", 2015).
 */
const ALTERS =
  /\balter\s+table\b|\balterTable\b|\bchange_table\b|\badd_column\b|\baddColumn\b|\bAddField\b|\badd_reference\b/i;
const ALTER_LOCKS = 0.5;

/** The whole schema as it should be: it is written down here, and run elsewhere or long ago. */
function isDump({ path }: FileChange): boolean {
  return /(?:^|\/)(?:schema|structure|init|tables|ddl)\.(?:sql|rb)$/i.test(path);
}
const WRITTEN_DOWN = 0.6;

const BEGINS_DOWN =
  /\bdef (?:down|downgrade)\b|^\s*--\s*(?:\+goose |migrate:|\+migrate )?down\b|exports\.down|async down\(|\bdown\(/i;
const BEGINS_UP = /\bdef (?:up|upgrade|change)\b|exports\.up|async up\(/i;

function* statementFindings(change: LineChange, text: string): Generator<Finding> {
  const found = STATEMENTS.find(([pattern]) => pattern.test(text));
  if (found) yield findingAt(found[1], found[2], change);
  const isLocking = STATEMENTS.some(
    ([pattern, mechanism]) => mechanism === 'table-locked' && pattern.test(text),
  );
  const locks = (found?.[1] === 'schema-narrowed' && isLocking) || locksForIndex(text);
  if (locks) yield findingAt('table-locked', 0.6, change);
  else if (ALTERS.test(text)) yield findingAt('table-locked', ALTER_LOCKS, change);
  if (requiresValue(text)) yield findingAt('schema-narrowed', 0.6, change);
}

function isDownFile(file: FileChange): boolean {
  return /(?:[._-]down|rollback|undo)[^/]{0,20}\.(?:sql|rb|py|js|ts)$|\/U\d[^/]{0,80}\.sql$/i.test(
    file.path,
  );
}

/** A new column that old writers do not fill. */
function requiresValue(text: string): boolean {
  const isNewColumn =
    /\badd\s+(?:column\s+)?\w|\badd_column\b|\bAddField\b|\badd :\w|\baddColumn\b/i.test(text);
  const isRequired = /\bnot null\b|null ?: ?false|null ?=> ?false|nullable ?= ?False/i.test(text);
  return isNewColumn && isRequired && !/\bdefault\b/i.test(text);
}

function locksForIndex(text: string): boolean {
  return (
    /\bcreate\s+(?:unique\s+)?index\b|\badd_index\b/i.test(text) &&
    !/concurrently|algorithm\s*[=:]\s*:?inplace/i.test(text)
  );
}

/** Statements taken out of a schema or a query file that stays. */
function* editedFindings(file: FileChange): Generator<Finding> {
  for (const change of file.lines.filter(isTakenOut)) {
    const text = change.old ? codeOf(change.old) : '';
    if (/\bindex\b/i.test(text)) yield findingAt('index-removed', 0.8, change);
    else if (/\bwhere\b|\blimit\b/i.test(text)) yield findingAt('query-unbounded', 0.6, change);
    else if (file.role === 'migration' && file.status !== 'deleted')
      yield findingAt('schema-narrowed', 0.6, change);
  }
}

function isTakenOut(change: LineChange): boolean {
  return change.kind === 'removed' && change.old !== null;
}
