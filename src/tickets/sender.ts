import { sheetOf } from '#src/domain/brief-sheet.ts';
import type { SideEffect, SideEffectSender } from '#src/domain/side-effect.ts';
import type { TicketRef, Tracker } from '#src/tickets/contract.ts';
import type { TicketPayload } from '#src/tickets/plan.ts';

/**
 * Carries out what was planned for tickets. What was made before a crash is found again by its
 * marker, so that an incident has one ticket and every note stands there once.
 * @param publicUrl where the daemon's pages are, for the link to the incident
 */
export function createTicketSender(
  tracker: Tracker,
  publicUrl: string | undefined,
): SideEffectSender {
  return {
    send: async (effect, signal) => {
      const { action, brief } = effect.payload as TicketPayload;
      const { id, service, alertname, severity } = brief.incident;
      const marker = `incident:${id}`;
      const sheet = sheetOf(brief, publicUrl);
      const news = `${marker}/${decisionIn(effect.key)}`;
      const told = refOfReceipts(effect);
      const found = told ? null : await tracker.find(marker, service, signal);
      const known = told ?? found?.ref ?? null;
      if (known === null) {
        if (action !== 'tell') return {};
        const title = `[${severity}] ${alertname} on ${service}`;
        const made = await tracker.create(
          { marker, news, title, sheet, severity, service },
          signal,
        );
        return { receipt: receiptOf(made) };
      }
      // A ticket that an earlier attempt has made says it already.
      if (!found?.text.includes(news)) await tracker.note(known, { marker: news, sheet }, signal);
      if (action === 'close') await tracker.close(known, signal);
      if (action === 'reopen') await tracker.reopen(known, signal);
      return { receipt: receiptOf(known) };
    },
  };
}

/** A receipt for people that holds what is needed to find the ticket: key, address, id. */
function receiptOf({ key, url, id }: TicketRef): string {
  return `${key} ${url} ${id}`;
}

function refOfReceipts({ earlier }: SideEffect): TicketRef | null {
  const [key, url, id] = earlier.at(-1)?.receipt.split(' ') ?? [];
  return key && url && id ? { key, url, id } : null;
}

function decisionIn(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
