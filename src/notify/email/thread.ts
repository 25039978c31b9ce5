import { shortHash } from '#src/platform/hash.ts';

/** Ids named in `References` at the most; RFC 5322 allows more, some servers cut long headers. */
const MOST_REFERENCES = 20;
const MESSAGE_ID = /^<[A-Za-z0-9.-]{1,120}@[A-Za-z0-9.-]{1,255}>$/;

/**
 * The identification of a mail (RFC 5322, 3.6.4). Each decision has an id of its own, the same on
 * every attempt. All mails of an incident refer to one root that derives from the incident's id, so
 * that they stay in one thread even where one of them was never delivered.
 */
export type Thread = { messageId: string; inReplyTo: string; references: string[] };

/**
 * @param domain right side of the ids: the sender's own domain
 * @param earlier receipts of earlier mails to the same receiver: their ids, oldest first
 */
export function threadOf(
  key: string,
  topic: string,
  domain: string,
  earlier: readonly string[],
): Thread {
  const root = `<incident.${shortHash([topic], 24)}@${domain}>`;
  const known = earlier.filter((id) => MESSAGE_ID.test(id)).slice(-MOST_REFERENCES);
  return {
    messageId: `<${shortHash(['mail', key], 32)}@${domain}>`,
    inReplyTo: known.at(-1) ?? root,
    references: [root, ...known],
  };
}
