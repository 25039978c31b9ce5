import type { Signature } from '#src/knowledge/contract.ts';

/** Names that do not resolve, certificates that do not hold. */
export const NAMES_AND_CERTIFICATES: readonly Signature[] = [
  {
    id: 'dns-failure',
    title: 'name resolution failing',
    category: 'infrastructure',
    remediation: 'failover',
    culprit: 'outside',
    phrases: [
      {
        pattern:
          /(?:enotfound|eai_again|no such host|unknownhostexception|name or service not known|temporary failure in name resolution|nodename nor servname|could not resolve host|server misbehaving|nxdomain|servfail|name resolution (?:failed|failure)|failed to lookup address|dns (?:lookup|resolution|query|error|timeout)|getaddrinfo|lookup [\w.-]{1,200} on [\d.:]{3,40}: (?:read|dial|no|server|i\/o))/,
        weight: 1,
      },
      { pattern: /lookup (?<peer>[a-z0-9][\w.-]{1,200})\b.{0,60}(?:timeout|refused)/, weight: 0.9 },
    ],
    signals: [
      {
        name: /dns.{0,30}(?:err|fail|nxdomain|servfail|latency|duration)|coredns/,
        direction: 'up',
        weight: 0.7,
      },
    ],
    events: [
      { pattern: /\b(?:dns|coredns|kube-dns|resolver|route ?53|name ?server)\b/, weight: 0.6 },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Resolve the name from a pod or host of the service, and ask the resolver directly.',
      'Look at the resolver: its load, restarts, upstream and rate limits.',
    ],
    reference:
      'Google SRE Book ch. 22 (cascading failures); Gunawi et al., SoCC 2016; Meta outage 2021-10-04 (DNS withdrawn).',
  },
  {
    id: 'certificate-invalid',
    title: 'expired or invalid TLS certificate',
    category: 'infrastructure',
    remediation: 'rotate-certificate',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:certificate (?:has expired|expired|is not yet valid|is expired)|cert_has_expired|certificate has expired or is not yet valid|x509: certificate (?!signed by unknown)|certificateexpiredexception|certificatenotyetvalid|notafter:|ssl_error_expired_cert|certificate verify failed|sslcertverificationerror|unable to verify the first certificate|alert certificate expired|expired certificate|notafter)/,
        weight: 1,
      },
      {
        pattern:
          /(?:sslhandshakeexception|pkix path|tls handshake (?:error|fail)|tls: (?:failed|bad|handshake)|handshake failure|certificate signed by unknown authority|unknown ca|self.signed certificate|hostname mismatch|certificate is not valid for)/,
        weight: 0.75,
      },
    ],
    signals: [
      { facets: ['expiry'], direction: 'down', weight: 0.9 },
      { name: /cert.{0,30}(?:expir|not_after|days|valid)/, weight: 0.8 },
    ],
    events: [{ pattern: /certificat|\btls\b.{0,40}(?:expir|renew|rotat)/, weight: 0.8 }],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Show the certificate chain that the server presents and its notAfter date.',
      'Look at the renewal job and whether the server reloaded after it.',
    ],
    reference:
      'danluu/post-mortems: certificate expiry (Microsoft Teams 2020, Ericsson/O2 2018, Let’s Encrypt root 2021).',
  },
];
