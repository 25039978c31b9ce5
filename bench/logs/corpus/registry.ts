import * as infrastructure from '../styles/heldout/infrastructure.ts';
import * as mixed from '../styles/heldout/mixed.ts';
import * as applications from '../styles/tuned/applications.ts';
import * as clusters from '../styles/tuned/clusters.ts';
import * as devices from '../styles/tuned/devices.ts';
import * as fleets from '../styles/tuned/fleets.ts';
import * as hosts from '../styles/tuned/hosts.ts';
import * as platforms from '../styles/tuned/platforms.ts';
import * as products from '../styles/tuned/products.ts';
import * as servers from '../styles/tuned/servers.ts';
import * as services from '../styles/tuned/services.ts';
import * as storage from '../styles/tuned/storage.ts';
import type { Style } from './style.ts';

/** The styles that the miner's one setting was tuned on. */
export const TUNED: Style[] = [
  storage,
  hosts,
  devices,
  services,
  clusters,
  fleets,
  servers,
  applications,
  products,
  platforms,
].flatMap((m) => Object.values(m));

/** Styles written before the first run on them and never looked at while tuning. */
export const HELD_OUT: Style[] = [infrastructure, mixed].flatMap((m) => Object.values(m));
