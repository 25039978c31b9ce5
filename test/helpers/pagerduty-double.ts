import { z } from 'zod';
import { type ReceiverDouble, receiverDouble } from './receiver-double.ts';
import { safeJson } from './slack-double.ts';

export const ROUTING_KEY = 'R0123456789ABCDEF0123456789ABCDE';

/* The Events API v2 (developer.pagerduty.com/docs/events-api-v2/trigger-events). */
const eventSchema = z
  .strictObject({
    routing_key: z.string().length(32),
    event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
    dedup_key: z.string().max(255).optional(),
    payload: z
      .strictObject({
        summary: z.string().min(1).max(1024),
        source: z.string().min(1),
        severity: z.enum(['critical', 'error', 'warning', 'info']),
        timestamp: z.iso.datetime({ offset: true }).optional(),
        component: z.string().optional(),
        group: z.string().optional(),
        class: z.string().optional(),
        custom_details: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string().optional() })).optional(),
  })
  .refine(({ event_action, payload }) => event_action !== 'trigger' || payload !== undefined)
  .refine(({ event_action, dedup_key }) => event_action === 'trigger' || dedup_key !== undefined);

export type PagerDutyAlert = {
  status: 'triggered' | 'acknowledged' | 'resolved';
  severity: string;
  summaries: string[];
};

/** The Events API v2 with the alerts that it would show, by their key. */
export async function pagerDutyDouble(): Promise<
  ReceiverDouble & { alerts: Map<string, PagerDutyAlert> }
> {
  const alerts = new Map<string, PagerDutyAlert>();
  const double = await receiverDouble(({ method, path, body }) => {
    const invalid = (error: string) => ({
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid', errors: [error] },
    });
    if (method !== 'POST' || path !== '/v2/enqueue') return { status: 404, body: 'Not Found' };
    if (Buffer.byteLength(body) > 512 * 1024) return { status: 413, body: 'too large' };
    const parsed = eventSchema.safeParse(safeJson(body));
    if (!parsed.success) return invalid(parsed.error.message);
    const { routing_key, event_action, dedup_key = 'made-up', payload } = parsed.data;
    if (routing_key !== ROUTING_KEY) return invalid('invalid routing key');
    const known = alerts.get(dedup_key);
    if (event_action === 'trigger' && payload) {
      const isOpen = known !== undefined && known.status !== 'resolved';
      alerts.set(dedup_key, {
        status: isOpen ? known.status : 'triggered',
        severity: payload.severity,
        summaries: [...(isOpen ? known.summaries : []), payload.summary],
      });
    } else if (known && known.status !== 'resolved') {
      known.status = event_action === 'acknowledge' ? 'acknowledged' : 'resolved';
    }
    return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key } };
  });
  return { ...double, url: `${double.url}/v2/enqueue`, alerts };
}
