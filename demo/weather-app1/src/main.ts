import { createKit, serve } from '../../kit/server.ts';
import { addRoutes } from './app.ts';

const kit = createKit({
  service: 'weather-app1',
  loggerName: 'weather_app',
  logDir: process.env.LOG_DIR ?? 'logs/weather-app1',
  version: process.env.APP_VERSION ?? 'dev',
});
addRoutes(kit.server, process.env.PROVIDER_URL ?? 'https://api.open-meteo.com');
await serve(kit, {
  port: Number(process.env.PORT ?? 8000),
  host: process.env.HOST ?? '127.0.0.1',
  loggerName: 'weather_app',
});
