import type { Sheet } from '#src/domain/brief-sheet.ts';

export type HtmlImage = { cid: string; alt: string; width: number; height: number };

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that no reader takes for markup, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const BODY =
  'margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif;max-width:640px';
const LABEL =
  'text-align:left;vertical-align:top;font-weight:normal;opacity:0.75;padding:2px 16px 2px 0';

/**
 * A sheet as the HTML of a mail: no script, no outside reference, inline styles that mail readers
 * keep, and no colours of the ground, so that dark mode works.
 */
export function mailHtml(sheet: Sheet, image: HtmlImage | null): string {
  const { headline, paragraphs, facts, lists, notes, link } = sheet;
  const text = (value: string): string => escapeHtml(value);
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th scope="row" style="${LABEL}">${text(label)}:</th><td style="padding:2px 0">${text(value)}</td></tr>`,
  );
  const parts = [
    `<h1 style="font-size:20px;line-height:1.3;margin:0 0 12px">${text(headline)}</h1>`,
    ...paragraphs.map((paragraph) => `<p style="margin:0 0 12px">${text(paragraph)}</p>`),
    image ? picture(image) : '',
    rows.length > 0
      ? `<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">${rows.join('')}</table>`
      : '',
    ...lists.map(
      ({ title, items }) =>
        `<h2 style="font-size:16px;margin:0 0 4px">${text(title)}</h2><ul style="margin:0 0 16px;padding-left:20px">${items
          .map((item) => `<li>${text(item)}</li>`)
          .join('')}</ul>`,
    ),
    ...notes.map((note) => `<p style="margin:0 0 4px;opacity:0.75">${text(note)}</p>`),
    link ? `<p style="margin:16px 0 0"><a href="${text(link)}">${text(link)}</a></p>` : '',
  ];
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${text(headline)}</title></head>`,
    `<body style="${BODY}">`,
    ...parts.filter((part) => part !== ''),
    '</body></html>',
    '',
  ].join('\n');
}

function picture({ cid, alt, width, height }: HtmlImage): string {
  return `<p style="margin:0 0 12px"><img src="cid:${escapeHtml(cid)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}" style="max-width:100%;height:auto"></p>`;
}
