import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateMessage, estimateRequest } from '#src/model/request-tokens.ts';
import { estimateTokens, ROOM } from '#src/model/tokens.ts';

/** Counted with the vocabularies themselves: o200k (GPT-4o and later), Llama 3, Llama 2. */
const COUNTED: [string, string, number, number, number][] = [
  [
    'prose',
    'The payment service stopped answering after the connection pool ran dry; requests waited until they timed out, and the gateway reported them as errors.',
    27,
    27,
    28,
  ],
  [
    'a log line',
    '2031-04-05T06:07:08.912Z ERROR [http-nio-8080-exec-14] c.e.orders.OrderController - request 7f3c9a1e failed: java.sql.SQLTransientConnectionException: pool - Connection is not available, request timed out after 30000ms.',
    69,
    68,
    91,
  ],
  [
    'a diff',
    '@@ -41,7 +41,7 @@ export function createPool(options: PoolOptions) {\n-  const max = options.max ?? 20;\n+  const max = options.max ?? 2;\n   return new Pool({ ...options, max });\n }\n',
    53,
    53,
    65,
  ],
  [
    'a stack trace',
    'Traceback (most recent call last):\n  File "/srv/app/handlers/checkout.py", line 88, in post\n    total = cart.total() / cart.count\nZeroDivisionError: division by zero\n',
    44,
    45,
    54,
  ],
  [
    'JSON',
    '{"verdict":"likely","confidence":0.83,"cites":[{"id":"L3","quote":"timeout after 3000ms"},{"id":"C2"}],"commit":null}',
    40,
    39,
    47,
  ],
  [
    'samples',
    '[[1893456000,"0.0125"],[1893456015,"0.0131"],[1893456030,"0.4410"],[1893456045,"0.5127"]]',
    44,
    44,
    77,
  ],
  [
    'identifiers',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 550e8400-e29b-41d4-a716-446655440000',
    62,
    62,
    96,
  ],
  [
    'shouting',
    'FATAL: REMAINING CONNECTION SLOTS ARE RESERVED FOR SUPERUSER CONNECTIONS',
    16,
    16,
    29,
  ],
  [
    'German',
    'Die Verbindung zum Datenbankserver wurde unerwartet unterbrochen; bitte versuchen Sie es später noch einmal.',
    22,
    25,
    26,
  ],
  [
    'Russian',
    'Соединение с сервером базы данных было неожиданно разорвано, повторите попытку позже.',
    22,
    27,
    33,
  ],
  ['Chinese', '数据库连接池已耗尽，请求等待超时，网关返回错误。', 17, 18, 32],
  [
    'Japanese',
    'データベースへの接続が突然切断されました。後でもう一度お試しください。',
    24,
    22,
    41,
  ],
];

describe('estimateTokens', () => {
  it.each(COUNTED)(
    'of %s is never below the large vocabularies, nor far above',
    (_kind, text, gpt, llama3) => {
      const estimate = estimateTokens(text);
      expect(estimate).toBeGreaterThanOrEqual(Math.max(gpt, llama3));
      expect(estimate).toBeLessThan(3 * Math.min(gpt, llama3));
    },
  );

  it.each(COUNTED)(
    'of %s has room for a small vocabulary',
    (_kind, text, _gpt, _llama3, llama2) => {
      expect(estimateTokens(text) * ROOM).toBeGreaterThanOrEqual(llama2);
    },
  );

  it('is nothing for nothing, and grows with the text', () => {
    expect(estimateTokens('')).toBe(0);
    const anything = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        expect(estimateTokens(a + b)).toBeGreaterThanOrEqual(estimateTokens(a) - 2);
        expect(estimateTokens(a)).toBeLessThanOrEqual(2 * a.length + 1);
      }),
    );
  });

  it('takes megabytes in a moment', () => {
    const started = performance.now();
    estimateTokens('at com.example.Main.run(Main.java:42) '.repeat(80_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('estimateRequest', () => {
  it('counts what stands around the texts, calls and tools too', () => {
    const plain = { role: 'user', content: 'hello' } as const;
    const toolCalls = [{ id: '1', name: 'look', input: { at: 'the database' } }];
    expect(estimateMessage(plain)).toBeGreaterThan(estimateTokens('hello'));
    expect(estimateMessage({ role: 'assistant', content: 'hello', toolCalls })).toBeGreaterThan(
      estimateMessage(plain),
    );
    expect(estimateRequest({ messages: [plain, plain] })).toBe(2 * estimateMessage(plain));
  });
});
