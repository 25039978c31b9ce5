/** What is not the message of an error is shown at this length at the most. */
const MOST_SHOWN = 4000;

/**
 * The words in the `error` of an answer: Ollama's own are text, while proxies before it answer as
 * OpenAI does, `{"error": {"message": …}}`. Anything else is given as JSON.
 */
export function errorText(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const { message } = error;
    if (typeof message === 'string' && message.trim() !== '') return message;
  }
  return (JSON.stringify(error) ?? '').slice(0, MOST_SHOWN);
}
