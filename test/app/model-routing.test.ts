import { describe, expect, it } from 'vitest';
import type { Drafted } from '#src/analysis/agents/contract.ts';
import { routeOf } from '#src/app/model-routing.ts';
import { routingSchema } from '#src/config/model-schema.ts';

const ALL = ['triage', 'investigation', 'root-cause'];

/** The parts of an answer by which it is routed. */
function drafted(severity: string, cause: object | null): Drafted {
  const told = { verdict: 'likely', category: 'traffic', commit: null };
  return {
    triage: { severity, condition: 'degraded' },
    cause: cause === null ? null : { ...told, ...cause },
  } as unknown as Drafted;
}

describe('routing', () => {
  const auto = routingSchema.parse({});

  it.each([
    ['a simple alert ends with triage', drafted('medium', {}), ['triage']],
    ['a severe one goes deep', drafted('critical', {}), ALL],
    ['an unexplained one goes deep', drafted('low', { verdict: 'inconclusive' }), ALL],
    ['one in code goes deep', drafted('low', { category: 'code' }), ALL],
    ['one by a change of configuration goes deep', drafted('low', { commit: 'abc' }), ALL],
    ['triage alone asks for triage alone', drafted('critical', null), ['triage']],
  ])('%s', (_, given, agents) => {
    expect(routeOf(given, auto, false)).toEqual(agents);
  });

  it('is decided by whoever asks, and by the configuration', () => {
    expect(routeOf(drafted('low', {}), auto, true)).toEqual(ALL);
    const quick = routingSchema.parse({ path: 'quick' });
    expect(routeOf(drafted('critical', {}), quick, false)).toEqual(['triage']);
    const deep = routingSchema.parse({ path: 'deep' });
    expect(routeOf(drafted('low', {}), deep, false)).toEqual(ALL);
    const severe = routingSchema.parse({ deepSeverities: ['critical'] });
    expect(routeOf(drafted('high', {}), severe, false)).toEqual(['triage']);
  });
});
