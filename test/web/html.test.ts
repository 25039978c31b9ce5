import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Html, html, join, ownMarkup } from '#src/web/html/html.ts';
import { fragmentUrl, localUrl, outsideUrl, Url } from '#src/web/html/url.ts';

/** A template that is not written out, as one would have to be to be wrong. */
const template = (strings: string[], ...parts: unknown[]): string =>
  String(html(Object.assign(strings, { raw: strings }) as never, ...(parts as never[])));

describe('the html template', () => {
  it('escapes texts, leaves markup, and leaves out what is not there', () => {
    const inner = html`<b>${'<i>&"\'`'}</b>`;
    expect(
      String(html`<p title="${'a"b'}">${inner} ${7} ${null}${undefined}${false}${0}</p>`),
    ).toBe('<p title="a&quot;b"><b>&lt;i&gt;&amp;&quot;&#39;&#96;</b> 7 0</p>');
    expect(String(html`<ul>${['a', '<'].map((one) => html`<li>${one}</li>`)}</ul>`)).toBe(
      '<ul><li>a</li><li>&lt;</li></ul>',
    );
    expect(String(join(['a', 'b', 'c'], ', '))).toBe('a, b, c');
    expect(String(html`${ownMarkup('<svg></svg>')}`)).toBe('<svg></svg>');
  });

  it('takes out what would move, hide or reorder text', () => {
    expect(String(html`${'a\u202eb\u200bc\u001b[31md\u0000e\ud800'}`)).toBe('abcd\ufffde\ufffd');
  });

  it('keeps any text within its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const markup = String(html`<p title="${text}">${text}</p>`);
        expect(markup).toMatch(/^<p title="[^"<>'`]*">[^"<>'`]*<\/p>$/);
      }),
    );
  });

  it.each([
    [['<p title=', '>'], /outside double quotes/],
    [["<p title='", "'>"], /outside double quotes/],
    [['<p ', '>'], /outside double quotes/],
    [['<', '>'], /opens no tag/],
    [['<p onclick="', '">'], /onclick/],
    [['<p style="', '">'], /style/],
    [['<iframe srcdoc="', '"></iframe>'], /srcdoc/],
    [['<script>', '</script>'], /content in script/],
    [['<script defer>', '</script>'], /content in script/],
    [['<style>p{}', '</style>'], /content in style/],
    [['<!-- ', ' -->'], /comment/],
    [['a < ', ''], /opens no tag/],
    [['<p title="', ''], /within a tag/],
  ])('refuses a gap in %j', (strings, reason) => {
    expect(() => template(strings, 'text')).toThrow(reason);
  });

  it('follows only addresses that were made as such', () => {
    expect(() => template(['<a href="', '">x</a>'], 'javascript:alert(1)')).toThrow(/Url/);
    expect(() => template(['<button formaction="', '">x</button>'], '/x')).toThrow(/Url/);
    expect(() => template(['<p title="', '">x</p>'], html`<b></b>`)).toThrow(/attribute/);
    expect(String(html`<a href="${localUrl(['incidents', 'a/b"'], { next: '/x?y' })}">x</a>`)).toBe(
      '<a href="/incidents/a%2Fb%22?next=%2Fx%3Fy">x</a>',
    );
    expect(() => new Html(Symbol('other') as never, '<b>')).toThrow();
    expect(() => new Url(Symbol('other') as never, 'javascript:')).toThrow();
  });
});

describe('addresses', () => {
  it('are of the web, or none', () => {
    expect(String(outsideUrl('https://code.example/a?b=1#c'))).toBe('https://code.example/a?b=1#c');
    for (const text of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      '//evil.example',
      '/path',
      'https://user:pass@evil.example/',
      `https://x.example/${'a'.repeat(5000)}`,
      '',
    ]) {
      expect(outsideUrl(text)).toBeNull();
    }
  });

  it('of our own do not leave the place', () => {
    expect(String(localUrl(['incidents', '..']))).toBe('/incidents/_');
    expect(String(localUrl(['incidents', '//evil.example']))).toBe('/incidents/%2F%2Fevil.example');
    expect(String(localUrl(['a'], { b: undefined, c: '&=' }))).toBe('/a?c=%26%3D');
    expect(String(fragmentUrl('e-"><'))).toBe('#e-%22%3E%3C');
    expect(() => localUrl(['\ud800'])).not.toThrow();
  });
});
