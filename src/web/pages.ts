import type { IncidentList, IncidentView, Viewer } from '#src/domain/incident-record.ts';
import { ASSETS } from '#src/web/assets/assets.ts';
import { incidentPage } from '#src/web/incident/page.ts';
import type { Page } from '#src/web/layout.ts';
import { listPage } from '#src/web/list/page.ts';
import { remember } from '#src/web/remember.ts';
import { signInPage } from '#src/web/sign-in.ts';
import { troublePage } from '#src/web/trouble.ts';

/** Pages of incidents kept; each has less than a megabyte as a rule. */
const MOST_KEPT = 24;

/** The pages that the daemon serves: pure functions from what is known to a page. */
export type WebPages = {
  list(list: IncidentList, viewer: Viewer): Page;
  incident(view: IncidentView, viewer: Viewer): Page;
  signIn(next: string, trouble: string | null): Page;
  trouble(status: number, message: string, hint: string | undefined): Page;
  asset(name: string): { type: string; body: string } | null;
};

export function createPages(): WebPages {
  return {
    list: listPage,
    incident: remember(incidentPage, MOST_KEPT),
    signIn: signInPage,
    trouble: troublePage,
    asset: (name) => ASSETS.get(name) ?? null,
  };
}
