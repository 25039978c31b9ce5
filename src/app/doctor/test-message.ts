import type { DoctorParts, Finding } from '#src/app/doctor/contract.ts';
import { badFinding } from '#src/app/doctor/examine.ts';
import type { IncidentBrief } from '#src/domain/brief.ts';
import { formatTime } from '#src/domain/time.ts';
import type { Channel } from '#src/notify/contract.ts';
import { createNotifier } from '#src/notify/registry.ts';

/** Sends a message that says that it is a test. */
export async function sendTestMessage(
  { name, notifier, settings }: Channel,
  { http, clock }: DoctorParts,
  signal: AbortSignal,
): Promise<Finding> {
  const brief = testBrief(clock.now());
  const key = `test/${name}/${brief.at}`;
  const content = { type: 'brief', brief, onset: null } as const;
  try {
    await createNotifier(notifier, settings, { http, now: clock.now }).send(
      { key, attempt: 1, earlier: [], content, receiver: null },
      signal,
    );
    return { status: 'good', what: `${name}: a test message was accepted` };
  } catch (error) {
    return badFinding(error, name);
  }
}

function testBrief(now: number): IncidentBrief {
  const at = formatTime(now);
  return {
    event: 'test',
    at,
    what: 'Sent by "incident doctor --send-test". There is nothing to do.',
    incident: {
      id: `test-${now}`,
      alertname: 'Test',
      service: 'incident',
      others: [],
      severity: 'low',
      status: 'open',
      detectedAt: at,
      resolvedAt: null,
      acknowledgedBy: null,
      mergedInto: null,
      firing: 0,
      alerts: 0,
    },
    onsetAt: null,
    summary: null,
    details: [],
    verdict: null,
    blastRadius: [],
    steps: [],
    evidence: [],
    gaps: 0,
  };
}
