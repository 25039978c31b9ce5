import { resolve } from 'node:path';
import type { Team } from '#src/analysis/agents/contract.ts';
import { askedSource } from '#src/app/model-asked.ts';
import { stepsOf } from '#src/app/model-steps.ts';
import { createTeam } from '#src/app/model-team.ts';
import { createTranscript } from '#src/app/model-transcript.ts';
import type { RespondWiring } from '#src/app/respond-parts.ts';
import { bundleSink } from '#src/model/recording/record.ts';
import type { AnalyseOptions } from '#src/respond.ts';

/** The models of one analysis, and a way to keep what was said for an incident's page. */
export type Models = { team: Team | undefined; keepTranscript(incidentId: string): void };

/** Seats the models that are asked for, and records what they say where that is wanted. */
export function modelsFor(
  { loaded, parts, onStep }: RespondWiring,
  { redactor, bundleDir, recordDir }: AnalyseOptions,
): Models {
  const { config, baseDir } = loaded;
  const transcript = createTranscript();
  const recording = recordDir === undefined ? undefined : bundleSink(recordDir);
  const team = createTeam({
    ...{ model: config.model, routing: config.routing, asked: askedSource(loaded) },
    ...{ bundleDir, proxy: config.proxy, clock: parts.clock, redact: redactor.redact },
    record: (exchange) => {
      transcript.sink(exchange);
      recording?.(exchange);
    },
    onEvent: stepsOf(onStep),
  });
  return {
    team: team ?? undefined,
    keepTranscript: (id) => transcript.write(resolve(baseDir, config.dataDir), id),
  };
}
