/** Words of programs and logs that name nothing in particular. */
const COMMON = new Set(
  (
    'the a an and or not of to in on at by for from with is are was were be been it its this that as if else then than when while do does did done has have had can could will would should may no yes ' +
    'true false null none nil undefined new old get set put post delete patch head add remove update create load save find list read write open close start stop run call send receive make take use return throw raise catch try except ' +
    'error errors err exception fail failed failure failing fatal warn warning info debug trace log logger logging message msg console print stack caused line file at unknown invalid unexpected unable cannot ' +
    'request requests req response responses res result results data value values key keys name names id ids type types item items object objects list array map string int float bool number index count size length ' +
    'service services server client host port http https url uri path api app application main index user users handler controller util utils helper common core base config test tests src lib int void public private static final class function func def fn var let const async await import export default package module self this super str len time date now ms sec seconds status code ok ' +
    'process processing processed handle handling handled event events job jobs task tasks worker thread pool queue cache db database query sql table connection connections context ctx version level info method methods field fields param params arg args input output body header headers session token timeout retry retries limit max min ' +
    'com org net io java javax python node js ts go rs rb php usr local app var opt home site packages modules dist build target bin'
  ).split(' '),
);

const MAX_TERMS = 400;
const COMPOUND = /[\p{L}_$][\p{L}\p{N}_$]*(?:[./:-][\p{L}\p{N}_$]+){0,8}/gu;

/**
 * The terms of a text: identifiers and paths whole and in their parts. `orders.unit_price` gives
 * itself, `orders` and `unit_price`. Everything in lower case; hex, numbers and common words are out.
 */
export function termsOf(text: string): Map<string, number> {
  const terms = new Map<string, number>();
  for (const [match] of text.slice(0, 4000).matchAll(COMPOUND)) {
    if (terms.size > MAX_TERMS) break;
    note(terms, match);
    if (/[./:-]/.test(match)) for (const part of match.split(/[./:-]/)) note(terms, part);
  }
  return terms;
}

function note(terms: Map<string, number>, word: string): void {
  // One thing and many of it.
  if (/[a-z]{4}s$/.test(word) && !word.endsWith('ss')) note(terms, word.slice(0, -1));
  const text = word.toLowerCase();
  if (text.length < 3 || text.length > 80 || COMMON.has(text)) return;
  if (/^[0-9a-f]{8,}$/.test(text) || /^[0-9a-f-]{20,}$/.test(text)) return;
  const form = formOf(word);
  if (form > (terms.get(text) ?? 0)) terms.set(text, form);
}

/** Names that people made up tell more than words of the language. */
function formOf(word: string): number {
  if (/[./:]/.test(word)) return 1;
  if (/_|\p{Ll}\p{Lu}/u.test(word)) return 1;
  if (/^[A-Z][A-Z0-9]{3,}$/.test(word) || /[a-z]-[a-z]/.test(word)) return 0.8;
  if (/\p{N}/u.test(word)) return 0.7;
  return word.length >= 8 ? 0.5 : 0.35;
}
