import type { Check } from '#src/analysis/verify/contract.ts';
import { citedEvidence } from '#src/analysis/verify/words.ts';

const LINK =
  /[a-z][a-z0-9+.-]{1,20}:\/\/|\bwww\.|\]\(|<\/?[a-z!]|&#|javascript:|data:[a-z]+\/|[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]|#[\w-]*everyone|@(?:here|channel|everyone)\b|\b[\w-]{1,63}\.(?:com|net|org|io|dev|example|evil|xyz|ru|cn|info|biz|app|top|site|online|link|click|zip)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b/i;

/** Where people are sent is never a model's choice: no links, addresses, hosts or markup. */
export const noLinks: Check = ({ text }) =>
  LINK.test(text) ? 'it holds a link, an address or markup' : null;

/** Programs that prose does not speak of with a word right behind them, unless it is to be run. */
const PROGRAM =
  /(?<![\w-])(?:sudo|doas|curl|wget|kubectl|systemctl|chmod|chown|kill(?:all)?|pkill|psql|mongosh|redis-cli|scp|iptables|powershell|pwsh|crontab|mkfs[.\w]{0,10}|netcat|terraform|npx|eval|xargs|iex|invoke-\w{1,30}|rmdir)\s+[\w"'$/.~-]/i;
/** Words that are also names of things: what follows tells. */
const COMMAND =
  /(?<![\w-])(?:bash|zsh|sh|ssh|nc|helm|docker|podman|ansible|mysql|aws|gcloud|az|git|npm|pip3?|python3?|node|perl|ruby|exec|rm|dd|base64|service)\s+(?:[-/~.$<|]|(?:delete|apply|exec|destroy|rm|rmi|push|reset|run|install|uninstall|rollback|publish|s3|iam|stop|start|restart|kill|down|prune|checkout|revert|\w{1,30}\s+(?:--?\w|[/~.$<|]))\b)|(?<![\w-])rm\s+\S{0,40}\s?\/|[|&;]\s{0,4}(?:sh|bash|sudo|curl)\b|\$\(|&&|\|\||>\s{0,4}\/|--[a-z][\w-]|\b(?:drop|truncate)\s+(?:table|database|schema)\b|\bdelete\s+from\b/i;

/** What is run is never a model's choice. */
export const noCommands: Check = ({ text }) =>
  PROGRAM.test(text) || COMMAND.test(text) ? 'it holds a command' : null;

/** Seconds by which a change may seem to come after the onset and still be before it. */
const CLOCK_ROOM_MS = 120_000;

/** A change that is cited was live before the harm began, and code has not acquitted it. */
export const changesCame: Check = (claim, { onset, changes, ...context }) => {
  for (const evidence of citedEvidence(claim, { onset, changes, ...context })) {
    if (evidence.data.type !== 'change') continue;
    const ids = idsOf(evidence.data.change);
    const judged = changes.find(({ id }) => ids.includes(id));
    if (judged?.acquitted) return `${evidence.id} is acquitted: ${judged.acquitted}`;
    const at = judged?.liveAt ?? Date.parse(evidence.data.change.timestamp);
    if (onset !== null && at > onset + CLOCK_ROOM_MS) return `${evidence.id} came after the onset`;
  }
  return null;
};

function idsOf(change: {
  type: string;
  sha?: string;
  commit?: string;
  version?: string | undefined;
  name?: string;
}): string[] {
  return [change.sha, change.commit, change.version, change.name].filter((id) => id !== undefined);
}

/** A change is only spoken of as far as code holds it for the cause. */
export const accusesNobody: Check = (claim, context) => {
  for (const { id, data } of citedEvidence(claim, context)) {
    if (data.type !== 'change') continue;
    if (context.use === 'triage') return `${id}: triage does not judge changes`;
    if (!idsOf(data.change).some((one) => context.accusable.has(one))) {
      return `${id} is not what the evidence holds for the cause`;
    }
  }
  const sha = /\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/i.exec(claim.text)?.[0].toLowerCase();
  const isNamed = sha !== undefined && ![...context.accusable].some((one) => one.startsWith(sha));
  return isNamed ? `${sha} is not what the evidence holds for the cause` : null;
};
