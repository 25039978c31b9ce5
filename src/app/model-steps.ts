import type { AgentEvent } from '#src/analysis/agents/contract.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { Step } from '#src/respond.ts';

/** Characters of a streamed text that are shown. */
const SHOWN = 60;
const KEPT = 400;

/** Tells of the talk with models as steps of the work, the text as it comes. */
export function stepsOf(
  onStep: ((step: Step) => void) | undefined,
): ((event: AgentEvent) => void) | undefined {
  if (!onStep) return undefined;
  let asking = '';
  let text = '';
  const show = (what: string): void => onStep({ step: 'model', detail: `${asking}${what}` });
  return (event) => {
    switch (event.kind) {
      case 'asks':
        asking = `${event.agent}, ${event.model}`;
        text = '';
        show(` (${event.promptTokens} tokens)`);
        break;
      case 'progress':
        if (event.progress.kind === 'text') {
          text = (text + event.progress.text).slice(-KEPT);
          show(`: …${oneLine(text).slice(-SHOWN)}`);
        } else if (event.progress.kind === 'tool') show(`: ${event.progress.name}`);
        else {
          text = '';
          show(`: again, ${event.progress.why}`);
        }
        break;
      case 'dropped':
        onStep({
          step: 'note',
          detail: `dropped (${event.agent}): "${oneLine(event.text)}": ${oneLine(event.why)}`,
        });
        break;
      case 'problem':
        show(`: ${event.why}`);
        break;
    }
  };
}
