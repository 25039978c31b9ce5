import { describe, expect, it } from 'vitest';
import { gitEnvironment, HARDENED_CONFIG } from '#src/platform/git/environment.ts';
import { createGit } from '#src/platform/git/git.ts';
import { createGitFixture, temporaryFolder } from '../../changes/git-fixture.ts';

describe('the environment of git', () => {
  it('holds nothing of ours', () => {
    const environment = gitEnvironment({ gitDir: '/repo', emptyDir: '/empty' });
    expect(
      Object.keys(environment)
        .filter((name) => !name.startsWith('GIT_'))
        .sort(),
    ).toEqual([
      'EDITOR',
      'HOME',
      'LC_ALL',
      'PAGER',
      'PATH',
      'SSH_ASKPASS',
      'TZ',
      'XDG_CONFIG_HOME',
    ]);
    expect(environment).toMatchObject({
      GIT_DIR: '/repo',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: '',
    });
    expect(environment.PATH).not.toMatch(/(?:^|:)\.?(?::|$)/);
  });

  it.each([
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'protocol.allow=never',
    'credential.helper=',
  ])('sets %s', (entry) => expect(HARDENED_CONFIG).toContain(entry));

  it('lets no protocol through, even where lazy fetching is on', async () => {
    const fixture = createGitFixture();
    fixture.write('a', 'a\n');
    fixture.commit('a');
    const marks = temporaryFolder();
    for (const [key, value] of [
      ['protocol.ext.allow', 'always'],
      ['remote.origin.url', `ext::sh -c "touch ${marks}/fired"`],
      ['remote.origin.promisor', 'true'],
      ['extensions.partialClone', 'origin'],
    ]) {
      fixture.git('config', key ?? '', value ?? '');
    }
    const git = createGit({
      gitDir: `${fixture.dir}/.git`,
      emptyDir: marks,
      variables: { GIT_NO_LAZY_FETCH: '0' },
      limits: { timeoutMs: 10_000, maxBytes: 1000 },
    });
    const answer = await git.run(['cat-file', 'blob', '1'.repeat(40)]);
    expect(answer.exitCode).not.toBe(0);
    expect(answer.stderr).toContain("transport 'ext' not allowed");
  });
});
