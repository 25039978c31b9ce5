import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageModel, ModelCapabilities, ModelRequest } from '#src/model/contract.ts';
import { NotRecordedError } from '#src/model/errors.ts';
import { fromRecordedError } from '#src/model/recording/failures.ts';
import {
  ANY_REQUEST,
  type Exchange,
  exchangeFile,
  exchangeSchema,
  requestKey,
} from '#src/model/recording/format.ts';
import { checkSchema, parseJson } from '#src/platform/json-file.ts';

export type RecordedSettings = {
  /** The bundle's folder. */
  dir: string;
  /** Whose exchanges are replayed. */
  agent: string;
};

const NOTHING_KNOWN: ModelCapabilities = {
  supportsTools: false,
  contextTokens: 8192,
  reasoningTokens: 0,
};

/**
 * Replays `model/<agent>.ndjson` of a bundle (format: recording/format.ts).
 * @throws InputError when the file does not parse
 */
export function createRecordedModel(settings: RecordedSettings): LanguageModel {
  const file = join(settings.dir, exchangeFile(settings.agent));
  const exchanges = existsSync(file) ? readExchanges(file) : [];
  const first = exchanges.find((exchange) => exchange.model !== undefined)?.model;
  let calls = 0;
  return {
    provider: 'recorded',
    name: first?.name ?? 'recorded',
    isLocal: true,
    capabilities: async () => {
      if (first === undefined) return NOTHING_KNOWN;
      const { supportsTools, contextTokens, reasoningTokens } = first;
      return { supportsTools, contextTokens, reasoningTokens };
    },
    generate: async (request) => {
      request.signal?.throwIfAborted();
      const exchange = exchanges[calls];
      calls++;
      if (exchange === undefined) throw notRecorded(settings.agent, calls, exchanges.length, file);
      if (exchange.key !== ANY_REQUEST && exchange.key !== requestKey(request)) {
        throw differs(exchange, request, `${settings.agent}, call ${calls}`, file);
      }
      if (exchange.reply === undefined) {
        throw fromRecordedError(exchange.error ?? { class: '', message: 'not recorded' });
      }
      const { reply, usage } = exchange;
      if (reply.text !== '') request.onProgress?.({ kind: 'text', text: reply.text });
      return { ...reply, usage };
    },
  };
}

function readExchanges(file: string): Exchange[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const where = `${file}:${index + 1}`;
      return [checkSchema(exchangeSchema, parseJson(line, where), where)];
    });
}

function notRecorded(agent: string, call: number, known: number, where: string): NotRecordedError {
  const message =
    known === 0
      ? `no exchanges of ${agent} were recorded`
      : `${agent} asks a call ${call}, and ${known} were recorded`;
  return new NotRecordedError(message, {
    where,
    hint: 'Record the run again with --record, or use --model none.',
  });
}

function differs(
  exchange: Exchange,
  request: ModelRequest,
  what: string,
  where: string,
): NotRecordedError {
  return new NotRecordedError(
    `${what}: the request is not the recorded one (${firstDifference(exchange, request)})`,
    { where, hint: 'Record the run again with --record: the prompt has changed since.' },
  );
}

function firstDifference(exchange: Exchange, request: ModelRequest): string {
  const recorded = exchange.request?.messages;
  if (recorded === undefined) return 'the recording does not hold its text';
  const most = Math.max(recorded.length, request.messages.length);
  for (let index = 0; index < most; index++) {
    const [was, is] = [recorded[index], request.messages[index]];
    if (was === undefined) return `message ${index + 1} is new`;
    if (is === undefined) return `message ${index + 1} is missing`;
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    if (was.role !== is.role) return `message ${index + 1} is of ${is.role}, not of ${was.role}`;
    return `message ${index + 1} (${is.role}) differs from character ${firstDifferentAt(was.content, is.content)} on`;
  }
  return 'its tools or the form of the answer differ';
}

function firstDifferentAt(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at + 1;
}
