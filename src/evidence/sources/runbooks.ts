import type { Gap, Runbook } from '#src/domain/bundle.ts';
import { messageOf } from '#src/domain/errors.ts';
import type {
  Collected,
  CollectRequest,
  EvidenceSource,
  SourceSettings,
  SourceTools,
} from '#src/evidence/contract.ts';
import { folderRunbooks, readRunbookFile } from '#src/evidence/sources/runbooks/files.ts';
import { readRunbookPage } from '#src/evidence/sources/runbooks/page.ts';
import { type RunbookReference, referencesOf } from '#src/evidence/sources/runbooks/references.ts';
import { fittingRunbooks, fittingSection, type RunbookTopic } from '#src/knowledge/runbook.ts';

/** Runbooks that are kept at the most. */
const MOST = 4;

/**
 * Runbooks: those that an alert or the registry names, then those of the folder that are about the
 * alert or the service; of a long one the section that fits. They are evidence to read, never
 * instructions to run. An alert may name only pages of hosts, and files of the folder, that the
 * configuration allows.
 */
export function createRunbooksSource(
  settings: SourceSettings['runbooks'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'runbooks',
    async collect(request, signal) {
      const topic = topicOf(request);
      const found: Runbook[] = [];
      const gaps: Gap[] = [];
      for (const reference of referencesOf(request).slice(0, MOST)) {
        const one = await read(reference, settings, tools, signal);
        if ('gap' in one) gaps.push({ source: 'runbooks', ...one.gap });
        else found.push(fittingSection(one.runbook, topic));
      }
      const folder = folderOf(settings.dir, topic, gaps);
      return result([...found, ...folder], gaps);
    },
  };
}

function folderOf(dir: string | undefined, topic: RunbookTopic, gaps: Gap[]): Runbook[] {
  if (dir === undefined) return [];
  try {
    return fittingRunbooks(folderRunbooks(dir), topic).map(({ runbook }) => runbook);
  } catch (error) {
    gaps.push({
      source: 'runbooks',
      why: `the folder cannot be read: ${messageOf(error)}`,
      hint: 'Set runbooks.dir to a folder of markdown files.',
    });
    return [];
  }
}

/** Each text once, under a name that is safe in a bundle and taken by no other. */
function result(runbooks: readonly Runbook[], gaps: Gap[]): Collected {
  const byText = [...new Map(runbooks.map((one) => [one.text, one])).values()].slice(0, MOST);
  const names = new Map<string, Runbook>();
  for (const { name, text } of byText) {
    const stem =
      name
        .replace(/\.(?:md|markdown)$/i, '')
        .replace(/[^\w-]/g, '_')
        .slice(0, 80) || 'runbook';
    let free = `${stem}.md`;
    for (let count = 2; names.has(free); count++) free = `${stem}-${count}.md`;
    names.set(free, { name: free, text });
  }
  return { runbooks: [...names.values()], gaps };
}

type Read = { runbook: Runbook } | { gap: Omit<Gap, 'source'> };

async function read(
  reference: RunbookReference,
  settings: SourceSettings['runbooks'],
  tools: SourceTools,
  signal: AbortSignal,
): Promise<Read> {
  try {
    return reference.kind === 'page'
      ? await readRunbookPage(reference, settings, tools.http, signal)
      : readRunbookFile(reference, settings.dir);
  } catch (error) {
    return { gap: { why: `${reference.where}: ${messageOf(error)}` } };
  }
}

function topicOf({ alerts, target }: CollectRequest): RunbookTopic {
  return {
    alerts: alerts.flatMap(({ labels }) => labels.alertname ?? []),
    services: [target.name],
    symptoms: alerts.flatMap(({ annotations }) => [
      annotations.summary ?? '',
      annotations.description ?? '',
    ]),
  };
}
