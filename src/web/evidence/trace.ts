import type { StackTrace } from '#src/domain/stack-trace.ts';
import type { BodyOptions } from '#src/web/evidence/body.ts';
import { type Html, html } from '#src/web/html/html.ts';
import { count, shorten } from '#src/web/parts/prose.ts';

const FEW = 4;
const MANY = 60;
const MOST_CAUSES = 8;

/** A stack trace, the service's own frames told from the others; under a citation, its own alone. */
export function traceBody(trace: StackTrace, options: BodyOptions, depth = 0): Html {
  const { isShort } = options;
  const own = trace.frames.filter(({ inApp }) => inApp);
  const frames = (isShort && own.length > 0 ? own : trace.frames).slice(0, isShort ? FEW : MANY);
  const hidden = trace.frames.length - frames.length;
  const causes = depth < MOST_CAUSES ? trace.causes.slice(0, MOST_CAUSES) : [];
  return html`<p class="thrown">${depth > 0 && 'caused by '}<strong>${shorten(trace.type, 300)}</strong>: ${shorten(trace.message, isShort ? 300 : 2000)}</p>
<ol class="frames">${frames.map(
    ({ file, line, function: name, inApp }) =>
      html`<li class="${inApp ? 'own' : 'foreign'}"><code>${shorten(name, 300)}</code> <span>${shorten(file, 300)}${
        line === null ? '' : `:${line}`
      }</span></li>`,
  )}</ol>${hidden > 0 && html`<p class="quiet">${count(hidden, 'more frame', 'more frames')}, ${isShort ? 'of libraries or further down' : 'further down'}</p>`}
${causes.map((cause) => traceBody(cause, options, depth + 1))}`;
}
