export type OllamaSettings = {
  /** Address of the server, `http://127.0.0.1:11434` by default. */
  host?: string | undefined;
  /** `mistral-nemo` by default. */
  model?: string | undefined;
  /** Sent as the `Authorization` header, for a server behind a proxy. */
  authHeader?: string | undefined;
  /** The largest context to ask for, in tokens; the server's memory sets the true limit. */
  maxContextTokens?: number | undefined;
  /** How long the server keeps the model in memory after a call, as Ollama writes it: `10m`. */
  keepAlive?: string | undefined;
  temperature?: number | undefined;
  /** For models that think; the server's default where it is not set. */
  think?: boolean | 'low' | 'medium' | 'high' | undefined;
  /** Room for a thinking model's thoughts, in tokens. */
  reasoningTokens?: number | undefined;
};

export const OLLAMA_DEFAULTS = {
  host: 'http://127.0.0.1:11434',
  model: 'mistral-nemo',
  maxContextTokens: 32_768,
  keepAlive: '10m',
  temperature: 0,
  reasoningTokens: 4096,
} as const;

/**
 * The URL of a server as `OLLAMA_HOST` names it, which may lack the scheme, the port or the host,
 * and which may be the address that the server listens on rather than one to call.
 */
export function ollamaUrl(host: string): string {
  const trimmed = host.trim().replace(/\/+$/, '');
  if (trimmed === '') return OLLAMA_DEFAULTS.host;
  const hasScheme = trimmed.includes('://');
  const named = trimmed.startsWith(':') ? `127.0.0.1${trimmed}` : trimmed;
  const url = hasScheme ? named : `http://${named}`;
  const callable = url.replace(/^(https?:\/\/)(?:0\.0\.0\.0|\[::\])(?=[:/]|$)/, '$1127.0.0.1');
  return hasScheme || /:\d{1,5}(?:\/|$)/.test(named) ? callable : `${callable}:11434`;
}
