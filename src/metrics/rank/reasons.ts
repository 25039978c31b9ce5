import { formatDuration, formatTime } from '#src/domain/time.ts';
import type { CauseSign, DerivedSignal, Shift } from '#src/metrics/contract.ts';
import { describeShift } from '#src/metrics/describe.ts';
import type { Blame } from '#src/metrics/rank/blame-flow.ts';
import type { DependencyGraph } from '#src/metrics/rank/dependency-graph.ts';
import { toleranceOf } from '#src/metrics/rank/explain.ts';
import { type NodeEvidence, strongestView } from '#src/metrics/rank/node-evidence.ts';

/** What the reasons of one suspect are taken from. */
export type ReasonSources = {
  node: NodeEvidence;
  blame: Blame;
  nodes: ReadonlyMap<string, NodeEvidence>;
  graph: DependencyGraph;
  signalOf: ReadonlyMap<string, DerivedSignal>;
  shiftOf: ReadonlyMap<string, Shift>;
  /** Services and machines that suffer from what it takes of them. */
  dragging: readonly { name: string; isHost: boolean }[];
};

/** Why a service is suspected or excused, in plain words, strongest first. */
export function reasonsFor(sources: ReasonSources): string[] {
  const { node, blame } = sources;
  const reasons: string[] = [];
  const own = node.assessment?.harms[0];
  if (own !== undefined)
    reasons.push(words(sources, own.signalId) ?? `its ${own.kind} level is bad throughout`);
  if (node.cause !== null) reasons.push(signWords(sources, node.cause));
  if (node.surge !== null) reasons.push(surgeWords(sources, node.surge));
  for (const [peer, { factor, onset }] of node.pushes) {
    if (factor < 2 || node.surge !== null) continue;
    const times = factor >= 10 ? Math.round(factor) : factor.toFixed(1);
    reasons.push(
      `it calls ${peer} ${times} times as often since ${formatTime(onset)}, while its own traffic did not rise`,
    );
  }
  for (const { name, isHost } of sources.dragging) {
    reasons.push(
      isHost
        ? `it began to take by far the most of the machine ${name}, which ran short`
        : `${name} suffers from how often it calls it`,
    );
  }
  const view = strongestView(node.views);
  if (view?.harm != null) {
    const shift = sources.shiftOf.get(view.harm.signalId);
    const since = shift === undefined ? '' : ` since ${formatTime(shift.onset)}`;
    reasons.push(`${view.caller} sees its calls to it fail or hang${since}`);
  }
  reasons.push(...orderWords(sources));
  if (blame.by !== null && blame.explained >= 0.5) {
    reasons.push(`its trouble is explained by ${blame.by}`);
  }
  return reasons;
}

function words({ signalOf, shiftOf }: ReasonSources, signalId: string | null): string | null {
  const signal = signalId === null ? undefined : signalOf.get(signalId);
  const shift = signalId === null ? undefined : shiftOf.get(signalId);
  return signal === undefined || shift === undefined ? null : describeShift(signal, shift);
}

function signWords(sources: ReasonSources, sign: CauseSign): string {
  if (sign.change !== null) return sign.change.text;
  const { surge } = sources.node;
  const normal =
    surge === null && sources.node.byKind.size > 0 ? ', while traffic stayed normal' : '';
  return `${words(sources, sign.signalId) ?? sign.kind}${normal}`;
}

function surgeWords(sources: ReasonSources, sign: CauseSign): string {
  const text = words(sources, sign.signalId) ?? 'traffic rose';
  const { onset } = sources.node.assessment ?? { onset: null };
  if (onset === null) return text;
  const lead = onset - sign.onset;
  if (lead < 0) return `${text}, after its trouble began: likely retries`;
  return lead === 0
    ? `${text}, together with its trouble`
    : `${text}, ${formatDuration(lead)} before its trouble`;
}

/** Who that calls it broke together with it or later. */
function orderWords({ node, nodes, graph }: ReasonSources): string[] {
  if (node.onset === null) return [];
  const later: string[] = [];
  for (const name of graph.dependents(node.service)) {
    const caller = nodes.get(name);
    if (caller === undefined || caller.harm < 0.12 || caller.onset === null) continue;
    if (caller.onset >= node.onset - toleranceOf(node, caller)) later.push(name);
  }
  if (later.length === 0) return [];
  const shown = later.slice(0, 4).join(', ');
  return [`it broke no later than ${shown}, which call${later.length === 1 ? 's' : ''} it`];
}
