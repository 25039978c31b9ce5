import { z } from 'zod';
import { cut, evidenceLines, numbered } from '#src/analysis/agents/brief/evidence-lines.ts';
import type { ToolDesk } from '#src/analysis/agents/tools/desk.ts';
import { commitDraft } from '#src/analysis/evidence/record-drafts.ts';
import type { RepositoryView } from '#src/domain/repository.ts';
import { defineTool, type ModelTool } from '#src/model/contract.ts';

const MOST_LINES = 120;
const MOST_HITS = 20;
const MOST_DIFF = 5000;

const service = z.string().max(200).describe('name of the service whose repository is read');
const file = z.string().max(500).describe('path in the repository');
const line = z.number().int().min(1).max(1_000_000);
const revision = z.string().max(100).optional().describe('commit; what runs by default');

/** Tools that read the repositories of the incident's services. */
export function codeTools(desk: ToolDesk): ModelTool[] {
  const { repositories } = desk.drafted.findings?.known ?? {};
  const shows = showCommit(desk);
  return repositories && repositories.size > 0
    ? [readFile(desk), searchCode(desk), shows, blame(desk)]
    : [shows];
}

async function resolve(
  { guards }: ToolDesk,
  repository: RepositoryView,
  wanted: string | undefined,
): Promise<string> {
  if (wanted === undefined || wanted === '') return repository.head;
  const problem = guards.revisions(wanted);
  if (problem !== null) throw new Error(problem);
  const sha = await repository.resolve(wanted);
  if (sha === null) throw new Error('There is no such commit in this repository.');
  return sha;
}

function readFile(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'read_file',
    description: `Lines of a source file, at most ${MOST_LINES}.`,
    schema: z.object({ service, file, from: line, to: line, revision }),
    run: (input) =>
      desk.inTurn(async () => {
        const repository = await desk.repository(input.service);
        const sha = await resolve(desk, repository, input.revision);
        await desk.checkPath(repository, input.file, sha);
        const text = await repository.readFile(input.file, sha);
        if (text === null) throw new Error('The file is not text.');
        const all = text.split('\n');
        const from = Math.min(input.from, all.length);
        const lines = all.slice(from - 1, Math.min(input.to, from + MOST_LINES - 1));
        const id = desk.keep({
          kind: 'source',
          source: 'git',
          query: `${input.file}@${sha.slice(0, 12)}`,
          window: desk.drafted.facts.bundle.manifest.window,
          service: input.service,
          summary: `${input.file}:${from}-${from + lines.length - 1} at ${sha.slice(0, 10)}`,
          data: { type: 'source', file: input.file, startLine: from, lines, revision: sha },
        });
        return desk.show(`${id} ${input.file} (${all.length} lines)\n${numbered(lines, from)}`);
      }),
  });
}

function searchCode(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'search_code',
    description: 'Lines of the source that hold a text (no pattern).',
    schema: z.object({ service, text: z.string().min(3).max(200) }),
    run: (input) =>
      desk.inTurn(async () => {
        const repository = await desk.repository(input.service);
        const hits = (await repository.search(input.text)).slice(0, MOST_HITS);
        if (hits.length === 0) return 'No line holds it.';
        const lines = hits.map((hit) => `${hit.file}:${hit.line}: ${cut(hit.text.trim(), 200)}`);
        const id = desk.keep({
          kind: 'source',
          source: 'git search',
          query: input.text,
          window: desk.drafted.facts.bundle.manifest.window,
          service: input.service,
          summary: `${hits.length} lines hold ${JSON.stringify(input.text)}`,
          data: { type: 'text', title: input.text, text: lines.join('\n') },
        });
        return desk.show(`${id}\n${lines.join('\n')}`);
      }),
  });
}

function showCommit(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'show_commit',
    description: 'A commit with its message and diff.',
    schema: z.object({ sha: z.string().min(7).max(64) }),
    run: (input) =>
      desk.inTurn(() => {
        const sha = input.sha.toLowerCase();
        const commits =
          desk.drafted.findings?.known.commits ?? desk.drafted.facts.bundle.changes.commits;
        const commit = commits.find((one) => one.sha.startsWith(sha));
        if (!commit) throw new Error('There is no such commit among those of the last weeks.');
        const draft = commitDraft(commit, desk.drafted.facts.bundle.manifest.window);
        const id = desk.keep(draft);
        const head = evidenceLines({ id, ...draft }, false).short;
        return desk.show(
          `${head}\n${commit.message.slice(0, 1000)}\n${cut(commit.diff ?? '(no diff)', MOST_DIFF)}`,
        );
      }),
  });
}

function blame(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'blame',
    description: 'Which commit last touched each of some lines.',
    schema: z.object({ service, file, from: line, to: line }),
    run: (input) =>
      desk.inTurn(async () => {
        const repository = await desk.repository(input.service);
        await desk.checkPath(repository, input.file, repository.head);
        const to = Math.min(Math.max(input.from, input.to), input.from + MOST_LINES - 1);
        const lines = await repository.blame(input.file, input.from, to);
        if (lines.length === 0) return 'Nothing is known of these lines.';
        const text = lines
          .map(
            (one) =>
              `${one.sha.slice(0, 10)}${one.boundary ? ' (or older)' : ''} ${one.timestamp} ${one.line}: ${one.text}`,
          )
          .join('\n');
        const id = desk.keep({
          kind: 'source',
          source: 'git blame',
          query: `${input.file}:${input.from}-${to}`,
          window: desk.drafted.facts.bundle.manifest.window,
          service: input.service,
          summary: `blame of ${input.file}:${input.from}-${to}`,
          data: { type: 'text', title: input.file, text },
        });
        return desk.show(`${id}\n${text}`);
      }),
  });
}
