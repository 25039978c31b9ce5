import type { Signature } from '#src/knowledge/contract.ts';

/** The machine, the node or the container that the service runs on. */
export const HOSTS: readonly Signature[] = [
  {
    id: 'disk-full',
    title: 'disk full',
    category: 'infrastructure',
    remediation: 'scale',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:enospc|no space left on device|disk (?:is )?full|disk quota exceeded|edquot|not enough (?:free )?(?:disk )?space|could not extend (?:file|relation)|filesystem (?:is )?full|insufficient (?:disk )?(?:space|storage)|flood.?stage disk watermark|disk watermark|out of (?:disk|inodes)|no inodes)/,
        weight: 1,
      },
      {
        pattern: /(?:read-only file system|erofs|remounting (?:filesystem )?read-only)/,
        weight: 0.7,
      },
    ],
    signals: [{ facets: ['disk'], weight: 0.9 }],
    events: [
      {
        pattern: /diskpressure|disk pressure|evict.{0,60}ephemeral-storage|filesystem/,
        weight: 0.8,
      },
    ],
    predicts: [{ text: 'free disk space falls before the errors', signal: { facets: ['disk'] } }],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Find what filled the disk (largest and newest files, logs, temporary files, WAL).',
      'Free space or grow the volume, then add an alert on the rate of filling.',
    ],
    reference:
      'Google SRE Workbook ch. 5; Gunawi et al., SoCC 2016 (storage exhaustion); danluu/post-mortems (disk full).',
  },
  {
    id: 'out-of-memory',
    title: 'out of memory',
    category: 'infrastructure',
    remediation: 'scale',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:oomkilled|oom-kill|oom killer|out of memory: kill|killed process \d|memory cgroup out of memory|exit code 137|signal: killed|exceeded memory limit|memory limit exceeded)/,
        weight: 1,
      },
      {
        pattern:
          /(?:outofmemoryerror|heap out of memory|cannot allocate memory|enomem|memoryerror|std::bad_alloc|gc overhead limit|allocation failure|runtime: out of memory|worker .{0,40}sent sigkill! perhaps out of memory)/,
        weight: 0.9,
      },
    ],
    signals: [
      { facets: ['memory'], direction: 'up', weight: 0.35 },
      { name: /oom/, direction: 'up', weight: 1 },
      { facets: ['gc'], direction: 'up', weight: 0.4 },
    ],
    events: [{ pattern: /\b(?:oom.?kill|oom\b|memory ?pressure|evicted.{0,80}memory)/, weight: 1 }],
    predicts: [
      { text: 'memory rises before the restarts', signal: { facets: ['memory'], direction: 'up' } },
      { text: 'the process restarts', signal: { facets: ['restart', 'presence', 'up'] } },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Compare the memory of the process with its limit before each restart.',
      'Ask whether load, data size or code made it grow; take a heap profile.',
    ],
    reference:
      'Google SRE Book ch. 22; Kubernetes docs "Assign memory resources"; Gunawi et al., SoCC 2016.',
  },
  {
    id: 'cpu-starved',
    title: 'CPU starved: throttled, stolen or taken by a neighbour',
    category: 'infrastructure',
    remediation: 'scale',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:cpu throttl|throttled|steal time|soft lockup|hung_task|blocked for more than \d{1,6} seconds|event loop (?:is )?(?:blocked|delay)|clock.?drift.{0,30}pause|jvm pause|detected pause in jvm)/,
        weight: 0.7,
      },
    ],
    signals: [
      { facets: ['throttling'], direction: 'up', weight: 0.9 },
      {
        name: /steal|throttl|cpu_pressure|pressure_cpu|psi|load_?(?:avg|average|1|5)?$|runq|iowait/,
        direction: 'up',
        weight: 0.9,
      },
      { facets: ['cpu'], direction: 'up', weight: 0.3 },
    ],
    events: [
      {
        pattern:
          /\b(?:throttl|cpu (?:steal|pressure|quota|credit)|steal time|noisy neighbou?r|cpu)\b/,
        weight: 0.5,
      },
    ],
    takenByNeighbour: true,
    isSymptom: false,
    isEnvironmental: false,
    nextChecks: [
      'Compare CPU use with the limit and the node’s other tenants; look at steal and throttled periods.',
    ],
    reference:
      'Google SRE Book ch. 22; Dean & Barroso, "The tail at scale", CACM 2013; Indeed "CPU throttling" 2019.',
  },
  {
    id: 'node-lost',
    title: 'node, zone or host lost',
    category: 'infrastructure',
    remediation: 'failover',
    culprit: 'outside',
    phrases: [
      {
        pattern:
          /(?:node.{0,30}not ?ready|nodenotready|kubelet stopped posting|host.{0,20}(?:failed|down|rebooted)|instance.{0,20}(?:terminated|retired|impaired)|kernel panic|machine check|hardware error|i\/o error.{0,30}dev|ata\d.{0,30}failed|spot interruption|preempt(?:ed|ion)|availability zone.{0,40}(?:down|impaired|outage|unavailable))/,
        weight: 1,
      },
    ],
    signals: [
      { name: /node.{0,20}(?:ready|condition|up)|kube_node_status/, weight: 0.8 },
      { facets: ['presence', 'up', 'replicas'], direction: 'down', weight: 0.15 },
    ],
    events: [
      {
        pattern:
          /\b(?:(?:node)?not.?ready|node.{0,40}\b(?:lost|down|drain|terminat|reboot|fail|unreachable|impair)|preempt|spot (?:instance|interruption|reclaim)|evict|(?:availability )?zone.{0,40}\b(?:lost|down|outage|impair|unavailable|degraded|fail)|host (?:maintenance|failure|error)|hypervisor|power (?:loss|outage|failure|supply)|hardware|taint)/,
        weight: 0.9,
      },
    ],
    predicts: [
      {
        text: 'instances disappear together',
        signal: { facets: ['presence', 'up', 'replicas'], direction: 'down' },
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'See which instances share the node or zone, and drain it.',
      'Ask the provider’s status page for the zone.',
    ],
    reference: 'Gunawi et al., SoCC 2016 (hardware, power); AWS post-event summaries (us-east-1).',
  },
  {
    id: 'file-descriptors-exhausted',
    title: 'file descriptors exhausted',
    category: 'infrastructure',
    remediation: 'restart',
    culprit: 'self',
    phrases: [
      {
        pattern: /(?:emfile|enfile|too many open files|file descriptor limit|accept4?: too many)/,
        weight: 1,
      },
    ],
    signals: [{ facets: ['file-descriptors'], direction: 'up', weight: 0.4 }],
    predicts: [
      {
        text: 'open descriptors rise to the limit',
        signal: { facets: ['file-descriptors'], direction: 'up' },
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'List what the descriptors are (lsof): sockets, files, pipes, and who opened them.',
      'Compare with the limit (ulimit -n).',
    ],
    reference: 'Google SRE Book ch. 22 (resource exhaustion: file descriptors).',
  },
];
