/** A path of ours, whatever was asked for: nobody is sent elsewhere. */
export function localPath(next: unknown): string {
  const home = '/incidents';
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 2000) return home;
  let url: URL;
  try {
    url = new URL(next, 'http://daemon.invalid');
  } catch {
    return home;
  }
  const path = `${url.pathname}${url.search}`;
  return url.host === 'daemon.invalid' && !path.startsWith('//') ? path : home;
}
