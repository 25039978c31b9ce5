import type { Rule } from '#src/changes/classify/rule.ts';

/**
 * Handling of errors: taken away, narrowed, swallowed, raised anew. Yuan et al., "Simple testing
 * can prevent most critical failures" (OSDI 2014), found these behind nearly all catastrophes.
 */
export const ERROR_RULES: readonly Rule[] = [
  {
    when: 'lost',
    pattern:
      /(?:^|[\s}])(?:catch|except|rescue|on_error|recover\(\))(?=[\s({:]|$)|\.(?:catch|catchError|onErrorResume|onErrorReturn|onErrorResumeNext|exceptionally|recover|recoverWith|rescue|or_else|map_err|handleErrorWith|doOnError|catch_unwind)\s?\(/g,
    mechanism: 'handler-removed',
    weight: 0.85,
    unless: /\bcatch\b|\bexcept\b|\brescue\b|\brunCatching\b|\bTry\b|\bTry\(/,
  },
  {
    when: 'lost',
    pattern: /\bif\s?\(?\s?(?:\w{1,40}\s?:?=[^;]{1,120};\s?)?(?:err|e|error|ex)\s?!=\s?nil/g,
    mechanism: 'handler-removed',
    weight: 0.85,
    languages: ['go'],
    unless: /err\s?[!=]=\s?nil|errors\.(?:Is|As)/,
  },
  {
    when: 'lost',
    pattern: /\?(?=[;.)]|$)/g,
    mechanism: 'handler-removed',
    weight: 0.5,
    languages: ['rust'],
    unless: /\?|\bmatch\b|if let|map_err/,
  },
  {
    when: 'gained',
    pattern: /\b_\s?=\s?[\w.]{1,80}\(|,\s?_\s?:?=\s?[\w.]{1,80}\(/g,
    mechanism: 'error-swallowed',
    weight: 0.7,
    languages: ['go'],
    unless: /,\s?_\s?:?=|range/,
  },
  {
    when: 'gained',
    pattern:
      /\bcatch\s?(?:\([^()]{0,80}\))?\s?\{\s?\}|\bexcept\b[^:]{0,80}:\s?pass\b|\brescue\b\s?(?:nil|false|\[\]|"")|\.catch\(\s?\(?\w{0,20}\)?\s?=>\s?(?:\{\s?\}|null|undefined|\[\])\s?\)|\.ok\(\)|let _ =|\bsuppress\(|@\$?\w{1,40}\(|\bon error resume next\b|\bcatch\s?\(\s?\.\.\.\s?\)\s?\{\s?\}/gi,
    mechanism: 'error-swallowed',
    weight: 0.75,
    unless: /\bcatch\b[^{]{0,80}\{\s?\}|\.ok\(\)|let _ =/i,
  },
  {
    when: 'gained',
    pattern:
      /(?:^|[\s;{])(?:throw|raise|raise_error|bail!|panic!?|unreachable!|todo!|unimplemented!|fail|fatalError|die|abort!?|error!)(?=[\s(!;]|$)|\bErr\(|\bfmt\.Errorf\(|\berrors\.New\(|\bPromise\.reject\(|\breject\(|\bhalt\b|\bthrowError\b|\bMono\.error\(|\babort\(/g,
    mechanism: 'error-raised',
    weight: 0.7,
    unless: /\b(?:throw|raise|panic|bail|reject|abort|error!|Errorf|errors\.New|Err\()/,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:System\.exit|process\.exit|os\.Exit|os\._exit|sys\.exit|log\.Fatal\w{0,2}|Environment\.Exit|std::process::exit|Kernel\.exit|exit!|Runtime\.halt|System\.halt|abort)\s?\(/g,
    mechanism: 'process-exit',
    weight: 0.8,
  },
  {
    when: 'lost',
    pattern: /\bfinally\b|\bensure\b(?!\s?\()/g,
    mechanism: 'release-removed',
    weight: 0.6,
    unless: /\bfinally\b|\bensure\b|\bdefer\b|\bwith\b|\busing\b|\.use\b/,
  },
  // Protection against a failing dependency.
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])@?\w{0,30}(?:[fF]allback|[bB]reaker|[hH]ystrix|resilience4j|Polly|opossum|[bB]ulkhead|[hH]edge|[fF]ailover|loadShed|shedLoad)\w{0,30}/g,
    mechanism: 'fallback-removed',
    weight: 0.8,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:@?(?:retry|retries|Retry|Retryable)|retryWhen|retry_on|withRetry|tenacity|WaitAndRetry|retry_with|RetryTemplate|RetryPolicy|pRetry|autoretry_for)\w{0,20}\b/g,
    mechanism: 'retry-removed',
    weight: 0.75,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:@?(?:retry|retries|Retry|Retryable)|retryWhen|retry_on|withRetry|tenacity|WaitAndRetry|RetryTemplate|RetryPolicy|pRetry|autoretry_for|axiosRetry|retryable)\w{0,20}\b/g,
    mechanism: 'retry-added',
    weight: 0.7,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:wait_exponential|wait_fixed|wait_random\w{0,20}|exponential\w{0,20}|jitter|[bB]ackoff\w{0,20}|sleep)(?![\w])/g,
    mechanism: 'retry-added',
    weight: 0.65,
  },
  {
    when: 'lost',
    pattern:
      /(?<![\w@$])(?:timeout|Timeout|withTimeout|setTimeout|WithTimeout|WithDeadline|AbortSignal|AbortController|CancelAfter|read_timeout|connect_timeout|orTimeout|completeOnTimeout)\w{0,20}\b/g,
    mechanism: 'timeout-longer',
    weight: 0.75,
  },
  {
    when: 'gained',
    pattern:
      /(?<![\w@$])(?:withTimeout|WithTimeout|WithDeadline|AbortSignal\.timeout|CancelAfter|orTimeout|timeout|readTimeout|connectTimeout|read_timeout|requestTimeout|setReadTimeout|setConnectTimeout|setSoTimeout|statement_timeout)\s?(?:\(|=|:)/gi,
    mechanism: 'timeout-shorter',
    weight: 0.6,
    withStrings: true,
  },
];
