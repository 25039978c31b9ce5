import type { IncidentView, Viewer } from '#src/domain/incident-record.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { effectItem } from '#src/web/parts/effects.ts';
import { firstFew, section } from '#src/web/parts/section.ts';

const FEW = 8;
const MOST = 200;

/** What was sent where, what waits, and what was given up; the last first to be seen. */
export function effects({ effects: all, summary }: IncidentView, viewer: Viewer): Html | null {
  if (all.length === 0) return null;
  const isDead = ({ state }: (typeof all)[number]): boolean => state === 'dead';
  const sorted = [...all.filter(isDead), ...all.filter((one) => !isDead(one))].slice(0, MOST);
  const options = { viewer, page: `/incidents/${summary.id}`, reference: summary.detectedAt };
  const items = sorted.map((effect) => effectItem(effect, options));
  const list = (some: readonly Html[]): Html => html`<ul class="cards">${some}</ul>`;
  return section('sent', 'Sent', firstFew('sent', items, FEW, list));
}
