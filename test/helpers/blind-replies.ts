import type { AgentName } from '#src/analysis/agents/contract.ts';

/**
 * Replies to the demo's fixtures, written from the prompts alone: what a careful model would say of
 * each. Evidence is meant by words of its line in the prompt, as a reader finds it.
 */
export type BlindStatement = { text: string; about: string[] };

export type BlindReply = {
  summary: BlindStatement[];
  /** Words of the explanation that is held, or `none`. */
  holds: string;
  explanation: BlindStatement[];
  nextSteps: BlindStatement[];
};

const say = (text: string, ...about: string[]): BlindStatement => ({ text, about });

export const BLIND_REPLIES: Readonly<Record<string, BlindReply>> = {
  'demo-service-crash': {
    summary: [
      say('weather-app1 does not answer: up fell from 100 % to 0 %.', 'up (up) fell from 100 %'),
      say('The health check gets no answer: connection refused.', 'connection refused'),
    ],
    holds: 'broke by itself: up',
    explanation: [
      say('The process threw an error: worker state is corrupt.', 'worker state is corrupt'),
      say('After it weather-app1 refuses connections.', 'connection refused'),
    ],
    nextSteps: [
      say('See whether weather-app1 was started again after the error.', 'worker state is corrupt'),
    ],
  },
  'demo-mongo-gone': {
    summary: [
      say(
        'mongo-api-service answers 74.7 % of its requests with an error.',
        'error ratio (http_requests) went from 0 % to 74.7 %',
      ),
      say('It cannot reach mongodb.', 'dependency up to mongodb'),
    ],
    holds: 'mongodb broke by itself',
    explanation: [
      say('Connections to the database end with ECONNREFUSED.', 'ECONNREFUSED'),
      say('The dependency check of mongodb fell from 1 to 0.', 'fell from 1 to 0'),
      say('The readiness check says that mongodb is down.', '/health/ready'),
    ],
    nextSteps: [say('See whether mongodb runs, and why it ended.', 'dependency up to mongodb')],
  },
  'demo-code-bug': {
    summary: [
      say(
        '27.2 % of the requests of weather-app1 fail.',
        'error ratio (http_requests) went from 0 % to 27.2 %',
      ),
    ],
    holds: 'Read hourly values',
    explanation: [
      say(
        'The commit reads an hourly value without looking whether it is there.',
        'Read hourly values',
      ),
      say('describeHumidity calls toFixed of undefined in src/forecast.ts.', 'describeHumidity'),
      say('It happened 30 times.', 'describeHumidity'),
    ],
    nextSteps: [
      say('Put the check for a missing humidity back into describeHumidity.', 'Read hourly values'),
    ],
  },
  'demo-code-bug-no-logs': {
    summary: [
      say(
        '27.5 % of the requests fail, and the p99 latency is 409 ms.',
        'error ratio (http_requests) went from 0 % to 27.5 %',
        'p99 latency',
      ),
    ],
    holds: 'Read hourly values',
    explanation: [
      say('The commit takes the check for an unknown humidity away.', 'Read hourly values'),
      say('The errors are on the route of the weather.', 'error ratio of one route'),
    ],
    nextSteps: [
      say(
        'Look at the logs, which were not seen, for errors of the route.',
        'error ratio of one route',
      ),
    ],
  },
  'demo-code-bug-no-prometheus': {
    summary: [
      say('weather-app1 throws a TypeError in describeHumidity, 56 times.', 'describeHumidity'),
    ],
    holds: 'Read hourly values',
    explanation: [
      say('toFixed is called on a value that is undefined.', 'describeHumidity'),
      say('The commit put this call into src/forecast.ts.', 'Read hourly values'),
    ],
    nextSteps: [say('Look at which places have no hourly value.', 'describeHumidity')],
  },
  'demo-flapped-alert': {
    summary: [say('The alert is resolved since 21:05:22.', 'Service5xxErrors resolved')],
    holds: 'none',
    explanation: [say('The provider answered HTTP 500 a few times, 6 in all.', 'ProviderError')],
    nextSteps: [
      say(
        'See whether the alert fires too early: it was over at 21:05.',
        'Service5xxErrors resolved',
      ),
    ],
  },
  'demo-innocent-deploy': {
    summary: [say('weather-app1 answers its health check with HTTP 200.', 'HTTP 200')],
    holds: 'none',
    explanation: [say('The error ratio stays at 0 %.', 'error ratio (http_requests) is steady')],
    nextSteps: [],
  },
  'demo-provider-500': {
    summary: [
      say(
        '88.4 % of the requests of weather-app1 fail since 20:53.',
        'error ratio (http_requests) went from 0 % to 88.4 %',
      ),
    ],
    holds: 'An upstream answers with errors',
    explanation: [
      say('The weather provider answered HTTP 500, 121 times.', 'ProviderError'),
      say('fetchForecast passes the error of the provider on.', 'ProviderError'),
    ],
    nextSteps: [say('Ask the provider since when it answers HTTP 500.', 'ProviderError')],
  },
  'demo-provider-500-after-deploy': {
    summary: [
      say(
        '87.5 % of the requests fail since 21:01.',
        'error ratio (http_requests) went from 0 % to 87.5 %',
      ),
    ],
    holds: 'An upstream answers with errors',
    explanation: [say('The weather provider answered HTTP 500, 116 times.', 'ProviderError')],
    nextSteps: [
      say('Call the provider by hand and see whether it answers HTTP 500.', 'ProviderError'),
    ],
  },
  'demo-provider-timeout': {
    summary: [
      say(
        'The mean latency rose from 7.99 ms to 1.29 s.',
        'mean latency (http_request_duration_seconds) went',
      ),
    ],
    holds: 'A third party answers late',
    explanation: [
      say('Calls were aborted due to timeout 116 times.', 'TimeoutError'),
      say('88.9 % of the requests fail.', 'error ratio (http_requests) went from 0 % to 88.9 %'),
    ],
    nextSteps: [
      say(
        'See how long the provider takes, and whether the limit of the call fits.',
        'TimeoutError',
      ),
    ],
  },
  'demo-slow-handler': {
    summary: [
      say(
        'The mean latency rose from 5.91 ms to 1.55 s at 20:54.',
        'mean latency (http_request_duration_seconds) went',
      ),
    ],
    holds: 'broke by itself: mean latency',
    explanation: [
      say('The p99 latency rose to 2.48 s.', 'p99 latency'),
      say('No request fails: the error ratio is 0 %.', 'error ratio (http_requests) is steady'),
    ],
    nextSteps: [say('See where a request spends its 1.8 s.', 'mean latency of one route')],
  },
};

/** How a model may be wrong, or right, about the same prompt. */
export const KINDS = [
  'careful',
  'terse',
  'wrong number',
  'confident invention',
  'wrong commit',
  'latest deploy',
  'wrong line',
  'nothing is wrong',
] as const;
export type Kind = (typeof KINDS)[number];
export const WRONG_KINDS: ReadonlySet<Kind> = new Set(KINDS.slice(2));

type Lines = { id: string; text: string }[];

/** What a model reads off a prompt: lines of evidence and explanations with their ids. */
function linesOf(prompt: string, pattern: RegExp): Lines {
  return prompt.split('\n').flatMap((line) => {
    const match = pattern.exec(line);
    return match ? [{ id: match[1] ?? '', text: match[2] ?? '' }] : [];
  });
}

/** The answer of a model of some kind to a prompt, from the prompt alone. */
export function blindAnswer(
  kind: Kind,
  reply: BlindReply,
  agent: AgentName,
  prompt: string,
): unknown {
  const evidence = linesOf(prompt, /^([A-Z]\d{1,3}) (.*)$/);
  const explanations = linesOf(prompt, /^(X\d{1,2}) \(.*?\): (.*)$/);
  const idOf = (words: string): string =>
    evidence.find(({ text }) => text.includes(words))?.id ?? '';
  const holds = explanations.find(({ text }) => text.includes(reply.holds))?.id ?? 'none';
  const said = (list: BlindStatement[]) =>
    list.map(({ text, about }) => ({ text, cites: about.map(idOf) }));
  if (kind === 'careful' || kind === 'terse') {
    const most = kind === 'terse' ? 1 : 9;
    if (agent === 'triage') return { summary: said(reply.summary).slice(0, most), checks: [] };
    if (agent === 'investigation') return { pointers: [], missing: [] };
    const nextSteps = kind === 'terse' ? [] : said(reply.nextSteps);
    return { hypothesis: holds, explanation: said(reply.explanation).slice(0, most), nextSteps };
  }
  return wrongAnswer(kind, reply, agent, { evidence, explanations, idOf, holds });
}

type Read = {
  evidence: Lines;
  explanations: Lines;
  idOf: (words: string) => string;
  holds: string;
};

function wrongAnswer(kind: Kind, reply: BlindReply, agent: AgentName, read: Read): unknown {
  const { evidence, explanations, idOf, holds } = read;
  const firstOf = (letter: string): string =>
    evidence.find(({ id }) => id.startsWith(letter))?.id ?? 'M1';
  if (kind === 'wrong number') {
    // The right story with numbers that are not: each is doubled and a bit.
    const wrong = (list: BlindStatement[]) =>
      list.flatMap(({ text, about }) => {
        const other = text.replace(/(?<![\w.:-])\d+(?:\.\d+)?(?![\w:]|\.\d)/g, (number) =>
          String(Number(number) * 2 + 1.5),
        );
        return other === text ? [] : [{ text: other, cites: about.map(idOf) }];
      });
    if (agent === 'triage') return { summary: wrong(reply.summary), checks: [] };
    if (agent === 'investigation') return {};
    return {
      hypothesis: holds,
      explanation: wrong(reply.explanation),
      nextSteps: wrong(reply.nextSteps),
    };
  }
  if (kind === 'confident invention') {
    const invented = [
      { text: 'ConnectionPool.acquire ran out of its 128 connections.', cites: [firstOf('M')] },
      { text: 'The certificate of api-gateway-7 ran out.', cites: [firstOf('A')] },
      { text: 'The log says "deadlock detected in orders".', cites: [firstOf('K')] },
    ];
    if (agent === 'triage') return { summary: invented, checks: invented };
    if (agent === 'investigation') {
      return {
        pointers: [],
        missing: invented.map((one) => ({
          ...one,
          category: 'infrastructure',
          test: 'Look at orders_pool_size.',
        })),
      };
    }
    return { hypothesis: holds, explanation: invented, nextSteps: invented };
  }
  if (kind === 'nothing is wrong') {
    const calm = [{ text: 'All of it is noise, 0.001 % at most.', cites: [firstOf('M')] }];
    if (agent !== 'root-cause') return agent === 'triage' ? { summary: calm, checks: [] } : {};
    return { hypothesis: 'none', explanation: calm, nextSteps: [] };
  }
  return accusation(kind, agent, read, explanations, firstOf);
}

/** Blames a change: another commit, the latest one, or the right one with a wrong line. */
function accusation(
  kind: Kind,
  agent: AgentName,
  { evidence, holds }: Read,
  explanations: Lines,
  firstOf: (letter: string) => string,
): unknown {
  const changes = evidence.filter(({ id }) => id.startsWith('C'));
  const times = changes.map((one) => ({
    ...one,
    at: /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(one.text)?.[0] ?? '',
  }));
  const latest = times.reduce(
    (a, b) => (b.at > a.at ? b : a),
    times[0] ?? { id: 'C1', text: '', at: '' },
  );
  const rival = explanations.find(({ id, text }) => id !== holds && text.startsWith('Commit'));
  const sha =
    kind === 'wrong commit' ? /Commit ([0-9a-f]{7,})/.exec(rival?.text ?? '')?.[1] : undefined;
  const blamed =
    sha === undefined ? latest : (changes.find(({ text }) => text.includes(sha)) ?? latest);
  if (kind === 'wrong line') {
    const place = { id: firstOf('K'), file: 'src/forecast.ts', line: 613 };
    const text = 'It is thrown in line 613 of the forecast.';
    return agent === 'root-cause'
      ? { hypothesis: holds, explanation: [{ text, cites: [place] }], nextSteps: [] }
      : {};
  }
  const text = 'The latest change broke it, that is beyond doubt.';
  const wrong = [{ text, cites: [blamed.id] }];
  if (agent === 'triage') return { summary: wrong, checks: wrong };
  const hypothesis = kind === 'wrong commit' ? (rival?.id ?? 'X2') : (rival?.id ?? 'none');
  if (agent === 'investigation') {
    const pointers = ['K1', 'K2', 'L1', 'L2', 'M1', 'H1', blamed.id].flatMap((id) => [
      { hypothesis, evidence: id, effect: 'supports', why: text },
      { hypothesis: holds, evidence: id, effect: 'contradicts', why: text },
    ]);
    return { pointers, missing: [{ text, category: 'code', cites: [blamed.id], test: text }] };
  }
  return { hypothesis, explanation: wrong, nextSteps: wrong };
}
