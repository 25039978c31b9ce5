import { describe, expect, it } from 'vitest';
import { createTeam, type TeamOptions } from '#src/app/model-team.ts';
import { createTranscript, readTranscript } from '#src/app/model-transcript.ts';
import { modelSchema, routingSchema } from '#src/config/model-schema.ts';
import { systemClock } from '#src/platform/clock.ts';
import { tempDir } from '../helpers/temp-dir.ts';

function options(
  model: object,
  routing: object = {},
  more: Partial<TeamOptions> = {},
): TeamOptions {
  return {
    model: modelSchema.parse(model),
    routing: routingSchema.parse(routing),
    ...{ asked: undefined, bundleDir: undefined, proxy: {}, clock: systemClock },
    redact: (text) => text,
    ...more,
  };
}

/** Agent → who answers for it. */
function seated(given: TeamOptions): Record<string, string> {
  const seats = [...(createTeam(given)?.seats ?? [])];
  return Object.fromEntries(
    seats.map(([agent, seat]) => [
      agent,
      'assistant' in seat ? `${seat.assistant.provider}/${seat.assistant.name}` : seat.why,
    ]),
  );
}

describe('the models of an investigation', () => {
  it('are none unless one is named', () => {
    expect(createTeam(options({}))).toBeNull();
    expect(createTeam(options({ use: 'ollama' }, {}, { asked: 'none' }))).toBeNull();
  });

  it('may be of another provider for each agent', () => {
    const routing = { agents: { rootCause: { provider: 'openai', model: 'deep-1' } } };
    const model = { use: 'ollama', openai: { apiKey: 'x' } };
    expect(seated(options(model, routing))).toEqual({
      triage: 'ollama/mistral-nemo',
      investigation: 'ollama/mistral-nemo',
      'root-cause': 'openai/deep-1',
    });
    // A flag goes first, and does not take a model of another provider along.
    expect(seated(options(model, routing, { asked: 'ollama' }))).toMatchObject({
      'root-cause': 'ollama/mistral-nemo',
    });
  });

  it('say in one line why they cannot be had', () => {
    const money = options({ use: 'openai', openai: { apiKey: 'x' }, budget: { money: 1 } });
    expect(Object.values(seated(money))[0]).toContain('needs the price of openai/gpt-4o-mini');
    const empty = options({}, {}, { asked: 'recorded', bundleDir: tempDir() });
    expect(seated(empty)).toEqual({ triage: 'the bundle holds no recorded replies' });
    const nowhere = options({}, {}, { asked: 'recorded' });
    expect(seated(nowhere)).toEqual({ triage: 'recorded replies need a bundle' });
  });
});

describe('transcripts', () => {
  it('tell each turn once, and failures', () => {
    const dir = tempDir();
    const transcript = createTranscript();
    const model = {
      provider: 'p',
      name: 'm',
      supportsTools: true,
      contextTokens: 1,
      reasoningTokens: 0,
    };
    const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
    const user = { role: 'user' as const, content: 'the case' };
    const call = { id: '1', name: 'blame', input: { file: 'a' } };
    const base = { key: 'k', agent: 'triage', model, usage };
    transcript.sink({
      ...base,
      request: { messages: [user] },
      reply: { text: '', toolCalls: [call], finishReason: 'tool-calls' },
    });
    const tool = { role: 'tool' as const, callId: '1', name: 'blame', content: 'who did it' };
    const turn = { role: 'assistant' as const, content: '', toolCalls: [call] };
    transcript.sink({
      ...base,
      request: { messages: [user, turn, tool] },
      error: { class: 'ModelUnavailableError', message: 'gone' },
    });
    expect(readTranscript(dir, 'inc-1')).toBeNull();
    transcript.write(dir, 'inc-1');
    expect(readTranscript(dir, 'inc-1')).toEqual([
      { who: 'triage ← user', text: 'the case' },
      { who: 'triage → m', text: 'blame({"file":"a"})' },
      { who: 'triage ← tool', text: 'who did it' },
      { who: 'triage → m', text: '(failed: gone)' },
    ]);
  });
});
