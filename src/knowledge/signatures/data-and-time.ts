import type { Signature } from '#src/knowledge/contract.ts';

/** Bad records, wrong clocks, expired or changed credentials, people. */
export const DATA_AND_TIME: readonly Signature[] = [
  {
    id: 'bad-data',
    title: 'a bad record or message that cannot be processed',
    category: 'data',
    remediation: 'fix-data',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:(?:not|never|cannot be|could not be|can't be) (?:decoded|parsed|read|deserialized|unmarshalled|converted)\b|invalid digit|not a (?:valid )?number|unknown (?:enum|variant|currency|unit)|missing (?:required )?(?:field|column|key|value)|empty (?:field|value|column)|poison|dead.?letter|malformed|unparse?able|cannot (?:parse|deserialize|decode|unmarshal)|could not (?:parse|deserialize|decode)|failed to (?:parse|deserialize|decode|unmarshal)|invalid (?:json|xml|utf-8|date|value|byte sequence|payload|record|row)|unexpected (?:token|end of|character|eof)|jsondecodeerror|jsonparseexception|numberformatexception|unicodedecodeerror|serializationexception|schema (?:mismatch|validation|violation)|data ?corruption|checksum (?:mismatch|error|failed)|crc mismatch|violates (?:check|foreign key|not-null|unique)|integrityerror|duplicate (?:key|entry)|data too long|value too long|numeric (?:value|field) (?:out of range|overflow))/,
        weight: 0.7,
      },
      {
        // What code meets when a value is not what it always was.
        pattern:
          /(?:division ?by ?zero|zerodivision|divide by zero|nonetype|null (?:value|pointer)|nan\b|out of range|overflow)/,
        weight: 0.35,
      },
      {
        pattern:
          /(?:redeliver|retrying message|attempt \d{1,5} of|requeue|skipping (?:record|row|message|line)|rejected (?:record|row|message|file)|quarantin)/,
        weight: 0.4,
      },
    ],
    signals: [
      {
        name: /dead_?letter|dlq|poison|reject|invalid|malformed|parse_?err|redeliver/,
        direction: 'up',
        weight: 0.7,
      },
    ],
    events: [
      {
        pattern:
          /\b(?:(?:re)?import(?:s|ed|ing)?|upload(?:s|ed)?|(?:data|partner) feeds?|feed (?:delivered|received|file)|data ?(?:load|migration|fix|correction|import|delivery)|backfill(?:ed)?|(?:partner|batch|data) (?:file|list|table|update)|bulk (?:edit|change|update|load)|master data|reference data)\b/,
        weight: 0.7,
      },
    ],
    comesWithData: true,
    isSymptom: false,
    isEnvironmental: false,
    nextChecks: [
      'Find the record that fails again and again (same key, offset or file) and set it aside.',
      'Ask where it came from, and what else that source sent.',
    ],
    reference:
      'Google SRE Book ch. 26 (data integrity); CrowdStrike 2024-07-19 (content file); danluu/post-mortems (bad data).',
  },
  {
    id: 'clock-skew',
    title: 'wrong clock or expired token',
    category: 'infrastructure',
    remediation: 'restart',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:clock (?:skew|drift|step)|time (?:skew|drift)|requesttimetooskewed|token used before issued|issued in the future|not yet valid|\bnbf\b|\biat\b|ntp|chrony|system clock|timestamp.{0,40}(?:future|too old|outside|out of (?:range|bounds))|signature (?:expired|not yet current)|krb_ap_err_skew|kdc.{0,20}skew|clock.{0,30}(?:behind|ahead))/,
        weight: 0.95,
      },
    ],
    signals: [{ name: /clock|timex|ntp|chrony|time.{0,10}(?:offset|skew|drift)/, weight: 1 }],
    events: [{ pattern: /\bntp\b|clock|chrony|leap|time ?(?:sync|drift)/, weight: 0.9 }],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: ['Compare the clocks of the hosts with a reference (chronyc tracking).'],
    reference: 'Cloudflare leap second 2017-01-01; Gunawi et al., SoCC 2016 (time).',
  },
  {
    id: 'credentials-rejected',
    title: 'credentials rejected: rotated, expired or revoked',
    category: 'configuration',
    remediation: 'restart',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:password authentication failed|authentication failed|access denied for user|login failed|invalid (?:api.?key|credentials|password|client.?secret|client|token|access.?key)|invalidaccesskeyid|signaturedoesnotmatch|expiredtoken|token (?:has )?expired|expired token|credentials? (?:have |has )?(?:expired|been revoked|rejected|invalid)|no(?:auth|perm)|wrongpass|sasl.{0,30}(?:fail|error)|unable to authenticate|auth(?:entication)? (?:error|failure)|bad credentials|invalid_grant|invalid_client|unauthorizedexception|permission denied for (?:table|relation|schema|database)|accessdenied(?:exception)?|not authorized to perform|vault.{0,40}(?:denied|expired|lease))/,
        weight: 0.9,
      },
      { pattern: /(?:\b401\b|unauthorized|\b403\b|forbidden)/, weight: 0.45 },
    ],
    signals: [
      {
        name: /\b40[13]\b|unauthor|forbidden|auth.{0,20}(?:fail|err|reject)/,
        direction: 'up',
        weight: 0.4,
      },
    ],
    events: [
      {
        pattern:
          /\b(?:rotat(?:e|ed|es|ing|ion)|credentials?|secrets?|passwords?|tokens?|keys? (?:was |were )?(?:revoked|expired|rotated|deleted)|iam|vault|permissions?|(?:iam|access|bucket|role|session) polic(?:y|ies)|service accounts?)\b/,
        weight: 0.9,
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Compare the secret’s version that the service holds with the one the other side accepts.',
      'See when the secret was rotated or expired, and restart what still holds the old one.',
    ],
    reference: 'Google Cloud incidents on identity; danluu/post-mortems (expired tokens and keys).',
  },
  {
    id: 'scheduled-job',
    title: 'a batch or scheduled job competes for the same resource',
    category: 'infrastructure',
    remediation: 'none',
    culprit: 'outside',
    phrases: [
      {
        pattern:
          /(?:cron|scheduled (?:job|task)|nightly|batch (?:job|run)|backup (?:started|running|begin)|vacuum|reindex|compaction (?:started|running)|analy[sz]e table|full (?:table )?scan|etl|report(?:ing)? job|export (?:started|job)|job .{0,60}started|pg_dump|mysqldump|snapshot (?:started|creat)|rebalanc)/,
        weight: 0.55,
      },
    ],
    signals: [
      {
        name: /cron|backup|vacuum|compaction|(?:batch|job)s?_(?:running|active|started|in_progress)/,
        direction: 'up',
        weight: 0.6,
      },
    ],
    events: [
      {
        pattern:
          /\b(?:cron(?:job|tab)?s?|back.?ups?|batch(?:es)?|nightly|(?:scheduled|started|created|new) jobs?|job (?:started|created|scheduled)|vacuum|reindex(?:ing)?|etl|(?:reporting|report) (?:job|run)|month.?end|(?:data )?exports?|compaction|snapshots?)\b/,
        weight: 0.85,
      },
    ],
    isSymptom: false,
    isEnvironmental: false,
    nextChecks: [
      'See what runs at this time every day, and what it reads or locks.',
      'Move it, slow it down, or give it a replica.',
    ],
    reference:
      'Google SRE Book ch. 24 (distributed periodic scheduling); danluu/post-mortems (cron and backup load).',
  },
  {
    id: 'operator-action',
    title: 'a manual or automatic operation outside of the release path',
    category: 'configuration',
    remediation: 'config-revert',
    culprit: 'outside',
    phrases: [],
    signals: [{ facets: ['replicas', 'limit'], weight: 0.6 }],
    events: [
      {
        pattern:
          /\b(?:manual(?:ly)?|by hand|operator (?:action|error)|admin(?:istrator)? (?:changed|removed|deleted|set|ran)|kubectl|scaled? (?:down|to|in)|terraform|ansible|changed by|edited|deleted|removed|dropped|truncated?|resized?|firewall rules?|security groups?|acls?|route tables?|failover drill|restored|migrat(?:ed|ion)|upgraded?|patched|reconfigured|set to|console)\b/,
        weight: 0.7,
      },
    ],
    isSymptom: false,
    isEnvironmental: false,
    nextChecks: ['Ask who did it and undo it; look at the audit log around the onset.'],
    reference:
      'Google SRE Book ch. 15; Oppenheimer et al., USITS 2003 (operator error); AWS S3 2017-02-28; GitLab 2017-01-31.',
  },
];
