import { createKit, serve } from '../../kit/server.ts';
import { openDatabase } from './database.ts';
import { addItemRoutes } from './items.ts';

const kit = createKit({
  service: 'mongo-api-service',
  loggerName: 'mongo_api',
  logDir: process.env.LOG_DIR ?? 'logs/mongo-api-service',
  version: process.env.APP_VERSION ?? 'dev',
});
const database = openDatabase(
  process.env.MONGODB_URL ?? 'mongodb://127.0.0.1:27017',
  kit.metrics,
  kit.logger,
);
kit.server.get('/health', async () => ({ status: 'ok' }));
kit.server.get('/health/ready', async (_request, reply) =>
  database.isUp
    ? { status: 'ready', mongodb: 'up' }
    : reply.code(503).send({ status: 'not ready', mongodb: 'down' }),
);
addItemRoutes(kit.server, database.items);
await serve(kit, {
  port: Number(process.env.PORT ?? 9000),
  host: process.env.HOST ?? '127.0.0.1',
  loggerName: 'mongo_api',
  close: () => database.close(),
});
