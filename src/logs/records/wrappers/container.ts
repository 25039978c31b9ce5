const CRI =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP](?::\w{1,8})?) ?/;

export type ContainerLine = { time: string; stream: string; partial: boolean; text: string };

/** The Kubernetes CRI log format: time, stream, `F`ull or `P`artial, text. */
export function readCri(line: string): ContainerLine | null {
  const match = CRI.exec(line);
  if (!match) return null;
  return {
    time: match[1] as string,
    stream: match[2] as string,
    partial: (match[3] as string).startsWith('P'),
    text: line.slice(match[0].length),
  };
}

const COMPOSE = /^([A-Za-z][\w.-]{0,80}?) {1,40}\| ?/;
const POD = /^\[((?:pod\/)?[\w.-]{1,253}(?:\/[\w.-]{1,253}){0,2})\] /;

/** `service-1  | text` of Docker Compose, `[pod/name/container] text` of kubectl. */
export function readPrefix(line: string): { name: string; text: string } | null {
  const pod = line.startsWith('[pod/') ? POD.exec(line) : null;
  const match = pod ?? COMPOSE.exec(line);
  return match ? { name: match[1] as string, text: line.slice(match[0].length) } : null;
}
