import { html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
import { type Page, page } from '#src/web/layout.ts';
import { tokenField } from '#src/web/parts/fields.ts';
import { shorten } from '#src/web/parts/prose.ts';

/** Asks for the token. @param next path of ours to go to then @param trouble why it is asked for again */
export function signInPage(next: string, trouble: string | null): Page {
  return page({
    title: 'Sign in',
    viewer: null,
    body: html`<div class="narrow"><h1>Sign in</h1>
${trouble !== null && html`<p class="notice bad" role="alert">Nothing was done: ${shorten(trouble, 300)}.</p>`}
<section class="panel" aria-label="Sign in"><form method="post" action="${localUrl(['sign-in'])}">
<input type="hidden" name="next" value="${next}">
<p class="field"><label for="name">Your name</label>
<input id="name" name="name" maxlength="100" autocomplete="username"></p>
${tokenField()}
<p class="buttons"><button class="primary">Sign in</button></p>
</form></section>
<p class="quiet">This browser stays signed in for twelve hours. Came here by a link although you are signed in? <a href="${pathUrl(next)}">Go on</a></p></div>`,
  });
}

/** A path of ours that was checked as such, as an address. */
function pathUrl(path: string): ReturnType<typeof localUrl> {
  const url = new URL(path, 'http://daemon.invalid');
  const segments = url.pathname.slice(1).split('/').map(decoded);
  return localUrl(segments, Object.fromEntries(url.searchParams));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
