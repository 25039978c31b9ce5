/** An environment variable: the configuration key that it sets, and whether it is a secret. */
export type EnvironmentVariable = { key: string; secret: boolean; about: string };

/** Every environment variable that the program knows, by name; also the source of `.env.example`. */
export const ENVIRONMENT = {
  PROMETHEUS_URL: { key: 'prometheus.url', secret: false, about: 'Prometheus server' },
  PROMETHEUS_AUTH_HEADER: {
    key: 'prometheus.authHeader',
    secret: true,
    about: 'Authorization header for Prometheus, e.g. "Bearer …"',
  },
  LOKI_URL: { key: 'loki.url', secret: false, about: 'Loki server' },
  LOKI_AUTH_HEADER: {
    key: 'loki.authHeader',
    secret: true,
    about: 'Authorization header for Loki',
  },
  LOKI_TENANT: { key: 'loki.tenant', secret: false, about: 'Loki tenant, sent as X-Scope-OrgID' },
  ALERTMANAGER_URL: { key: 'alertmanager.url', secret: false, about: 'Alertmanager server' },
  TEMPO_URL: { key: 'tempo.url', secret: false, about: 'Tempo server, for spans' },
  GITHUB_TOKEN: {
    key: 'github.token',
    secret: true,
    about: 'token for deployments and pull requests',
  },
  GITHUB_API_URL: { key: 'github.apiUrl', secret: false, about: 'GitHub Enterprise API' },
  OLLAMA_HOST: { key: 'model.ollama.host', secret: false, about: 'Ollama server' },
  OLLAMA_MODEL: {
    key: 'model.ollama.model',
    secret: false,
    about: 'model of Ollama (mistral-nemo unless set)',
  },
  OPENAI_API_KEY: { key: 'model.openai.apiKey', secret: true, about: 'key for OpenAI' },
  OPENAI_BASE_URL: {
    key: 'model.openai.baseUrl',
    secret: false,
    about: 'any server that speaks OpenAI’s protocol',
  },
  OPENAI_MODEL: { key: 'model.openai.model', secret: false, about: 'model of OpenAI' },
  INCIDENT_TOKEN: {
    key: 'listen.token',
    secret: true,
    about: 'shared secret of those who call the daemon',
  },
  INCIDENT_TOKEN_FILE: {
    key: 'listen.tokenFile',
    secret: false,
    about: 'file that holds the token of the daemon',
  },
  SMTP_HOST: { key: 'notify.email.host', secret: false, about: 'mail server' },
  SMTP_PORT: { key: 'notify.email.port', secret: false, about: 'its port (587)' },
  SMTP_SECURITY: {
    key: 'notify.email.security',
    secret: false,
    about: '"tls", "starttls" or "none"',
  },
  SMTP_USER: {
    key: 'notify.email.user',
    secret: false,
    about: 'for the login, where it is not EMAIL_SENDER',
  },
  EMAIL_SENDER: { key: 'notify.email.from', secret: false, about: 'address that mails come from' },
  EMAIL_RECEIVER: {
    key: 'notify.email.to',
    secret: false,
    about: 'addresses that mails go to, with commas',
  },
  EMAIL_APP_PASSWORD: {
    key: 'notify.email.password',
    secret: true,
    about: 'password for the mail server',
  },
  SLACK_WEBHOOK_URL: {
    key: 'notify.slack.webhookUrl',
    secret: true,
    about: 'incoming webhook of a channel',
  },
  PAGERDUTY_ROUTING_KEY: {
    key: 'notify.pagerduty.routingKey',
    secret: true,
    about: 'integration key of Events API v2',
  },
  NOTIFY_WEBHOOK_URL: {
    key: 'notify.webhook.url',
    secret: true,
    about: 'a program of yours that is told',
  },
  NOTIFY_WEBHOOK_SECRET: {
    key: 'notify.webhook.secret',
    secret: true,
    about: 'signs what it is told',
  },
  JIRA_URL: { key: 'tickets.jira.url', secret: false, about: 'Jira, Cloud or Data Center' },
  JIRA_EMAIL: {
    key: 'tickets.jira.email',
    secret: false,
    about: 'account of the API token (Cloud)',
  },
  JIRA_API_TOKEN: {
    key: 'tickets.jira.apiToken',
    secret: true,
    about: 'API token, or personal access token',
  },
  LINEAR_API_KEY: { key: 'tickets.linear.apiKey', secret: true, about: 'Linear API key' },
  HTTPS_PROXY: { key: 'proxy.https', secret: true, about: 'proxy for outgoing requests' },
  NO_PROXY: { key: 'proxy.none', secret: false, about: 'hosts that are reached directly' },
} as const satisfies Record<string, EnvironmentVariable>;

/** Configuration keys that the environment knows as secrets. */
const SECRET_KEYS: ReadonlySet<string> = new Set(
  Object.values(ENVIRONMENT)
    .filter((variable) => variable.secret)
    .map((variable) => variable.key),
);

/** Keys of channels that are named by the user, whose last part says that the value is a secret. */
const SECRET_PARTS: ReadonlySet<string> = new Set(['webhookUrl', 'routingKey', 'secret', 'url']);

/** Whether a value is masked wherever it is shown. */
export function isSecretKey(key: string): boolean {
  if (SECRET_KEYS.has(key) || key === 'model.ollama.authHeader') return true;
  return key.startsWith('notify.channels.') && SECRET_PARTS.has(key.split('.').at(-1) ?? '');
}
