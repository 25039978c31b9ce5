import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { selfSigned } from './self-signed.ts';

/** A mail that the server has accepted. */
export type AcceptedMail = {
  from: string;
  to: string[];
  raw: string;
  mail: ParsedMail;
  isSecure: boolean;
  user: string | null;
};

export type SmtpOptions = {
  security?: 'starttls' | 'tls' | 'none';
  /** Who may log in; without it nobody has to. */
  login?: { user: string; password: string };
  /** An SMTP answer such as `450 later` that refuses; null accepts. */
  refuse?: (stage: 'login' | 'mail' | 'rcpt' | 'data', value: string) => string | null;
  /** How long each answer to `stage` takes, in milliseconds. */
  delay?: { stage: 'connect' | 'data'; millis: number };
  port?: number;
  certificate?: { key: string; cert: string };
};

export type SmtpDouble = {
  port: number;
  ca: string;
  certificate: { key: string; cert: string };
  mails: AcceptedMail[];
  connections: number;
  stop(): Promise<void>;
};

/** A real SMTP server on a free port of this machine; ends with the test. */
export async function smtpDouble(options: SmtpOptions = {}): Promise<SmtpDouble> {
  const { security = 'starttls', login, refuse = () => null, delay } = options;
  const certificate = options.certificate ?? selfSigned();
  const double: SmtpDouble = {
    port: 0,
    ca: certificate.cert,
    certificate,
    mails: [],
    connections: 0,
    stop,
  };
  const answer = (text: string | null): Error | undefined => {
    if (text === null) return undefined;
    return Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) });
  };
  const after = (stage: string, done: () => void): void => {
    if (delay?.stage === stage) setTimeout(done, delay.millis);
    else done();
  };
  const settings: SMTPServerOptions = {
    ...certificate,
    secure: security === 'tls',
    disabledCommands: [...(security === 'none' ? ['STARTTLS'] : []), ...(login ? [] : ['AUTH'])],
    authOptional: !login,
    logger: false,
    onConnect: (_session, done) => {
      double.connections++;
      after('connect', () => done());
    },
    onAuth: ({ username = '', password }, _session, done) => {
      const refused = answer(refuse('login', username));
      if (refused) done(refused);
      else if (username === login?.user && password === login.password)
        done(null, { user: username });
      else done(answer('535 wrong user or password'));
    },
    onMailFrom: ({ address }, _session, done) => done(answer(refuse('mail', address))),
    onRcptTo: ({ address }, _session, done) => done(answer(refuse('rcpt', address))),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => after('data', () => void takeIn(chunks, session).then(done, done)));
    },
  };
  /** @returns what refuses it, if anything does */
  async function takeIn(
    chunks: readonly Buffer[],
    { envelope, secure, user }: SMTPServerSession,
  ): Promise<Error | undefined> {
    const bytes = Buffer.concat(chunks);
    const raw = bytes.toString('utf8');
    const refused = answer(refuse('data', raw));
    if (refused) return refused;
    const { mailFrom, rcptTo } = envelope;
    double.mails.push({
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      raw,
      mail: await simpleParser(bytes),
      isSecure: secure,
      user: typeof user === 'string' ? user : null,
    });
    return undefined;
  }
  const server = new SMTPServer(settings);
  // Clients that break off in the middle of a handshake are a part of the tests.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  double.port = (server.server.address() as AddressInfo).port;
  let stopped: Promise<void> | undefined;
  function stop(): Promise<void> {
    stopped ??= new Promise((resolve) => {
      server.close(() => resolve());
      for (const connection of server.connections) connection.close();
    });
    return stopped;
  }
  onTestFinished(stop);
  return double;
}
