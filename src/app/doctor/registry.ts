import { alertmanager } from '#src/app/doctor/checks/alertmanager.ts';
import { configuration } from '#src/app/doctor/checks/configuration.ts';
import { github } from '#src/app/doctor/checks/github.ts';
import { healthUrls } from '#src/app/doctor/checks/health-urls.ts';
import { logPaths } from '#src/app/doctor/checks/log-paths.ts';
import { loki } from '#src/app/doctor/checks/loki.ts';
import { mail } from '#src/app/doctor/checks/mail.ts';
import { model } from '#src/app/doctor/checks/model.ts';
import { pagerduty } from '#src/app/doctor/checks/pagerduty.ts';
import { prometheus } from '#src/app/doctor/checks/prometheus.ts';
import { registry } from '#src/app/doctor/checks/registry.ts';
import { repositories } from '#src/app/doctor/checks/repositories.ts';
import { slack } from '#src/app/doctor/checks/slack.ts';
import { store } from '#src/app/doctor/checks/store.ts';
import { tickets } from '#src/app/doctor/checks/tickets.ts';
import { webhook } from '#src/app/doctor/checks/webhook.ts';
import type { Check } from '#src/app/doctor/contract.ts';

/** Every check, in the order in which they are shown. Add one by a file in `checks/` and a line here. */
export const CHECKS: readonly Check[] = [
  configuration,
  registry,
  logPaths,
  repositories,
  healthUrls,
  prometheus,
  loki,
  alertmanager,
  model,
  mail,
  slack,
  pagerduty,
  webhook,
  github,
  tickets,
  store,
];
