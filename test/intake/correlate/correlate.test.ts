import { describe, expect, it } from 'vitest';
import { alertOf } from '../../helpers/alerts.ts';
import { MINUTE, SECOND, START, World } from './world.ts';

const SERVICES = [
  { name: 'shop', depends_on: ['cart', 'catalog'] },
  { name: 'cart', depends_on: ['database'] },
  { name: 'catalog', depends_on: ['database'] },
  { name: 'database' },
  { name: 'mailer' },
];
const down = (service: string, more: Record<string, string> = {}) => ({
  alertname: 'ServiceDown',
  service,
  severity: 'critical',
  ...more,
});

describe('deliveries of one alert', () => {
  it('opens an incident with the first and adds nothing but a repeat with the next', () => {
    const world = new World(SERVICES);
    const alert = alertOf(down('mailer'), START);
    world.deliver([alert], START + SECOND);
    const second = world.deliver([alert], START + 4 * 60 * MINUTE);
    expect(world.only).toMatchObject({ status: 'open', service: 'mailer', severity: 'critical' });
    expect(second.repeated).toHaveLength(1);
    expect(second.started).toEqual([]);
    expect(second.investigate).toEqual([]);
    expect(second.events).toEqual([]);
  });

  it('counts an alert once that a batch holds twice', () => {
    const world = new World(SERVICES);
    const alert = alertOf(down('mailer'), START);
    const plan = world.deliver([alert, alert], START);
    expect(plan.started).toHaveLength(1);
    expect(plan.repeated).toHaveLength(1);
  });

  it('derives the id from the alert alone', () => {
    const ids = [START, START + 9 * MINUTE].map((receivedAt) => {
      const world = new World(SERVICES);
      world.deliver([alertOf(down('mailer'), START)], receivedAt);
      return world.only.id;
    });
    expect(ids[0]).toBe(ids[1]);
  });

  it('resolves the incident when the last of its alerts is resolved', () => {
    const world = new World(SERVICES);
    const one = down('mailer', { instance: 'a' });
    const other = down('mailer', { instance: 'b' });
    world.deliver([alertOf(one, START), alertOf(other, START)], START);
    world.deliver([alertOf(one, START, { endsAt: START + MINUTE })], START + MINUTE);
    expect(world.only.status).toBe('open');
    const last = world.deliver(
      [alertOf(other, START, { endsAt: START + MINUTE })],
      START + 2 * MINUTE,
    );
    expect(world.only).toMatchObject({ status: 'resolved', resolvedAt: START + 2 * MINUTE });
    expect(last.events.map(({ kind }) => kind)).toEqual(['resolved']);
  });

  it('ends the open occurrence when the resolved notice has another start', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('mailer'), START)], START);
    world.deliver(
      [alertOf(down('mailer'), START - 30 * SECOND, { endsAt: START + MINUTE })],
      START + MINUTE,
    );
    expect(world.only.status).toBe('resolved');
  });

  it('keeps an alert that was never seen to fire, without an incident', () => {
    const world = new World(SERVICES);
    const plan = world.deliver([alertOf(down('mailer'), START, { endsAt: START + 1 })], START + 2);
    expect(world.list).toEqual([]);
    expect(plan.started).toHaveLength(1);
  });

  it('takes a late delivery of what is over for a repeat, and a later one for firing again', () => {
    const world = new World(SERVICES);
    const alert = alertOf(down('mailer'), START);
    world.deliver([alert], START);
    world.deliver([alertOf(down('mailer'), START, { endsAt: START + MINUTE })], START + MINUTE);
    const late = world.deliver([alert], START + MINUTE + 5 * SECOND);
    expect(late.repeated).toHaveLength(1);
    expect(world.only.status).toBe('resolved');
    const again = world.deliver([alert], START + 10 * MINUTE);
    expect(again.resumed).toHaveLength(1);
    expect(world.only.status).toBe('open');
  });
});

describe('an incident that comes back', () => {
  const episode = (world: World, at: number, length = MINUTE) => {
    world.deliver([alertOf(down('mailer'), at)], at);
    return world.deliver([alertOf(down('mailer'), at, { endsAt: at + length })], at + length);
  };

  it('keeps its id within the window and is another one after it', () => {
    const world = new World(SERVICES);
    episode(world, START);
    const { id } = world.only;
    const plan = world.deliver([alertOf(down('mailer'), START + 20 * MINUTE)], START + 20 * MINUTE);
    expect(world.only).toMatchObject({ id, status: 'open', resolvedAt: null });
    expect(plan.events.map(({ kind }) => kind)).toEqual(['reopened']);
    expect(plan.investigate).toHaveLength(1);
    world.deliver(
      [alertOf(down('mailer'), START + 20 * MINUTE, { endsAt: START + 21 * MINUTE })],
      START + 21 * MINUTE,
    );
    world.deliver([alertOf(down('mailer'), START + 60 * MINUTE)], START + 60 * MINUTE);
    expect(world.list).toHaveLength(2);
  });

  it('comes back by an alert of the same name on another instance', () => {
    const world = new World(SERVICES);
    const [a, b] = [down('mailer', { instance: 'a' }), down('mailer', { instance: 'b' })];
    world.deliver([alertOf(a, START)], START);
    world.deliver([alertOf(a, START, { endsAt: START + MINUTE })], START + MINUTE);
    world.deliver([alertOf(b, START + 5 * MINUTE)], START + 5 * MINUTE);
    expect(world.only.status).toBe('open');
  });

  it('flaps after so many starts: no more investigations, and it stays until it is quiet', () => {
    const world = new World(SERVICES);
    const wanted: number[] = [];
    for (let turn = 0; turn < 6; turn++) {
      const at = START + turn * 3 * MINUTE;
      wanted.push(world.deliver([alertOf(down('mailer'), at)], at).investigate.length);
      world.deliver([alertOf(down('mailer'), at, { endsAt: at + MINUTE })], at + MINUTE);
    }
    expect(world.only).toMatchObject({ isFlapping: true, status: 'mitigated' });
    expect(wanted).toEqual([1, 1, 1, 1, 0, 0]);
    const flapped = world.plans.flatMap((plan) => plan.events).filter((e) => e.kind === 'flapping');
    expect(flapped).toHaveLength(1);
  });

  it('ends an occurrence whose end was never told when the next begins', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('mailer'), START)], START);
    world.deliver([alertOf(down('mailer'), START + 9 * MINUTE)], START + 9 * MINUTE);
    expect(world.only.parts).toMatchObject([{ firing: 1, total: 2 }]);
    world.deliver(
      [alertOf(down('mailer'), START + 9 * MINUTE, { endsAt: START + 10 * MINUTE })],
      START + 10 * MINUTE,
    );
    expect(world.only.status).toBe('resolved');
  });
});

describe('grouping', () => {
  it('makes one incident of one service within the window, another one after it', () => {
    const world = new World(SERVICES);
    const slow = { alertname: 'Slow', service: 'mailer', severity: 'warning' };
    const full = { alertname: 'DiskFull', service: 'mailer', severity: 'warning' };
    world.deliver([alertOf(down('mailer'), START)], START);
    world.deliver([alertOf(slow, START + 20 * MINUTE)], START + 20 * MINUTE);
    expect(world.list).toHaveLength(1);
    world.deliver([alertOf(full, START + 90 * MINUTE)], START + 90 * MINUTE);
    expect(world.list).toHaveLength(2);
  });

  it('follows the dependency graph, and names the dependency as the first mover', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('shop'), START)], START);
    world.deliver([alertOf(down('cart'), START + 10 * SECOND)], START + 10 * SECOND);
    world.deliver([alertOf(down('database'), START + 40 * SECOND)], START + 40 * SECOND);
    expect(world.only).toMatchObject({
      service: 'database',
      title: 'ServiceDown on database and 2 more services',
    });
  });

  it('unites incidents when the service between them alerts too', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('cart'), START)], START);
    world.deliver([alertOf(down('catalog'), START + SECOND)], START + SECOND);
    expect(world.list).toHaveLength(2);
    const [older] = world.list;
    const plan = world.deliver([alertOf(down('database'), START + MINUTE)], START + MINUTE);
    expect(world.only.id).toBe(older?.id);
    expect(plan.merged).toHaveLength(1);
    expect(world.only.parts.map((part) => part.service).sort()).toEqual([
      'cart',
      'catalog',
      'database',
    ]);
    expect(world.occurrences.every((one) => one.incidentId === world.only.id)).toBe(true);
  });

  it('leaves an incident alone that a person has taken on', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('cart'), START)], START);
    world.deliver([alertOf(down('catalog'), START + SECOND)], START + SECOND);
    for (const sketch of world.list)
      world.incidents.set(sketch.id, { ...sketch, isAcknowledged: true });
    world.deliver([alertOf(down('database'), START + MINUTE)], START + MINUTE);
    expect(world.list).toHaveLength(2);
  });

  it('does not take what happens to neighbours much later for the same', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('shop'), START)], START);
    world.deliver([alertOf(down('cart'), START + 6 * MINUTE)], START + 6 * MINUTE);
    expect(world.list).toHaveLength(2);
  });

  it('keeps services apart that have nothing to do with each other', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('shop'), START), alertOf(down('mailer'), START)], START);
    expect(world.list).toHaveLength(2);
  });

  it('gives an analysis that was asked for an incident of its own', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('mailer'), START)], START);
    world.deliver([alertOf({ alertname: 'Asked', service: 'mailer' }, START)], START, true);
    world.deliver([alertOf(down('mailer', { instance: 'b' }), START)], START);
    expect(world.list.map(({ isSolo }) => isSolo).sort()).toEqual([false, true]);
  });

  it('raises the severity with a worse alert and never lowers it', () => {
    const world = new World(SERVICES);
    const alert = (severity: string) => ({ alertname: severity, service: 'mailer', severity });
    world.deliver([alertOf(alert('warning'), START)], START);
    const worse = world.deliver([alertOf(alert('critical'), START)], START + SECOND);
    world.deliver([alertOf(alert('info'), START)], START + 2 * SECOND);
    expect(world.only.severity).toBe('critical');
    expect(worse.events.map(({ kind }) => kind)).toEqual(['severity-raised']);
  });

  it('asks for another look when alerts of a new kind come, not for more of the same', () => {
    const world = new World(SERVICES);
    world.deliver([alertOf(down('mailer', { instance: 'a' }), START)], START);
    const same = world.deliver([alertOf(down('mailer', { instance: 'b' }), START)], START + SECOND);
    const other = world.deliver(
      [alertOf({ alertname: 'Slow', service: 'mailer' }, START)],
      START + SECOND,
    );
    expect(same.investigate).toEqual([]);
    expect(other.investigate).toHaveLength(1);
  });
});

describe('names from outside', () => {
  it('are shown on one line, well-formed and cut', () => {
    const world = new World();
    const service = `\u001b[31mevil\n\ud800${'x'.repeat(5000)}`;
    world.deliver([alertOf({ alertname: 'A\u202eB', service }, START)], START);
    expect(world.only.service.length).toBeLessThanOrEqual(200);
    expect(world.only.service.isWellFormed()).toBe(true);
    for (const bad of ['\n', '\u001b', '\u202e']) expect(world.only.title).not.toContain(bad);
  });

  it('may be missing', () => {
    const world = new World();
    world.deliver([alertOf({}, START)], START);
    expect(world.only).toMatchObject({ service: 'unknown', title: 'alert on unknown' });
  });
});
