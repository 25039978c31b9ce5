/** An address that is safe to follow. Only the functions of this file make it. */
export class Url {
  readonly #address: string;

  /** Not for use outside this file. */
  constructor(key: typeof MAKER, address: string) {
    if (key !== MAKER) throw new TypeError('use localUrl, fragmentUrl or outsideUrl');
    this.#address = address;
  }

  toString(): string {
    return this.#address;
  }
}

const MAKER = Symbol('url');

/** A path of the daemon itself. @param segments are encoded, whatever they hold */
export function localUrl(
  segments: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): Url {
  // Dots are not encoded but would climb.
  const path = segments.map((one) => (/^\.{1,2}$/.test(one) ? '_' : encode(one))).join('/');
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = given.map(([key, value]) => `${encode(key)}=${encode(value ?? '')}`).join('&');
  return new Url(MAKER, `/${path}${search ? `?${search}` : ''}`);
}

/** A place on the same page. */
export function fragmentUrl(id: string): Url {
  return new Url(MAKER, `#${encode(id)}`);
}

/** An address of the web, or null for anything else (`javascript:`, `data:`, paths…). */
export function outsideUrl(text: string): Url | null {
  if (text.length > 4096) return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  return new Url(MAKER, url.href);
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
