import type { Token } from '#src/changes/classify/lexer.ts';

/** Tokens as code again, in one way whatever the spacing was: `a . b (c)` is `a.b(c)`. */
export function joinTokens(tokens: readonly Token[], withStrings = false): string {
  let text = '';
  let last: Token | null = null;
  for (const token of tokens) {
    const part =
      token.type === 'string'
        ? withStrings
          ? `"${token.text}"`
          : '""'
        : token.type === 'regex'
          ? '/r/'
          : token.text;
    text += last && needsBlank(last, token) ? ` ${part}` : part;
    last = token;
  }
  return text;
}

function needsBlank(before: Token, after: Token): boolean {
  const isTight = /^(?:\.|\?\.|&\.|::|->|!|\(|\[|#|@)$/;
  if (after.type === 'operator') {
    if (after.text === '}' && before.text === '{') return false;
    if (/^(?:[),;:\]]|\.|\?\.|&\.|::|->|\?|!!|\+\+|--)$/.test(after.text)) return false;
    if (/^[([]$/.test(after.text))
      return (
        before.type === 'operator' && !/^[)\]([]$/.test(before.text) && !isTight.test(before.text)
      );
    return !(before.type === 'operator' && isTight.test(before.text));
  }
  return !(before.type === 'operator' && isTight.test(before.text));
}
