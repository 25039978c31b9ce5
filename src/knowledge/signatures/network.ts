import type { Signature } from '#src/knowledge/contract.ts';

/** Packets that do not arrive, or arrive late. */
export const NETWORK: readonly Signature[] = [
  {
    id: 'network-partition',
    title: 'network path broken or lossy',
    category: 'infrastructure',
    remediation: 'failover',
    culprit: 'outside',
    phrases: [
      {
        pattern:
          /(?:ehostunreach|enetunreach|no route to host|network is unreachable|network unreachable|host is unreachable|packet loss|partition(?:ed)? from|link (?:is )?down|carrier lost)/,
        weight: 1,
      },
      {
        pattern:
          /(?:retransmi(?:t|ssion)|connection reset by peer|econnreset|broken pipe|epipe|connection timed out|etimedout|i\/o timeout|dial tcp .{0,80}timeout|connect timeout|connecttimeoutexception)/,
        weight: 0.2,
      },
    ],
    signals: [
      {
        name: /retrans|packet.{0,20}(?:loss|drop)|(?:rx|tx|receive|transmit).{0,12}(?:drop|err)|icmp|ping|rtt/,
        direction: 'up',
        weight: 0.9,
      },
      { facets: ['network'], weight: 0.2 },
    ],
    events: [
      {
        pattern:
          /\b(?:packet loss|network|connectivity|peering|vpc|nat|(?:core|top.of.rack|tor) switch|switch (?:reboot|fail|firmware|upgrade)|routers?|routing|firewall|fibre|fiber|backbone|availability zone|az)\b/,
        weight: 0.6,
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Measure loss and round trips between the two sides (mtr, retransmits by interface).',
      'Ask whether one zone, rack or NAT is common to those that suffer.',
    ],
    reference:
      'Bailis & Kingsbury, "The network is reliable", ACM Queue 2014; Alquraan et al., OSDI 2018 (network partitions).',
  },
  {
    id: 'ports-exhausted',
    title: 'ephemeral ports or connection tracking exhausted',
    category: 'infrastructure',
    remediation: 'scale',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:eaddrnotavail|cannot assign requested address|nf_conntrack: table full|conntrack.{0,30}full|port exhaustion|snat)/,
        weight: 1,
      },
    ],
    signals: [{ name: /conntrack|time_?wait|ephemeral|snat/, direction: 'up', weight: 0.8 }],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Count sockets by state and by peer on the host.',
      'Look whether connections are reused (keep-alive).',
    ],
    reference:
      'Cloudflare "How to stop running out of ephemeral ports" 2022; Azure SNAT exhaustion guidance.',
  },
];
