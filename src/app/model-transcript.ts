import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Exchange, exchangeSchema } from '#src/model/recording/format.ts';
import type { ExchangeSink } from '#src/model/recording/record.ts';
import { writeFileAtomic } from '#src/platform/atomic-write.ts';
import { checkSchema, parseJson } from '#src/platform/json-file.ts';

/** Keeps what was said, to be written down once the incident's id is known. */
export type TranscriptKeeper = { sink: ExchangeSink; write(dataDir: string, id: string): void };

export function createTranscript(): TranscriptKeeper {
  const exchanges: Exchange[] = [];
  return {
    sink: (exchange) => void exchanges.push(exchange),
    write: (dataDir, id) => {
      if (exchanges.length === 0) return;
      const lines = exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`);
      writeFileAtomic(transcriptFile(dataDir, id), lines.join(''));
    },
  };
}

function transcriptFile(dataDir: string, id: string): string {
  return join(dataDir, 'transcripts', `${id.replace(/[^a-z0-9-]/gi, '-')}.ndjson`);
}

/** A turn of a talk with a model, as a person reads it. */
export type TranscriptTurn = { who: string; text: string };

/**
 * What was asked of models for an incident, and what they said; prompts that repeat the ones before
 * are told once.
 * @returns null where no model was asked
 * @throws InputError when the file does not parse
 */
export function readTranscript(dataDir: string, id: string): TranscriptTurn[] | null {
  const file = transcriptFile(dataDir, id);
  if (!existsSync(file)) return null;
  const turns: TranscriptTurn[] = [];
  const told = new Map<string, number>();
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const where = `${file}:${index + 1}`;
      const exchange = checkSchema(exchangeSchema, parseJson(line, where), where);
      const agent = exchange.agent ?? 'agent';
      const messages = exchange.request?.messages ?? [];
      for (const message of messages.slice(told.get(agent) ?? 0)) {
        if (message.role === 'assistant') continue;
        turns.push({ who: `${agent} ← ${message.role}`, text: message.content });
      }
      turns.push({ who: `${agent} → ${exchange.model?.name ?? 'model'}`, text: saidIn(exchange) });
      told.set(agent, messages.length);
    });
  return turns;
}

function saidIn({ reply, error }: Exchange): string {
  if (!reply) return `(failed: ${error?.message ?? 'unknown'})`;
  const calls = reply.toolCalls.map(({ name, input }) => `${name}(${JSON.stringify(input)})`);
  return [reply.text, ...calls].filter((part) => part !== '').join('\n');
}
