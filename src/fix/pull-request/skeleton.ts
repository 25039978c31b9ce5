import type { Result } from '#src/domain/result.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** A test for a person to fill in; it is never run. */
export type Skeleton = { language: string; text: string };

type Facts = { name: string; call: string; place: string };

/** How the languages write a test that calls something and expects no error. Add one by a line. */
const FORMS: Record<string, { extensions: readonly string[]; lines: (facts: Facts) => string[] }> =
  {
    javascript: {
      extensions: ['js', 'mjs', 'cjs', 'ts', 'mts', 'tsx', 'jsx'],
      lines: ({ name, call, place }) => [
        `test('${name.replace(/['\\]/g, '')}', () => {`,
        `  // ${place}: call ${call} with what the failing request held.`,
        '});',
      ],
    },
    python: {
      extensions: ['py'],
      lines: ({ name, call, place }) => [
        `def test_${snake(name)}():`,
        `    # ${place}: call ${call} with what the failing request held.`,
      ],
    },
    go: {
      extensions: ['go'],
      lines: ({ name, call, place }) => [
        `func Test${camel(name)}(t *testing.T) {`,
        `\t// ${place}: call ${call} with what the failing request held.`,
        '}',
      ],
    },
    java: {
      extensions: ['java', 'kt'],
      lines: ({ name, call, place }) => [
        '@Test',
        `void ${camel(name, true)}() {`,
        `  // ${place}: call ${call} with what the failing request held.`,
        '}',
      ],
    },
  };

/**
 * The beginning of a test that would have caught the trouble, from the stack trace at the place of
 * the cause. @returns null without a trace, or for a language whose tests are not known
 */
export function skeletonOf({ rootCause, investigation }: Result): Skeleton | null {
  const file = rootCause?.location?.file;
  const traces = investigation?.stackTraces ?? [];
  const found = traces.flatMap((trace) => frameAt(trace, file)).at(0);
  if (!found) return null;
  const { trace, frame } = found;
  const extension = frame.file.split('.').at(-1) ?? '';
  const form = Object.entries(FORMS).find(([, { extensions }]) => extensions.includes(extension));
  if (!form) return null;
  const call = oneLine(frame.function).slice(0, 80) || 'it';
  const facts: Facts = {
    name: `${call.split(/[.:#]/).at(-1)} does not fail with ${oneLine(trace.type).slice(0, 60)}`,
    call,
    place: oneLine(`${rootCause?.location?.file ?? frame.file}:${frame.line ?? '?'}`).slice(0, 200),
  };
  return { language: form[0], text: form[1].lines(facts).join('\n') };
}

/** The first frame of a trace that is in a file, or its first in the service's own code. */
function frameAt(trace: StackTrace, file: string | undefined) {
  const own = trace.frames.filter(({ inApp }) => inApp);
  const frame = own.find((one) => file !== undefined && one.file.endsWith(file)) ?? own[0];
  return frame ? [{ trace, frame }] : [];
}

function words(text: string): string[] {
  return text.match(/[A-Za-z0-9]{1,40}/g) ?? [];
}

function snake(text: string): string {
  return words(text).join('_').toLowerCase();
}

function camel(text: string, isLower = false): string {
  const joined = words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return isLower ? joined.charAt(0).toLowerCase() + joined.slice(1) : joined;
}
