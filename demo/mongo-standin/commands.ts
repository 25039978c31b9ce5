import { BSON } from 'mongodb';

type Stored = BSON.Document & { _id: unknown };

/** Documents by `database.collection`, in the order of insertion. */
const collections = new Map<string, Stored[]>();

/** The reply document to a command, as MongoDB's commands of that name give it. */
export function answerCommand(command: BSON.Document): BSON.Document {
  const name = Object.keys(command)[0] ?? '';
  switch (name.toLowerCase()) {
    case 'hello':
    case 'ismaster':
      return hello();
    case 'ping':
    case 'endsessions':
    case 'killcursors':
      return { ok: 1 };
    case 'buildinfo':
      return { version: '7.0.0', versionArray: [7, 0, 0, 0], ok: 1 };
    case 'insert':
      return insert(command);
    case 'find':
      return find(command);
    case 'update':
      return update(command);
    case 'delete':
      return remove(command);
    default:
      return { ok: 0, code: 59, codeName: 'CommandNotFound', errmsg: `no such command: '${name}'` };
  }
}

function hello(): BSON.Document {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}

function namespace(command: BSON.Document, key: string): string {
  return `${String(command.$db)}.${String(command[key])}`;
}

function documentsOf(space: string): Stored[] {
  const known = collections.get(space);
  if (known) return known;
  const made: Stored[] = [];
  collections.set(space, made);
  return made;
}

function insert(command: BSON.Document): BSON.Document {
  const documents = command.documents as Stored[];
  const stored = documentsOf(namespace(command, 'insert'));
  stored.push(...documents);
  // Memory for a demo, not for a business.
  if (stored.length > 5000) stored.splice(0, stored.length - 5000);
  return { n: documents.length, ok: 1 };
}

function find(command: BSON.Document): BSON.Document {
  const space = namespace(command, 'find');
  const matching = documentsOf(space).filter(matches(command.filter as BSON.Document));
  const isNewestFirst = (command.sort as BSON.Document | undefined)?._id === -1;
  const ordered = isNewestFirst ? matching.reverse() : matching;
  const limit = Number(command.limit ?? 0);
  const firstBatch = limit > 0 ? ordered.slice(0, limit) : ordered.slice(0, 1000);
  return { cursor: { id: BSON.Long.ZERO, ns: space, firstBatch }, ok: 1 };
}

function update(command: BSON.Document): BSON.Document {
  const documents = documentsOf(namespace(command, 'update'));
  let n = 0;
  for (const { q, u } of command.updates as { q: BSON.Document; u: BSON.Document }[]) {
    const found = documents.find(matches(q));
    if (!found) continue;
    Object.assign(found, u.$set ?? {});
    n++;
  }
  return { n, nModified: n, ok: 1 };
}

function remove(command: BSON.Document): BSON.Document {
  const documents = documentsOf(namespace(command, 'delete'));
  let n = 0;
  for (const { q } of command.deletes as { q: BSON.Document }[]) {
    const at = documents.findIndex(matches(q));
    if (at < 0) continue;
    documents.splice(at, 1);
    n++;
  }
  return { n, ok: 1 };
}

/** Equality on the fields of a filter, which is all that the demo asks for. */
function matches(filter: BSON.Document | undefined): (document: Stored) => boolean {
  const wanted = Object.entries(filter ?? {});
  return (document) =>
    wanted.every(
      ([key, value]) => BSON.EJSON.stringify(document[key]) === BSON.EJSON.stringify(value),
    );
}
