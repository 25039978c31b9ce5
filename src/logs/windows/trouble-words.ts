/** Stems of words with which programs speak of trouble, whatever level they log it at. */
const TROUBLE =
  /\b(?:error|errno|fail(?:ed|ure|ing|s)?|fatal|panic|exception|traceback|crash(?:ed|ing)?|abort(?:ed|ing)?|killed|oom|out of memory|time(?:d)?[ -]?out|timeout|refused|reset by peer|broken pipe|unreachable|unavailable|denied|forbidden|unauthori[sz]ed|reject(?:ed|ing)?|invalid|corrupt(?:ed|ion)?|cannot|can't|could not|couldn't|unable|lost|disconnect(?:ed)?|deadlock(?:ed)?|exhaust(?:ed|ion)?|exceed(?:ed|s)?|no space|too many|overflow|overload(?:ed)?|throttl(?:ed|ing)|expired|mismatch|conflict|violat(?:es|ed|ion)|missing|not found|no such|unexpected|unhandled|uncaught|stall(?:ed)?|degraded|unhealthy|evict(?:ed|ing)?|leak(?:ed|ing)?|restart(?:ed|ing)?|rollback|retry(?:ing)?|retries|circuit|segfault|sig(?:kill|segv|abrt|term)|5\d\d)\b/i;

/** Whether a template's text speaks of trouble. Linear: the text is cut at 500 characters. */
export function speaksOfTrouble(text: string): boolean {
  return TROUBLE.test(text.length > 500 ? text.slice(0, 500) : text);
}
