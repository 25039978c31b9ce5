import type { FastifyRequest } from 'fastify';

/**
 * Whether a person looks: the `Accept` header names HTML and does not prefer JSON to it. Programs,
 * which take anything, get JSON.
 */
export function wantsHtml({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const qualities = new Map<string, number>();
  for (const range of (headers.accept ?? '').slice(0, 2000).split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((part) => part.startsWith('q='))?.slice(2);
    qualities.set(type, quality === undefined ? 1 : Number(quality) || 0);
  }
  const html = qualities.get('text/html') ?? 0;
  return html > 0 && html >= (qualities.get('application/json') ?? 0);
}
