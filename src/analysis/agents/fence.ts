/**
 * What keeps telemetry apart from instructions in a prompt. The marks cannot occur inside: their
 * signs, and those by which chat templates mark turns and tools, are exchanged for look-alikes.
 */
const OPEN = '<<<DATA';
const CLOSE = 'DATA>>>';

/** Signs of fences and chat templates (ChatML, Llama, Mistral, Gemma), and the wide forms of them. */
const ANGLES: readonly [RegExp, string][] = [
  [/[<＜﹤](?=[<＜﹤|｜])/g, '‹'],
  [/(?<=‹)[<＜﹤]/g, '‹'],
  [
    /[<＜﹤](?=\/?(?:s|bos|eos|pad|unk|(?:start|end)_of_turn|system|user|assistant|tool)[>＞﹥])/gi,
    '‹',
  ],
  [/(?<=[>＞﹥|｜])[>＞﹥]/g, '›'],
  [/[>＞﹥](?=›)/g, '›'],
  [
    /\[(?=\/?(?:INST|SYS|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS|SYSTEM_PROMPT|PREFIX|SUFFIX|MIDDLE|BOS|EOS|PAD|UNK)\])/gi,
    '⟦',
  ],
  [/(?<=⟦\/?[A-Z_]{3,20})\]/gi, '⟧'],
];

/** Data between marks that it cannot contain. */
export function fence(text: string): string {
  return `${OPEN}\n${defuse(text)}\n${CLOSE}`;
}

/** Exchanges the signs by which text could pass for something else than data. */
export function defuse(text: string): string {
  return ANGLES.reduce((result, [pattern, sign]) => result.replace(pattern, sign), text);
}

/** Puts the signs back, so that what was quoted from a prompt can be found in what is stored. */
export function foldMarks(text: string): string {
  return text
    .replace(/[‹＜﹤]/g, '<')
    .replace(/[›＞﹥]/g, '>')
    .replaceAll('⟦', '[')
    .replaceAll('⟧', ']')
    .replaceAll('｜', '|');
}
