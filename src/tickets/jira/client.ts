import type { Caller } from '#src/tickets/call.ts';
import type { JiraSettings } from '#src/tickets/contract.ts';

/** How Jira is called: API version 3 with an account's token, or 2 with a personal access token. */
export function jiraCaller({ url, deployment, email, apiToken, timeoutMs }: JiraSettings): Caller {
  const authorization =
    email === undefined
      ? `Bearer ${apiToken}`
      : `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
  return {
    who: 'Jira',
    base: `${url.replace(/\/+$/, '')}/rest/api/${deployment === 'cloud' ? 3 : 2}`,
    headers: { authorization },
    timeoutMs,
    hints: {
      401: 'Correct JIRA_EMAIL and JIRA_API_TOKEN.',
      403: 'Give the account the right to browse the project and to create issues.',
      404: 'Correct JIRA_URL, tickets.jira.project and tickets.jira.deployment.',
    },
  };
}
