import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import { innermostCause } from '#src/analysis/evidence/log-drafts.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { isHealthy } from '#src/analysis/facts/series-of-health.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import type { Statement } from '#src/domain/result.ts';
import { parseTime } from '#src/domain/time.ts';
import { describeShift, describeSignal } from '#src/metrics/describe.ts';

const MOST = { signals: 4, logs: 4, traces: 2, causes: 2 } as const;

/** What is seen, each with what it rests on: the target's harms, errors in logs, health checks. */
export function indicators(
  facts: Facts,
  judgement: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  return [
    ...harmStatements(facts, judgement, refs, ledger),
    ...healthStatements(facts, judgement, refs, ledger),
    ...traceStatements(facts, judgement, refs, ledger),
    ...logStatements(facts, judgement, refs, ledger),
    ...causeStatements(facts, judgement, refs, ledger),
  ];
}

function harmStatements(
  { metrics }: Facts,
  { harms }: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  const seen = new Set<string>();
  return harms.flatMap((harm): Statement[] => {
    const signal = metrics.signals.find(({ id }) => id === harm.signalId);
    const ref = refs.signal.get(harm.signalId);
    if (!signal || !ref || seen.has(harm.kind) || seen.size >= MOST.signals) return [];
    seen.add(harm.kind);
    const value = harm.shift ? Number(harm.shift.level.toPrecision(6)) : undefined;
    const text = harm.shift
      ? describeShift(signal, harm.shift)
      : `${describeSignal(signal)} is ${formatQuantity(signal.values.at(-1) ?? Number.NaN, signal.unit)} as far back as it is measured`;
    return [{ text, cites: [ledger.cite(ref, value === undefined ? {} : { value })] }];
  });
}

function healthStatements(
  facts: Facts,
  { service }: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  const own = facts.health.filter((checks) => checks[0]?.service === service);
  return own.flatMap((checks, index): Statement[] => {
    const last = checks.at(-1);
    const ref = refs.health.get(service)?.[index];
    if (!last || !ref) return [];
    const answer = last.status === undefined ? (last.error ?? 'no answer') : `HTTP ${last.status}`;
    const verdict = isHealthy(last) ? 'the health check is fine' : 'the health check fails';
    const cites = [ledger.cite(ref, last.error ? { quote: last.error } : {})];
    return [{ text: `${verdict} (${answer})`, cites }];
  });
}

function traceStatements(
  { logs, subject }: Facts,
  { service }: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  const recent = logs.traces.filter(
    (trace) =>
      (trace.service === null || trace.service === service) &&
      isInside(trace.last, subject.window.start),
  );
  return recent
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, MOST.traces)
    .flatMap((trace): Statement[] => {
      const ref = refs.trace.get(trace);
      if (!ref) return [];
      const inner = innermostCause(trace);
      const frame = inner.frames.find((one) => one.inApp) ?? inner.frames[0];
      const [message = ''] = inner.message.split('\n');
      const where = frame ? ` at ${frame.file}:${frame.line ?? '?'}` : '';
      const times = trace.count === 1 ? 'once' : `${trace.count} times`;
      return [{ text: `${inner.type}: ${message}${where}, ${times}`, cites: [ledger.cite(ref)] }];
    });
}

function isInside(time: string | null, start: number): boolean {
  const at = time === null ? null : parseTime(time);
  return at === null || at >= start;
}

function logStatements(
  { logs }: Facts,
  { service }: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  return logs.findings
    .filter((finding) => finding.kind !== 'vanished' && (finding.service ?? service) === service)
    .slice(0, MOST.logs)
    .flatMap((finding): Statement[] => {
      const ref = refs.log.get(finding);
      const [sample] = finding.samples;
      if (!ref || !sample) return [];
      const [quote = ''] = sample.line.split('\n');
      const before =
        finding.kind === 'standing' ? 'before not known' : `${finding.baselineCount} before`;
      const change = finding.kind === 'new' ? 'new' : before;
      const text = `${finding.count}× ${finding.template.split('\n')[0]} (${change})`;
      return [{ text, cites: [ledger.cite(ref, { quote: quote.slice(0, 300) })] }];
    });
}

function causeStatements(
  { metrics }: Facts,
  { assessment }: Judgement,
  refs: FactRefs,
  ledger: Ledger,
): Statement[] {
  return (assessment?.causes ?? []).slice(0, MOST.causes).flatMap((cause): Statement[] => {
    const signal = metrics.signals.find(({ id }) => id === cause.signalId);
    const shift = metrics.shifts.find(({ signalId }) => signalId === cause.signalId);
    const ref = cause.signalId === null ? undefined : refs.signal.get(cause.signalId);
    if (!signal || !shift || !ref) return [];
    return [{ text: describeShift(signal, shift), cites: [ledger.cite(ref)] }];
  });
}
