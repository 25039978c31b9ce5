import { type Rule, reading } from '#src/metrics/classify/facet-rule.ts';
import * as vocabulary from '#src/metrics/classify/vocabulary.ts';

/** Moments told as epoch seconds: start times, last successes, expiries. */
export const moment: Rule = ({ name, unit }) => {
  if (unit !== 'timestamp') return null;
  const { stems } = name;
  const any = (...list: string[]) => list.some((word) => stems.has(word));
  if (any('expiry', 'expire', 'expiration', 'after', 'notafter', 'valid')) {
    return reading('expiry', 'other', 'down');
  }
  if (any('start', 'started', 'boot', 'created', 'starttime')) {
    return reading('restart', 'other', 'none');
  }
  return reading('freshness', 'other', 'up');
};

/** What the monitoring measures of itself, and requests told by the status in their name. */
export const ownWords: Rule = ({ name }) => {
  if (name.words[0] === 'scrape') return reading('value', 'other', 'none');
  const isTime = name.statistic !== null || name.part === 'bucket' || name.part === 'sum';
  return name.status !== null && !isTime ? reading('request-rate', 'traffic', 'both') : null;
};

export const info: Rule = ({ name, min, max }) =>
  name.words.at(-1) === 'info' || (name.stems.has('build') && min === 1 && max === 1)
    ? reading('info', 'other', 'none')
    : null;

export const upness: Rule = ({ name, binary, hasPeer, unit }, has) => {
  const { stems } = name;
  const probe = stems.has('probe') && stems.has('success');
  const last = name.words.at(-1) ?? '';
  const speaks = probe || vocabulary.UP_WORDS.has(last) || (binary && has(vocabulary.UP_WORDS));
  if (!speaks || (unit !== 'none' && unit !== 'ratio')) return null;
  if (!binary && last !== 'up' && !probe) return null;
  const ofDependency = hasPeer || has(vocabulary.CLIENT_WORDS) || stems.has('connected');
  if (ofDependency && !probe) return reading('dependency-up', 'dependency', 'down');
  return reading('up', 'up', 'down');
};

export const replicas: Rule = ({ name, counter, distribution }, has) => {
  const { stems } = name;
  if (counter || distribution || !has(vocabulary.REPLICA_WORDS)) return null;
  if (stems.has('unavailable') || stems.has('unhealthy') || stems.has('down')) {
    return reading('replicas', 'up', 'up');
  }
  const counted = stems.has('available') || stems.has('ready') || has(vocabulary.UP_WORDS);
  if (counted && !has(vocabulary.MEMORY_WORDS) && !has(vocabulary.CPU_WORDS)) {
    return reading('replicas', 'up', 'down');
  }
  return stems.has('replica') ? reading('limit', 'other', 'none') : null;
};

export const lifecycle: Rule = ({ name, distribution }, has) => {
  if (distribution) return null;
  if (name.stems.has('uptime') && !name.stems.has('ratio')) {
    return reading('restart', 'other', 'none');
  }
  return has(vocabulary.RESTART_WORDS) ? reading('restart', 'saturation', 'up') : null;
};

export const throttling: Rule = (_, has) =>
  has(vocabulary.THROTTLE_WORDS) ? reading('throttling', 'saturation', 'up') : null;

/** Shares of requests that went well: availability, success rate. */
export const availability: Rule = ({ name, unit, counter, min, max }, has) => {
  if (counter || !has(vocabulary.AVAILABILITY_WORDS) || has(vocabulary.ERROR_WORDS)) return null;
  const { stems } = name;
  const isShare = unit === 'ratio' || has(vocabulary.SHARE_WORDS);
  const isNamed = stems.has('availability') || stems.has('sli');
  return (isShare || isNamed) && min >= 0 && max <= 100
    ? reading('error-ratio', 'errors', 'down')
    : null;
};

export const failures: Rule = ({ name, unit, counter, distribution, min, max }, has) => {
  const { stems } = name;
  const isAmount = unit === 'seconds' || unit === 'bytes';
  if (distribution && isAmount) return null;
  if (stems.has('budget')) return reading('value', 'other', 'down');
  if (stems.has('retry') || stems.has('retried')) return reading('value', 'other', 'up');
  if (has(vocabulary.CLIENT_ERROR_WORDS)) return reading('client-error-ratio', 'errors', 'up');
  if (!has(vocabulary.ERROR_WORDS)) return null;
  const isSetting = unit === 'seconds' || has(vocabulary.LIMIT_WORDS);
  if (stems.has('timeout') && !counter && isSetting) return reading('limit', 'other', 'none');
  if (has(vocabulary.NETWORK_WORDS)) return reading('network', 'saturation', 'up');
  if (isAmount) return null;
  const isShare = unit === 'ratio' || (!counter && has(vocabulary.SHARE_WORDS));
  const bounded = unit === 'ratio' || (min >= 0 && max <= 1);
  return isShare && bounded
    ? reading('error-ratio', 'errors', 'up')
    : reading('error-rate', 'errors', 'up');
};
