import type { Viewer } from '#src/domain/incident-record.ts';
import { ICON, SCRIPT, STYLE } from '#src/web/assets/assets.ts';
import { type Html, html, type Part } from '#src/web/html/html.ts';
import { localUrl, type Url } from '#src/web/html/url.ts';

/** A page with the policy that a browser is to hold it to. */
export type Page = { html: string; contentSecurityPolicy: string };

/**
 * Nothing but what the daemon itself serves, and no inline style or script: whatever slipped
 * through the escaping could still not run, load, or send anything anywhere.
 */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export type Content = {
  title: string;
  body: Part;
  /** Null where nobody can be told. */
  viewer: Viewer | null;
  /** Where changes of what is shown are told, as server-sent events. */
  events?: Url;
};

/** The frame of every page. It can be read without script; the script renews what it shows. */
export function page({ title, body, viewer, events }: Content): Page {
  const markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${assetUrl(ICON)}" type="image/svg+xml">
<link rel="stylesheet" href="${assetUrl(STYLE)}">
<script src="${assetUrl(SCRIPT)}" defer></script>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="bar"><nav aria-label="Pages"><a href="${localUrl(['incidents'])}">Incidents</a></nav>
${viewer && signing(viewer)}</header>
<main id="main" tabindex="-1" data-events="${events?.toString()}">
<p id="live" class="live" role="status"></p>
${body}
</main>
</body>
</html>
`;
  return { html: markup.toString(), contentSecurityPolicy: POLICY };
}

function signing({ isSignedIn, name }: Viewer): Html {
  if (!isSignedIn) return html`<p><a href="${localUrl(['sign-in'])}">Sign in</a></p>`;
  return html`<form method="post" action="${localUrl(['sign-out'])}"><button class="link">Sign out${
    name !== null && ` ${name}`
  }</button></form>`;
}

function assetUrl({ name }: { name: string }): Url {
  return localUrl(['assets', name]);
}
