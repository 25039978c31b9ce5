import type { Language } from '#src/changes/classify/language.ts';
import type { OpenText } from '#src/changes/classify/lexer.ts';

/** Whether the first line is inside a block comment or long string that began before it. */
export function beginsInside(texts: readonly string[], language: Language): OpenText | null {
  for (const [open, close] of language.blockComments) {
    for (const text of texts) {
      const closes = text.indexOf(close);
      const opens = text.indexOf(open);
      if (closes >= 0 && (opens < 0 || closes < opens)) {
        // `*/` may stand in a string or a glob.
        if (!/["'`]/.test(text.slice(0, closes))) return { close, isComment: true };
        break;
      }
      if (opens >= 0) break;
    }
  }
  for (const quote of language.longQuotes) {
    if (quote.length !== 3) continue;
    const holding = texts.filter((text) => text.includes(quote));
    const count = holding.reduce((sum, text) => sum + text.split(quote).length - 1, 0);
    if (
      count % 2 === 1 &&
      looksLikeProse(texts.slice(0, texts.findIndex((text) => text.includes(quote)) + 1))
    ) {
      return { close: quote, isComment: language.isIndented };
    }
  }
  return null;
}

/** Sentences rather than statements: what stands before a quote that closes a documentation string. */
function looksLikeProse(texts: readonly string[]): boolean {
  const lines = texts.map((text) => text.trim()).filter((text) => text !== '');
  const code = lines.filter((text) =>
    /^(?:def|class|return|import|from|if|for|while|with|try|@|async|raise|else|elif)\b|[=({[:,]$|\w\(|[=!]=| = /.test(
      text,
    ),
  );
  return lines.length > 0 && code.length * 2 < lines.length;
}
