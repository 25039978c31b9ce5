import { createHash } from 'node:crypto';
import { ICON_SOURCE } from '#src/web/assets/icon.ts';
import { SCRIPT_SOURCE } from '#src/web/assets/script.ts';
import { STYLE_SOURCE } from '#src/web/assets/style.ts';

/** A file that pages refer to. Its name holds a hash of its content, so it may be kept for ever. */
export type Asset = { name: string; type: string; body: string };

export const STYLE = asset('pages', 'css', 'text/css; charset=utf-8', STYLE_SOURCE);
export const SCRIPT = asset('pages', 'js', 'text/javascript; charset=utf-8', SCRIPT_SOURCE);
export const ICON = asset('icon', 'svg', 'image/svg+xml', ICON_SOURCE);

export const ASSETS: ReadonlyMap<string, Asset> = new Map(
  [STYLE, SCRIPT, ICON].map((one) => [one.name, one]),
);

function asset(stem: string, ending: string, type: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { name: `${stem}-${hash}.${ending}`, type, body };
}
