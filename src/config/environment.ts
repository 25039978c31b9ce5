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
  HTTPS_PROXY: { key: 'proxy.https', secret: true, about: 'proxy for outgoing requests' },
  NO_PROXY: { key: 'proxy.none', secret: false, about: 'hosts that are reached directly' },
} as const satisfies Record<string, EnvironmentVariable>;

/** Configuration keys that are masked wherever they are shown. */
export const SECRET_KEYS: ReadonlySet<string> = new Set(
  Object.values(ENVIRONMENT)
    .filter((variable) => variable.secret)
    .map((variable) => variable.key),
);
