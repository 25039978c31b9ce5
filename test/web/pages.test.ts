import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentList, IncidentView, Viewer } from '#src/domain/incident-record.ts';
import { createPages } from '#src/web/pages.ts';
import { LIST, RESULT, replaceTexts, SUMMARY, VIEW } from './sample-view.ts';

const pages = createPages();
const GUEST: Viewer = { isSignedIn: false, name: null };
const ANN: Viewer = { isSignedIn: true, name: 'Ann' };

const HOSTILE = [
  `"><script>alert(1)</script><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  '`$[alert(1)]` --> ]]> </textarea></title></style></svg><b>',
  'javascript:alert(1)//\u202e\u0000\u001b[2J\ud800',
  `</summary></details><form action="https://evil.example">`,
];

/** Tags with the names of their attributes, in order: what a text must not be able to change. */
function structure(markup: string): string[] {
  return [
    ...markup.matchAll(/<(\/?[a-z!][a-z0-9-]*)((?:\s+[a-z][a-z0-9:-]*(?:="[^"]*")?)*)\s*\/?>/gi),
  ].map(
    ([, tag, attributes = '']) =>
      `${tag} ${[...attributes.matchAll(/([a-z][a-z0-9:-]*)(?:="[^"]*")?/gi)].map(([, name]) => name).join(' ')}`,
  );
}

const incident = (view: IncidentView, viewer = ANN) => pages.incident(view, viewer).html;
const list = (of: IncidentList, viewer = ANN) => pages.list(of, viewer).html;

describe('hostile texts', () => {
  it.each(HOSTILE)('in every field of an incident change nothing of its page: %j', (text) => {
    const harmless = incident(replaceTexts(VIEW, 'harmless'));
    const hostile = incident(replaceTexts(VIEW, text));
    expect(structure(hostile)).toEqual(structure(harmless));
    expect(structure(harmless).length).toBeGreaterThan(300);
    // Every < and > of the page belongs to a tag that was counted.
    expect(hostile.split('<').length - 1).toBe(structure(hostile).length);
    for (const character of ['\u202e', '\u0000', '\u001b']) {
      expect(hostile.includes(character)).toBe(false);
    }
  });

  it.each(HOSTILE)('in every field but times and ids, too: %j', (text) => {
    const keep = /^(?:at|id|sha|line|timestamp|start|end|startsAt|onset|onsetAt|detectedAt|url)$/;
    const harmless = incident(replaceTexts(VIEW, 'harmless', keep));
    expect(structure(incident(replaceTexts(VIEW, text, keep)))).toEqual(structure(harmless));
    // The evidence is found again, so that its bodies were drawn.
    expect(harmless).toContain('class="diff"');
  });

  it.each(HOSTILE)('in every field of a list, of who looks, and of errors: %j', (text) => {
    const viewer = { isSignedIn: true, name: text };
    const both = (words: string, who: Viewer) => [
      list(replaceTexts(LIST, words), who),
      pages.trouble(500, words, words).html,
      pages.signIn(`/incidents/${encodeURIComponent(words.toWellFormed())}`, words).html,
    ];
    const harmless = both('harmless', { isSignedIn: true, name: 'harmless' });
    expect(both(text, viewer).map(structure)).toEqual(harmless.map(structure));
  });

  it('of any kind stay texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const markup = incident(replaceTexts(VIEW, text));
        expect(markup.split('<').length - 1).toBe(structure(markup).length);
      }),
      { numRuns: 10 },
    );
  });

  it('lead nowhere but to the web and to ourselves', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,<b>',
      '//evil.example',
      '\\\\evil',
    ]) {
      const markup = incident(replaceTexts(VIEW, text)) + list(replaceTexts(LIST, text));
      for (const [, address] of markup.matchAll(/(?:href|src|action|formaction)="([^"]*)"/g)) {
        expect(address).toMatch(/^(?:\/(?!\/)|#)/);
      }
    }
  });
});

describe('every page', () => {
  const all = [
    pages.incident(VIEW, ANN),
    pages.incident(VIEW, GUEST),
    pages.list(LIST, GUEST),
    pages.signIn('/incidents', null),
    pages.trouble(404, 'there is no such incident', undefined),
  ];

  it('holds nothing inline, and is served with a policy that would not let it run', () => {
    for (const { html, contentSecurityPolicy } of all) {
      expect(html).not.toMatch(/<style|\sstyle="|\son[a-z]+="|<script(?![^>]*\ssrc="\/assets\/)/i);
      expect(contentSecurityPolicy).toMatch(/^default-src 'none';/);
      expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|data:/);
      expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
      expect(contentSecurityPolicy).toContain("form-action 'self'");
      expect(contentSecurityPolicy).toContain("base-uri 'none'");
    }
  });

  it('refers to assets that are there', () => {
    for (const { html } of all) {
      const names = [...html.matchAll(/"\/assets\/([^"]+)"/g)].map(([, name = '']) => name);
      expect(names).toHaveLength(3);
      for (const name of names) expect(pages.asset(name)).not.toBeNull();
    }
    expect(pages.asset('../secret')).toBeNull();
    expect(pages.asset('__proto__')).toBeNull();
  });

  it('is the same for the same data', () => {
    expect(createPages().incident(VIEW, ANN).html).toBe(all[0]?.html);
  });

  it('has ids that are there once, and links within it that lead somewhere', () => {
    for (const { html } of all) {
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    }
  });
});

describe('the page of an incident', () => {
  it('tells verdict, next steps, suspects, fix, and what was sent', () => {
    const text = textOf(incident(VIEW));
    for (const words of [
      'cart is failing',
      'Likely confidence 72 %',
      'a change broke cart',
      'Roll back',
      'Ann has it',
      '5m before the first alert',
      'Also alerting: shop',
      'What to do next',
      'stock broke first',
      'Acquitted',
      'bbbbbbbbbb only words changed',
      'reverts the change',
      'Refused by the guard size',
      'Given up: notify to chat',
      'channel not found',
      'Sent: notify to chat',
      'The investigation was given up after 5 failed attempts',
      'out of memory',
      'Not seen loki: refused. start it',
      'ollama mistral-nemo',
      'cart was slow',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('unfolds under each citation what was cited, marked', () => {
    const markup = incident(VIEW);
    expect(markup).toContain('<mark>no stock for 7</mark>');
    expect(markup).toMatch(/<mark><span class="number">7<\/span> {5}stock\.take\(\);/);
    expect(markup).toContain('<q>Restart it.</q>');
    expect(textOf(markup)).toContain('X9 (not kept)');
    expect(markup).toContain('<span class="removed">-old');
  });

  it('draws each signal with its onset, and under citations once only', () => {
    const markup = incident(VIEW);
    expect(markup.match(/<line [^>]*class="chart-stroke-onset"/g)).toHaveLength(3);
    // Among the signals, under the first citation, among the evidence.
    expect(markup.match(/<svg /g)).toHaveLength(3);
    expect(markup).toMatch(
      /aria-label="cart error ratio \(http_requests_total\) rose from 0 % to 40 %/,
    );
  });

  it('asks whoever is not signed in for the token, and acts by forms alone', () => {
    const guest = incident(VIEW, GUEST);
    expect(guest).toContain('name="token" type="password" required');
    expect(incident(VIEW)).not.toContain('name="token"');
    expect(incident(VIEW)).toContain('<input type="hidden" name="by" value="Ann">');
    for (const [, method] of guest.matchAll(/<form method="([^"]*)"/g)) expect(method).toBe('post');
    expect(guest).not.toMatch(/href="[^"]*\/(?:acknowledge|resolve|note|retry|mitigate)/);
  });

  it('lets who is signed in send again what was given up, and tells the others how', () => {
    expect(textOf(incident(VIEW, GUEST))).toContain('Send it again: incident retry 2');
    expect(textOf(list(LIST, GUEST))).toContain('Send it again: incident retry 9');
    expect(incident(VIEW)).toContain('<form method="post" action="/effects/2/retry">');
    expect(list(LIST, ANN)).toContain('<form method="post" action="/effects/9/retry">');
    expect(incident(VIEW, GUEST)).not.toContain('/effects/');
  });

  it('offers what is left to do', () => {
    const deeds = (view: IncidentView) =>
      [...incident(view).matchAll(/formaction="[^"]*\/([a-z]+)"/g)].map(([, deed]) => deed);
    const fresh = { ...SUMMARY, acknowledgedAt: null, acknowledgedBy: null };
    expect(deeds({ ...VIEW, summary: fresh })).toEqual([
      'acknowledge',
      'mitigate',
      'resolve',
      'retry',
    ]);
    // Enter in a field presses the first button: it must not end anything.
    expect(incident(VIEW)).toMatch(/<p class="buttons">\s*<button class="plain">Add note</);
    const over = { ...SUMMARY, status: 'resolved' as const, resolvedAt: SUMMARY.detectedAt };
    expect(deeds({ ...VIEW, summary: over })).toEqual(['retry']);
    const running = {
      state: 'running' as const,
      runs: 0,
      attempts: 0,
      dueAt: null,
      lastError: null,
    };
    expect(deeds({ ...VIEW, job: running })).toEqual(['mitigate', 'resolve']);
  });

  it('can be read before there is a result', () => {
    const job = {
      state: 'queued' as const,
      runs: 0,
      attempts: 1,
      dueAt: SUMMARY.detectedAt,
      lastError: 'late',
    };
    const text = textOf(incident({ ...VIEW, result: null, similar: [], effects: [], job }));
    expect(text).toContain('waits for its turn, due at 10:05:00 UTC');
    expect(text).toContain('The last attempt failed: late');
    expect(text).toContain('Timeline');
  });

  it('says that nothing is wrong where nothing is', () => {
    const { rootCause } = RESULT;
    const fine = rootCause && { ...rootCause, category: 'none' as const };
    expect(textOf(incident({ ...VIEW, result: { ...RESULT, rootCause: fine } }))).toContain(
      'Nothing is wrong',
    );
  });

  it('stays small whatever there is to show', () => {
    const evidence = Array.from({ length: 1500 }, (_unused, index) => ({
      ...(RESULT.evidence[index % RESULT.evidence.length] as (typeof RESULT.evidence)[0]),
      id: `Z${index}`,
      summary: 'x'.repeat(20_000),
    }));
    const timeline = Array.from({ length: 800 }, (_unused, index) => ({
      at: SUMMARY.detectedAt,
      what: `y${index} `.repeat(2000),
      cites: [],
    }));
    const result = { ...RESULT, evidence: [...RESULT.evidence, ...evidence] };
    const started = process.cpuUsage();
    const markup = incident({ ...VIEW, result, incident: { ...RESULT.incident, timeline } });
    expect(markup.length).toBeLessThan(4_000_000);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(3);
  });
});

describe('the list', () => {
  it('puts the worst that is open first, then what is over, then what was given up', () => {
    const summary = (id: string, more: Partial<typeof SUMMARY>) => ({
      ...SUMMARY,
      id,
      title: id,
      ...more,
    });
    const markup = list({
      ...LIST,
      incidents: [
        summary('inc-low', { severity: 'low' }),
        summary('inc-over', { status: 'resolved' }),
        summary('inc-old', { detectedAt: '2026-03-01T00:00:00Z' }),
        summary('inc-new', {}),
      ],
    });
    const order = [...markup.matchAll(/<h3><a href="\/incidents\/([^"]*)"/g)].map(([, id]) => id);
    expect(order).toEqual(['inc-new', 'inc-old', 'inc-low', 'inc-over']);
    expect(markup).toContain('<title>3 incidents open, critical</title>');
    const text = textOf(markup);
    expect(text).toContain('Could not be sent (1)');
    expect(text).toContain('channel not found');
    expect(text).toContain('There are more');
  });

  it.each([
    [{ open: true, failed: false, service: null }, 'No incident is open.'],
    [{ open: false, failed: true, service: null }, 'No investigation was given up.'],
    [{ open: false, failed: false, service: 'cart' }, 'There are no incidents of cart yet.'],
  ])('says so when there is none for %j', (filter, words) => {
    const markup = list({ incidents: [], deadEffects: [], isCut: false, filter });
    expect(textOf(markup)).toContain(words);
    expect(markup.match(/aria-current="page"/g)).toHaveLength(1);
  });
});

/** What a person reads. */
function textOf(markup: string): string {
  return markup
    .replace(/<(?:\/?(?:span|strong|code|time|q|mark|a|b)\b)[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');
}
