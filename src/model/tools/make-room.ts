import type { ModelMessage } from '#src/model/contract.ts';
import { estimateMessage } from '#src/model/request-tokens.ts';

const LEFT_OUT = '(this result was left out to save room; call the tool again if you need it)';

/**
 * Fits a conversation into a number of tokens by leaving out the oldest results of tools, and
 * saying so in their place. The question itself is never touched: when it does not fit, it is for
 * the provider to refuse.
 * @param onLeftOut told of each call whose result is gone
 */
export function makeRoom(
  messages: readonly ModelMessage[],
  tokens: number,
  onLeftOut: (callId: string) => void,
): ModelMessage[] {
  const sizes = messages.map(estimateMessage);
  let total = sizes.reduce((sum, size) => sum + size, 0);
  return messages.map((message, index) => {
    const isLastResult = index >= messages.length - 1;
    if (total <= tokens || message.role !== 'tool' || isLastResult) return message;
    const shorter: ModelMessage = { ...message, content: LEFT_OUT };
    const saved = (sizes[index] ?? 0) - estimateMessage(shorter);
    if (saved <= 0) return message;
    total -= saved;
    onLeftOut(message.callId);
    return shorter;
  });
}
