import { type Html, html } from '#src/web/html/html.ts';

/** Where the daemon's token is typed in; a password manager may fill it in. */
export function tokenField(): Html {
  return html`<p class="field"><label for="token">Token</label>
<input id="token" name="token" type="password" required maxlength="4096" autocomplete="current-password" aria-describedby="token-hint">
<span class="quiet" id="token-hint">INCIDENT_TOKEN of the daemon; without it nothing is changed.</span></p>`;
}
