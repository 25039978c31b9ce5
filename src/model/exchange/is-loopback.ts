/** True for an address on this machine, where nothing that is sent can leave it. */
export function isLoopback(url: string): boolean {
  try {
    const { hostname } = new URL(url.includes('://') ? url : `http://${url}`);
    return /^(?:localhost|.{1,200}\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
  } catch {
    return false;
  }
}
