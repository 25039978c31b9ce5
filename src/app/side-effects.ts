import { cleanText } from '#src/app/clean-text.ts';
import { configuredChannels } from '#src/app/notify-channels.ts';
import { notifyRules } from '#src/app/notify-rules.ts';
import { configuredTracker, missingForTickets, ticketRules } from '#src/app/ticket-parts.ts';
import type { LoadedConfig } from '#src/config/load.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { IncidentView } from '#src/domain/incident-record.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import type { EffectPlanner, SideEffectSender } from '#src/domain/side-effect.ts';
import { PULL_REQUEST, planFix } from '#src/fix/listen/plan.ts';
import type { DrawOnset } from '#src/notify/contract.ts';
import { NOTIFY } from '#src/notify/plan/payload.ts';
import { planMessages } from '#src/notify/plan/plan.ts';
import { createNotifySender } from '#src/notify/sender.ts';
import type { Http } from '#src/platform/http.ts';
import { planTickets, TICKET } from '#src/tickets/plan.ts';
import { createTicketSender } from '#src/tickets/sender.ts';

type Loaded = Pick<LoadedConfig, 'config' | 'baseDir'>;

/**
 * What follows from an event of an incident, by the configuration. Everything that leaves the
 * machine is decided here and carried out by the sender, through the store's outbox.
 * @throws InputError when the configuration names what is not there
 */
export function createEffectPlanner({ config, baseDir }: Loaded): EffectPlanner {
  const channels = configuredChannels(config, baseDir);
  const rules = notifyRules(config, channels);
  cleanText(config);
  const tickets = missingForTickets(config).length === 0 ? ticketRules(config) : null;
  const { listen } = config.fix;
  const fixes = listen.enabled && config.fix.switch === 'on' ? listen.rules : [];
  if (channels.length === 0 && tickets === null && fixes.length === 0) return () => [];
  return (event) => {
    const clean = cleanText(config);
    return [
      ...planMessages(event, rules, clean),
      ...(tickets === null ? [] : planTickets(event, tickets, clean)),
      ...planFix(event, fixes),
    ];
  };
}

export type SenderTools = {
  http: Http;
  now(): number;
  services(): ServiceRegistry;
  readIncident(id: string): Promise<IncidentView | null>;
  /** Proposes a fix for an incident. @returns what came of it, as words */
  proposeFix(incidentId: string, signal: AbortSignal): Promise<string>;
};

/** Carries out what the planner decided. */
export function createSender({ config, baseDir }: Loaded, tools: SenderTools): SideEffectSender {
  const notify = createNotifySender({
    channels: configuredChannels(config, baseDir),
    tools: { http: tools.http, now: tools.now, drawOnset },
    readIncident: tools.readIncident,
    clean: () => cleanText(config),
  });
  const tracker = configuredTracker(config, tools.services, tools);
  const tickets = tracker && createTicketSender(tracker, config.notify.publicUrl);
  return {
    send: async (effect, signal) => {
      if (effect.kind === NOTIFY) return notify.send(effect, signal);
      if (effect.kind === TICKET && tickets && effect.target === tracker?.id) {
        return tickets.send(effect, signal);
      }
      if (effect.kind === PULL_REQUEST && effect.incidentId !== null) {
        return { receipt: await tools.proposeFix(effect.incidentId, signal) };
      }
      throw new UsageError(`nothing sends "${effect.kind}" to "${effect.target}"`, {
        hint: 'It was decided under another configuration; put that back and retry it.',
      });
    },
  };
}

/** Loaded with the first picture: it brings a font and a rasterizer along. */
const drawOnset: DrawOnset = async (onset) =>
  (await import('#src/notify/email/draw-onset.ts')).drawOnset(onset);
