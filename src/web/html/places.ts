/** Where a `${}` of a template stands: among text, in a quoted attribute, or in one that takes an address. */
export type Place = 'text' | 'attribute' | 'url';

type State =
  | { in: 'text' }
  | { in: 'tag'; element: string }
  | { in: 'value'; element: string; attribute: string };

/** Attributes whose value a browser follows or loads. */
const ADDRESSES = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'poster',
  'cite',
  'data',
  'srcset',
  'ping',
  'xlink:href',
]);
/**
 * Elements whose content is not read as text. What a title or a textarea holds is text with
 * escapes, so it may be filled in.
 */
const RAW = new Set([
  'script',
  'style',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'noscript',
  'plaintext',
  'template',
]);

/**
 * Reads the fixed strings of a template as an HTML parser would, as far as templates of this
 * program go: lower-case names, attributes in double quotes.
 * @returns the place of each gap between the strings
 * @throws TypeError where something filled in could be more than text
 */
export function placesOf(strings: readonly string[]): Place[] {
  const places: Place[] = [];
  let state: State = { in: 'text' };
  for (const [index, string] of strings.entries()) {
    state = read(string, state);
    if (index < strings.length - 1) places.push(placeOf(state, string));
  }
  if (state.in !== 'text') throw wrong('ends within a tag', strings.at(-1) ?? '');
  return places;
}

function placeOf(state: State, before: string): Place {
  if (state.in === 'text') return 'text';
  if (state.in === 'tag') throw wrong('has a gap in a tag outside double quotes', before);
  const { attribute } = state;
  if (attribute.startsWith('on') || attribute === 'style' || attribute === 'srcdoc') {
    throw wrong(`fills in the attribute ${attribute}`, before);
  }
  return ADDRESSES.has(attribute) ? 'url' : 'attribute';
}

/** The state after a string. */
function read(string: string, from: State): State {
  let state = from;
  let at = 0;
  while (at < string.length) {
    const step = state.in === 'text' ? text(string, at) : inTag(string, at, state);
    if (!step) return state;
    [state, at] = step;
  }
  return state;
}

type Step = [state: State, at: number] | null;

/** From among text into the next tag. */
function text(string: string, at: number): Step {
  const open = string.indexOf('<', at);
  if (open < 0) return null;
  const match = /^<(?:!doctype|\/[a-z][a-z0-9-]*|([a-z][a-z0-9-]*))/i.exec(
    string.slice(open, open + 60),
  );
  if (!match) throw wrong('has a < that opens no tag, or a comment', string);
  // A closing tag has no content, whatever its name.
  return [{ in: 'tag', element: (match[1] ?? '').toLowerCase() }, open + match[0].length];
}

/** From a tag to its end or into a value, from a value back into the tag. */
function inTag(string: string, at: number, state: Exclude<State, { in: 'text' }>): Step {
  const { element } = state;
  if (state.in === 'value') {
    const close = string.indexOf('"', at);
    return close < 0 ? null : [{ in: 'tag', element }, close + 1];
  }
  const match = /[>"]/.exec(string.slice(at));
  if (!match) return null;
  const upTo = at + match.index;
  if (match[0] === '>') {
    const isEmpty = string.startsWith(`</${element}`, upTo + 1);
    if (RAW.has(element) && !isEmpty) throw wrong(`has content in ${element}`, string);
    return [{ in: 'text' }, upTo + 1];
  }
  const attribute = /([a-z][a-z0-9:-]*)=$/i.exec(string.slice(at, upTo))?.[1];
  if (!attribute) throw wrong('has a quote that begins no attribute', string);
  return [{ in: 'value', element, attribute: attribute.toLowerCase() }, upTo + 1];
}

function wrong(what: string, where: string): TypeError {
  return new TypeError(`the template ${what}: …${where.slice(-60)}`);
}
