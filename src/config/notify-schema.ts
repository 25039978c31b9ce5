import { z } from 'zod';
import { SEVERITIES } from '#src/domain/alert.ts';
import { BRIEF_EVENTS } from '#src/domain/brief.ts';

const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// URL' });
const address = z.email('expected an e-mail address');
/** Also as one text with commas, as the environment gives it. */
const addresses = z
  .union([
    z.string().transform((text) => text.split(',').map((each) => each.trim())),
    z.array(z.string()),
  ])
  .pipe(z.array(address).min(1).max(50));
const port = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,5}$/, 'expected a port number')
      .transform(Number),
  ])
  .pipe(z.number().int().min(1).max(65_535));
const channelName = z.string().regex(/^[\w.-]{1,40}$/, 'expected letters, digits, "_", "." or "-"');
const severities = z.array(z.enum(SEVERITIES));
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as "22:00"');
const hours = {
  /** The days on which it begins; every day when not given. */
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .optional(),
  from: clock,
  /** Before or at `from`: on the next day. */
  to: clock,
};
const timezone = z.string().refine(isTimeZone, 'expected a time zone such as "Europe/Berlin"');

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Ways to reach somebody beside the four of the environment. */
const channelSchema = z.discriminatedUnion('notifier', [
  /** Sent through the mail server of `notify.email`. */
  z.strictObject({ notifier: z.literal('email'), to: addresses }),
  z.strictObject({ notifier: z.literal('slack'), webhookUrl: httpUrl }),
  z.strictObject({ notifier: z.literal('pagerduty'), routingKey: z.string().min(1) }),
  z.strictObject({
    notifier: z.literal('webhook'),
    url: httpUrl,
    secret: z.string().min(16, 'expected at least 16 characters').optional(),
  }),
]);

/** Who is told of incidents, and how they are reached. */
export const notifySchema = z
  .strictObject({
    /** Address of the daemon's pages, for links. */
    publicUrl: httpUrl.optional(),
    email: z
      .strictObject({
        host: z.string().min(1).optional(),
        port: port.default(587),
        /** `tls` on port 465 and `starttls` on any other, when not given. */
        security: z.enum(['tls', 'starttls', 'none']).optional(),
        /** For the login; the sender's address when not given. */
        user: z.string().optional(),
        password: z.string().optional(),
        from: address.optional(),
        to: addresses.optional(),
        /** File with the certificate of an authority of your own, in PEM. */
        caFile: z.string().optional(),
      })
      .prefault({}),
    slack: z.strictObject({ webhookUrl: httpUrl.optional() }).prefault({}),
    pagerduty: z
      .strictObject({
        routingKey: z.string().optional(),
        url: httpUrl.default('https://events.pagerduty.com/v2/enqueue'),
      })
      .prefault({}),
    webhook: z
      .strictObject({
        url: httpUrl.optional(),
        /** Signs each request; see docs/notifications.md. */
        secret: z.string().min(16, 'expected at least 16 characters').optional(),
      })
      .prefault({}),
    /** Further channels by name. */
    channels: z.record(channelName, channelSchema).default({}),
    /** One message, in seconds. */
    timeoutSeconds: z.number().positive().max(60).default(15),
    /** How long the news of an incident waits for the first answer, where people read it. */
    waitForAnswerSeconds: z.number().min(0).max(900).default(60),
    /** Messages to one receiver; what goes beyond comes together, every `digestMinutes`. */
    rateLimit: z
      .strictObject({
        messages: z.number().int().min(1).max(1000).default(10),
        minutes: z.number().positive().max(1440).default(10),
        digestMinutes: z.number().positive().max(1440).default(10),
      })
      .prefault({}),
  })
  .prefault({});

/** Who is told of what, and when. Without rules every channel is told of everything that suits it. */
export const escalationSchema = z
  .strictObject({
    /** IANA zone of all hours below. */
    timezone: timezone.default('UTC'),
    rules: z
      .array(
        z.strictObject({
          name: channelName,
          channels: z.array(channelName).min(1),
          severities: severities.optional(),
          /** Names of services; `*` stands for any characters. */
          services: z.array(z.string().min(1).max(200)).min(1).optional(),
          events: z.array(z.enum(BRIEF_EVENTS)).min(1).optional(),
          during: z.array(z.strictObject(hours)).min(1).optional(),
          /** Only when nobody has acknowledged after so many minutes; each of them is told. */
          unacknowledgedMinutes: z
            .union([
              z
                .number()
                .positive()
                .max(10_080)
                .transform((each) => [each]),
              z.array(z.number().positive().max(10_080)).min(1).max(10),
            ])
            .optional(),
        }),
      )
      .max(100)
      .default([]),
    /** When people are left alone; what happens then comes as one message at the end. */
    quietHours: z
      .array(
        z.strictObject({
          ...hours,
          exceptSeverities: severities.default(['critical']),
          channels: z.array(channelName).min(1).optional(),
        }),
      )
      .max(20)
      .default([]),
  })
  .prefault({});

/** Tickets that follow an incident. */
export const ticketsSchema = z
  .strictObject({
    /** None when not given. */
    tracker: z.enum(['github-issues', 'jira', 'linear']).optional(),
    severities: severities.default(['critical', 'high']),
    /** Without it the ticket stays open for what is left to do. */
    closeOnResolve: z.boolean().default(false),
    labels: z
      .array(z.string().regex(/^[\w.-]{1,40}$/))
      .max(10)
      .default(['incident']),
    timeoutSeconds: z.number().positive().max(60).default(15),
    github: z
      .strictObject({
        /** Where incidents go; the service's own repository when not given. */
        repository: z
          .string()
          .regex(/^[\w.-]+\/[\w.-]+$/, 'expected "owner/name"')
          .optional(),
      })
      .prefault({}),
    jira: z
      .strictObject({
        url: httpUrl.optional(),
        /** Cloud: with an API token. Without it the token is a personal access token (Data Center). */
        email: address.optional(),
        apiToken: z.string().optional(),
        /** Cloud when the host ends with `.atlassian.net`, when not given. */
        deployment: z.enum(['cloud', 'data-center']).optional(),
        project: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9_]{1,49}$/, 'expected the key of a project')
          .optional(),
        issueType: z.string().min(1).max(60).default('Bug'),
        /** The transition or status by which an issue ends; by its category when not given. */
        doneStatus: z.string().min(1).max(60).optional(),
      })
      .prefault({}),
    linear: z
      .strictObject({
        url: httpUrl.default('https://api.linear.app/graphql'),
        apiKey: z.string().optional(),
        /** Key (`ENG`) or id of a team. */
        team: z.string().min(1).max(64).optional(),
      })
      .prefault({}),
  })
  .prefault({});
