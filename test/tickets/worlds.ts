import { GITHUB_TOKEN, githubIssuesDouble } from '../helpers/github-issues-double.ts';
import { jiraDouble } from '../helpers/jira-double.ts';
import { LINEAR_KEY, linearDouble } from '../helpers/linear-double.ts';
import type { ReceiverDouble } from '../helpers/receiver-double.ts';

/** A ticket as every tracker has it. */
export type SeenTicket = { title: string; text: string; isOpen: boolean; notes: string[] };

export type TrackerWorld = {
  double: ReceiverDouble;
  config: { tickets: Record<string, unknown>; github?: Record<string, unknown> };
  tickets(): SeenTicket[];
};

const tickets = { severities: ['critical', 'high'], closeOnResolve: true, timeoutSeconds: 0.3 };

/** Every tracker with a configuration that reaches its double. */
export const WORLDS: Record<string, () => Promise<TrackerWorld>> = {
  'github-issues': async () => {
    const double = await githubIssuesDouble();
    return {
      double,
      config: {
        github: { apiUrl: double.url, token: GITHUB_TOKEN },
        tickets: { ...tickets, tracker: 'github-issues', github: { repository: 'acme/ops' } },
      },
      tickets: () =>
        double.issues.map(({ title, body, state, comments }) => ({
          title,
          text: body,
          isOpen: state === 'open',
          notes: comments,
        })),
    };
  },
  'jira (cloud)': () => jiraWorld('cloud'),
  'jira (data-center)': () => jiraWorld('data-center'),
  linear: async () => {
    const double = await linearDouble();
    return {
      double,
      config: {
        tickets: {
          ...tickets,
          tracker: 'linear',
          linear: { url: double.url, apiKey: LINEAR_KEY, team: 'OPS' },
        },
      },
      tickets: () =>
        double.issues.map(({ title, description, state, comments }) => ({
          title,
          text: description,
          isOpen: state !== 'completed',
          notes: comments.map(({ body }) => body),
        })),
    };
  },
};

async function jiraWorld(deployment: 'cloud' | 'data-center'): Promise<TrackerWorld> {
  const isCloud = deployment === 'cloud';
  const email = isCloud ? { email: 'robot@shop.test' } : {};
  const basic = Buffer.from('robot@shop.test:jira-token').toString('base64');
  const double = await jiraDouble(deployment, isCloud ? `Basic ${basic}` : 'Bearer jira-token');
  const jira = { url: double.url, deployment, apiToken: 'jira-token', project: 'OPS', ...email };
  return {
    double,
    config: { tickets: { ...tickets, tracker: 'jira', jira } },
    tickets: () =>
      double.issues.map(({ fields, status, comments }) => ({
        title: fields.summary,
        text:
          typeof fields.description === 'string'
            ? fields.description
            : JSON.stringify(fields.description),
        isOpen: status !== 'done',
        notes: comments.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))),
      })),
  };
}
