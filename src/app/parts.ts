import type { Clock } from '#src/platform/clock.ts';
import type { Http } from '#src/platform/http.ts';
import type { Logger } from '#src/platform/logger.ts';

/** What the application is made of and tests may replace. */
export type AppParts = { clock: Clock; http: Http; logger: Logger };
