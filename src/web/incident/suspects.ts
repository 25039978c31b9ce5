import type { Cite } from '#src/domain/evidence.ts';
import type { Result, SuspectCommit, SuspectLocation, SuspectService } from '#src/domain/result.ts';
import type { Book } from '#src/web/evidence/book.ts';
import { citations } from '#src/web/evidence/citations.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { prose, shortSha } from '#src/web/parts/prose.ts';
import { firstFew, section } from '#src/web/parts/section.ts';

const FEW = 3;
const MOST = 15;
const MOST_REASONS = 8;

/** Who may have done it: commits, services, places in the code, best first. */
export function suspects(result: Result, book: Book): Html | null {
  const { services = [], commits = [], locations = [] } = result.investigation?.suspects ?? {};
  const groups = [
    group(
      'commits',
      'Commits',
      commits.slice(0, MOST).map((one) => commit(one, result, book)),
    ),
    group(
      'services',
      'Services',
      services.slice(0, MOST).map((one) => service(one, book)),
    ),
    group(
      'code',
      'Places in the code',
      locations.slice(0, MOST).map((one) => place(one, book)),
    ),
  ].filter((one) => one !== null);
  return section('suspects', 'Suspects', groups);
}

function commit({ sha, score, reasons, cites }: SuspectCommit, result: Result, book: Book): Html {
  const items = reasons
    .slice(0, MOST_REASONS)
    .map((one) => html`<li>${prose(one, book.reference)}</li>`);
  const list = (some: readonly Html[]): Html => html`<ul>${some}</ul>`;
  return suspect(
    html`<code>${shortSha(sha)}</code> ${titleOf(sha, result.evidence)}`,
    score,
    html`${firstFew(`reasons-${sha}`, items, FEW, list)}${citations(cites, book)}`,
  );
}

function service({ service: name, metric, score, cites }: SuspectService, book: Book): Html {
  const named = html`${name}${metric !== null && html` <code>${metric}</code>`}`;
  return suspect(named, score, citations(cites, book));
}

function place({ file, line, function: name, score, cites }: SuspectLocation, book: Book): Html {
  const named = html`<code>${file}:${line}</code>${name !== null && html` in <code>${name}</code>`}`;
  return suspect(named, score, citations(cites, book));
}

function group(key: string, title: string, items: readonly Html[]): Html | null {
  if (items.length === 0) return null;
  const list = (some: readonly Html[]): Html => html`<ul class="cards">${some}</ul>`;
  return html`<h3>${title}</h3>${firstFew(`suspects-${key}`, items, FEW, list)}`;
}

function suspect(name: Html, score: number, why: Html | null): Html {
  return html`<li><p class="suspect"><span>${name}</span> <span class="quiet">${percentOf(score)}</span></p>${why}</li>`;
}

function percentOf(score: number): string {
  const percent = Math.round(score * 100);
  return percent === 0 && score > 0 ? 'under 1 %' : `${percent} %`;
}

/** The first line of a commit's message, where the commit is among the evidence. */
function titleOf(sha: string, evidence: Result['evidence']): string {
  for (const { data } of evidence) {
    if (data.type !== 'change' || data.change.type !== 'commit' || data.change.sha !== sha)
      continue;
    return data.change.message.split('\n', 1)[0]?.slice(0, 200) ?? '';
  }
  return '';
}

/** Who was thought of and did not do it, each with every reason. */
export function acquitted({ rootCause }: Result, book: Book): Html | null {
  const reasons = new Map<string, Map<string, Cite[]>>();
  for (const { suspect: name, why, cites } of rootCause?.acquitted ?? []) {
    const its = reasons.get(name) ?? new Map<string, Cite[]>();
    its.set(why, [...(its.get(why) ?? []), ...cites]);
    reasons.set(name, its);
  }
  if (reasons.size === 0) return null;
  const items = [...reasons].slice(0, MOST).map(([name, whys]) => {
    const all = [...whys].map(
      ([why, cites]) => html`<div>${prose(why, book.reference)}${citations(cites, book)}</div>`,
    );
    return html`<li><strong>${shortSha(name)}</strong>${all}</li>`;
  });
  const list = (some: readonly Html[]): Html => html`<ul class="statements">${some}</ul>`;
  return section('acquitted', 'Acquitted', firstFew('acquitted', items, 5, list));
}
