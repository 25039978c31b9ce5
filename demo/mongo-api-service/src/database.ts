import { type Collection, MongoClient } from 'mongodb';
import type { ServiceLogger } from '../../kit/logger.ts';
import type { ServiceMetrics } from '../../kit/metrics.ts';
import type { Item } from './items.ts';

const CHECK_EVERY_MS = 5000;
const CHECK_TIMEOUT_MS = 1500;

export type Database = {
  items(): Collection<Item>;
  readonly isUp: boolean;
  close(): Promise<void>;
};

/** MongoDB, asked every five seconds whether it is there. */
export function openDatabase(
  url: string,
  metrics: ServiceMetrics,
  logger: ServiceLogger,
): Database {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: 2000,
    connectTimeoutMS: 2000,
    socketTimeoutMS: 5000,
  });
  let isUp = false;
  const check = async (): Promise<void> => {
    const wasUp = isUp;
    try {
      await client.db('admin').command({ ping: 1 }, { timeoutMS: CHECK_TIMEOUT_MS });
      isUp = true;
    } catch (error) {
      isUp = false;
      if (wasUp) logger.error('mongo_api.dependency', 'mongodb does not answer', error);
    }
    if (isUp && !wasUp) logger.info('mongo_api.dependency', 'mongodb answers');
    metrics.dependency('mongodb', isUp);
  };
  const timer = setInterval(() => void check(), CHECK_EVERY_MS);
  void check();
  return {
    items: () => client.db('shop').collection<Item>('items'),
    get isUp() {
      return isUp;
    },
    close: async () => {
      clearInterval(timer);
      await client.close();
    },
  };
}
