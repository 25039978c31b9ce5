import type { Category, Condition, Remediation, Verdict } from '#src/domain/result.ts';

/** The words of the result's short codes, for people. */
export const CONDITION_WORDS: Readonly<Record<Condition, string>> = {
  failing: 'failing',
  degraded: 'degraded',
  healthy: 'healthy',
  unknown: 'could not be judged',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  confirmed: 'Confirmed cause',
  likely: 'Likely cause',
  inconclusive: 'No cause is proven; the strongest lead',
};

export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  code: 'code',
  configuration: 'configuration',
  dependency: 'a dependency',
  infrastructure: 'infrastructure',
  traffic: 'traffic',
  data: 'data',
  external: 'something outside',
  none: 'nothing is wrong',
  unknown: 'not known',
};

export const REMEDIATION_WORDS: Readonly<Record<Remediation, string>> = {
  rollback: 'Roll back',
  'roll-forward': 'Roll forward with a fix',
  'config-revert': 'Revert the configuration',
  'feature-flag-disable': 'Switch the feature flag off',
  scale: 'Scale',
  failover: 'Fail over',
  'rotate-certificate': 'Rotate the certificate',
  'fix-data': 'Repair the data',
  'wait-upstream': 'Wait for the upstream and soften its absence',
  restart: 'Restart',
  none: 'Nothing is to be undone',
};
