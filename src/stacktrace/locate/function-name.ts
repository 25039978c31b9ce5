/** Names that say where code stands, not what it is called. */
const NO_NAME =
  /^(?:|<?anonymous>?|<?unknown>?|<module>|<main>|\{main\}|\{closure\}|<lambda>|<genexpr>|<listcomp>|<dictcomp>|<setcomp>|eval|global code|eval code|module code|\(file\)|<top \(required\)>|\?\?)$/;

/** Rules that lead from the name of generated code to that of the function around it, in order. */
const WRAPPERS: readonly [RegExp, string][] = [
  // Ruby: `block (2 levels) in Shop::Cart#total`, `rescue in total`; Elixir: `anonymous fn/2 in Shop.total/1`.
  [/^(?:block|rescue|ensure|anonymous fn\/\d+)(?: \(\d+ levels\))? in /, ''],
  // Java and Scala: `lambda$total$0`, `$anonfun$total$1`; Kotlin coroutines: `Cart$total$1.invokeSuspend`.
  [/lambda\$([\w]+)\$\d+$/, '$1'],
  [/\$anonfun\$([\w]+)\$\d+$/, '$1'],
  [/\$(\w+)\$(?:\d+|suspendImpl)\.(?:invoke(?:Suspend)?|run|apply|call|accept|get)$/, '.$1'],
  // .NET: `<Total>b__0`, `<GetAsync>d__3.MoveNext`, `<Total>m__0`, `<Invoke>g__Awaited|10_0`.
  [/<(\w+)>[bdgm]__[\w|]+(?:\.MoveNext)?$/, '$1'],
  // Rust: `sell::{{closure}}`, `sell::{closure#0}`; Go: `run.func1.2`, `main.gowrap1`.
  [/(?:::\{\{?closure(?:#\d+)?\}\}?)+$/, ''],
  [/(?:\.(?:func|gowrap|deferwrap)\d+(?:\.\d+)*)+$/, ''],
  // SpiderMonkey: `total/<`; V8: `new Cart`, `get color`, `Cart.total [as sum]`.
  [/(?:\/<)+$/, ''],
  [/ \[as .*$/, ''],
  [/^(?:new|get|set|async|static) /, ''],
  [/^#/, ''],
  // Arity of Elixir and Erlang.
  [/\/\d+$/, ''],
];

/**
 * The bare name of the function that a frame stands in, without package, class, arguments and the
 * names that compilers give to the code of closures. @returns null for code outside of functions
 */
export function bareFunctionName(name: string): string | null {
  let text = name.trim().slice(0, 1000);
  for (const [pattern, by] of WRAPPERS) text = text.replace(pattern, by);
  text = withoutBrackets(text.replaceAll('->', '.'));
  // `Cart.<init>`, `Object.<anonymous>`, `Integer#/`: what is left is the class.
  if (/[.#\\/]$/.test(text)) return null;
  const last =
    text
      .split(/::|\.|#|\\|\/|\s/)
      .filter((part) => part !== '')
      .at(-1) ?? '';
  const bare = last.replace(/^[~*&@]+/, '');
  if (NO_NAME.test(name) || NO_NAME.test(bare) || !/^[\p{L}_$][\p{L}\p{N}_$]*[?!=]?$/u.test(bare))
    return null;
  return bare;
}

/** Takes template arguments, parameter lists and receivers away: `total<int>(x)` → `total`. */
function withoutBrackets(text: string): string {
  let out = '';
  let depth = 0;
  for (const char of text.replace(/\(\*?([\w.]{1,200}(?:\[[^\]]{0,100}\])?)\)\./g, '$1.')) {
    if (char === '<' || char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === '>' || char === ')' || char === ']' || char === '}')
      depth = Math.max(0, depth - 1);
    else if (depth === 0) out += char;
  }
  return out.trim();
}
