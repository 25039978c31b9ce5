import type { FileChange } from '#src/changes/classify/change-view.ts';
import type { LanguageId } from '#src/changes/classify/language.ts';
import { enclosing, type Side, type SideLine } from '#src/changes/classify/side.ts';

/** A key of configuration with its value, as text without quotes. */
export type Setting = {
  key: string;
  /** Keys and sections that hold it, outermost first. */
  parents: string[];
  value: string;
  line: SideLine;
};

const KEY = '["\']?([A-Za-z_$@][\\w.$@/-]{0,120})["\']?';
const FORMS = {
  yaml: new RegExp(`^\\s*(?:- )?\\s*${KEY}\\s*:(?:\\s+(.*))?$`),
  json: /^\s*\{?\s*"([^"]{1,120})"\s*:\s*(.*)$/,
  xml: /^\s*<([A-Za-z_][\w.:-]{0,80})(?:\s[^<>]{0,300})?>([^<>]{0,300})<\/[^<>]{1,80}>\s*$/,
  nginx: /^\s*([a-z_][\w-]{0,80})\s+([^{};]{1,300});?\s*$/,
  dockerfile: /^\s*(?:ENV|ARG|LABEL)\s+([\w.-]{1,120})(?:=|\s+)(.*)$/,
  assigned: new RegExp(`^\\s*(?:export\\s+|set\\s+|-\\s+)?${KEY}\\s*[=:]\\s*(.*)$`),
  spaced: /^\s*([a-z_][\w.-]{0,80})[ \t]+([^\s={}][^{}]{0,300})$/i,
};

/** The setting that a line of a configuration file makes, or null. */
export function settingOf(side: Side, line: SideLine, file: FileChange): Setting | null {
  if (line.isComment) return null;
  const { id } = file.language;
  const text = withoutComment(line);
  const match = formOf(id, text).exec(text);
  if (!match) return id === 'yaml' ? listItem(side, line, text) : arrayItem(side, line, text);
  const [, key = '', raw = ''] = match;
  const value = unquoted(raw);
  const parents = enclosing(side, line.index)
    .map((above) => keyOfOpener(withoutComment(above)))
    .filter((name) => name !== '')
    .reverse();
  const section = sectionAbove(side, line);
  if (section !== null) parents.unshift(section);
  // Kubernetes and compose write `name: KEY` and `value: x` on lines of their own.
  const named = key === 'value' ? nameAbove(side, line) : null;
  return named === null
    ? { key, parents, value, line }
    : { key: named, parents: [...parents, 'env'], value, line };
}

function formOf(id: LanguageId, text: string): RegExp {
  if (id === 'yaml' || id === 'json' || id === 'xml' || id === 'nginx' || id === 'dockerfile') {
    return FORMS[id];
  }
  return id === 'ini' && !/[=:]/.test(text) ? FORMS.spaced : FORMS.assigned;
}

/** `- value` under `key:`, which may stand no further left than its items. */
function listItem(side: Side, line: SideLine, text: string): Setting | null {
  const value = /^\s*- +(\S.{0,300})$/.exec(text)?.[1];
  if (value === undefined) return null;
  for (let i = line.index - 1; i >= Math.max(0, line.index - 200); i--) {
    const above = side.lines[i];
    const key =
      above && above.indent <= line.indent
        ? /^\s*([\w.$@/-]{1,120}):\s*$/.exec(above.text)?.[1]
        : undefined;
    if (key === undefined) continue;
    const parents = enclosing(side, i)
      .map((one) => keyOfOpener(one.text))
      .filter((name) => name !== '');
    return { key, parents: parents.reverse(), value: unquoted(value), line };
  }
  return null;
}

/** `"value",` in an array that a line above begins. */
function arrayItem(side: Side, line: SideLine, text: string): Setting | null {
  const value = /^\s*(["'][^"']{1,300}["']|[\w.:/-]{1,300}),?\s*$/.exec(text)?.[1];
  const [holder, ...above] = enclosing(side, line.index);
  const key = holder && /[[(]\s*$/.test(holder.bare) ? keyOfOpener(withoutComment(holder)) : '';
  if (value === undefined || key === '') return null;
  const parents = above
    .map((one) => keyOfOpener(withoutComment(one)))
    .filter((name) => name !== '');
  return { key, parents: parents.reverse(), value: unquoted(value), line };
}

function withoutComment(line: SideLine): string {
  if (line.comment === '') return line.text;
  const at = line.text.lastIndexOf(line.comment);
  return at > 0 ? line.text.slice(0, at).trimEnd() : line.text;
}

function unquoted(raw: string): string {
  return raw
    .trim()
    .replace(/[,;]$/, '')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2');
}

function keyOfOpener(text: string): string {
  return /["']?([A-Za-z_$@][\w.$@/ "-]{0,80}?)["']?\s{0,8}[:={]/.exec(text)?.[1] ?? '';
}

/** `[section]` of INI and TOML. */
function sectionAbove(side: Side, line: SideLine): string | null {
  for (let i = line.index - 1; i >= Math.max(0, line.index - 400); i--) {
    const match = /^\s*\[{1,2}([^\]\n]{1,120})\]{1,2}\s*$/.exec(side.lines[i]?.text ?? '');
    if (match) return match[1] ?? null;
  }
  return null;
}

function nameAbove(side: Side, line: SideLine): string | null {
  for (const distance of [-1, 1]) {
    const near = side.lines[line.index + distance];
    const name = /^\s*(?:- )?\s*name\s*:\s*["']?([\w.-]{1,120})["']?\s*$/.exec(
      near?.text ?? '',
    )?.[1];
    if (name !== undefined) return name;
  }
  return null;
}
