import { describe, expect, it } from 'vitest';
import { symptomsOfText } from '#src/changes/seen/log-symptoms.ts';
import { messageOf } from '#src/changes/seen/message-of.ts';

describe('messageOf', () => {
  it.each([
    [
      'Java',
      'java.lang.IllegalStateException: no rate\n\tat com.x.TimeoutFilter.run(TimeoutFilter.java:12)\n\t... 12 more',
    ],
    ['Node', 'Error: no rate\n    at load (/srv/connection-pool.js:4:2)'],
    ['Python', 'ValueError: no rate\n  File "/srv/timeout.py", line 3, in run\n    disk.full()'],
    ['Ruby', "no rate\n/srv/lib/lock_pool.rb:12:in `run'\nfrom /srv/lib/tls.rb:3:in `call'"],
    ['Go', 'panic: no rate\nmain.run(0x1, 0x2)\n\t/srv/timeout.go:12 +0x1d'],
    ['PHP', 'RuntimeException: no rate\n#0 /srv/src/Timeout.php(12): run()\n#1 {main}'],
    ['Elixir', '** (RuntimeError) no rate\n    (shop 0.1.0) lib/timeout.ex:12: Shop.run/1'],
    ['in JSON', '{"error":"no rate\\n    at load (/srv/timeout.js:4:2)"}'],
  ])('keeps what a record of %s says and drops where', (_name, text) => {
    expect(messageOf(text)).toContain('no rate');
    expect(messageOf(text)).not.toMatch(/timeout|lock_pool|connection-pool|disk/i);
    expect(symptomsOfText(text)).not.toContain('timeout');
  });

  it('keeps the causes between frames', () => {
    const text =
      'A: a\n\tat x.Y.z(Y.java:1)\nCaused by: B: connection refused\n\tat x.Y.z(Y.java:2)';
    expect(messageOf(text)).toBe('A: a\nCaused by: B: connection refused');
  });

  it('takes linear time', () => {
    const text = `x\n${' '.repeat(200_000)}${'a('.repeat(100_000)}\n`.repeat(3);
    const started = performance.now();
    messageOf(text);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
