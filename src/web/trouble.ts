import { html } from '#src/web/html/html.ts';
import { localUrl } from '#src/web/html/url.ts';
import { type Page, page } from '#src/web/layout.ts';
import { shorten } from '#src/web/parts/prose.ts';

/** Says why a request was refused or failed. */
export function troublePage(status: number, message: string, hint: string | undefined): Page {
  const title = status === 404 ? 'Not found' : status >= 500 ? 'It did not work' : 'Refused';
  return page({
    title,
    viewer: null,
    body: html`<div class="narrow"><h1>${title}</h1>
<p class="notice bad" role="alert">${shorten(message, 600)}</p>
${hint !== undefined && html`<p>${shorten(hint, 600)}</p>`}
<p class="quiet">HTTP ${status}</p>
<p><a href="${localUrl(['incidents'])}">To the incidents</a></p></div>`,
  });
}
