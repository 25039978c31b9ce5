import { describe, expect, it } from 'vitest';
import { InputError } from '#src/domain/errors.ts';
import { checkArguments, isFullSha, isRevision } from '#src/platform/git/arguments.ts';

describe('checkArguments', () => {
  it.each([
    [['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']],
    [['grep', '-z', '-F', '-e', '--open-files-in-pager=touch x', 'HEAD', '--']],
    [['blame', '--porcelain', '-L', '1,2', 'HEAD', '--', '--contents']],
    [['rev-list', '--max-count=3', 'HEAD', '--', '-x\n']],
  ])('lets through %j', (args) => {
    expect(() => checkArguments(args)).not.toThrow();
  });

  it.each([
    [['push', 'origin']],
    [['toString']],
    [['']],
    [['-c', 'alias.x=!sh', 'x']],
    [['grep', '-O', 'sh', '-e', 'x', 'HEAD']],
    [['grep', '--open-files-in-pager=sh', '-e', 'x']],
    [['rev-list', '--output=/tmp/x', 'HEAD']],
    [['rev-list', '--max-countx=3', 'HEAD']],
    [['diff-tree', '--ext-diff', 'HEAD']],
    [['diff-tree', '--output=/etc/passwd', 'HEAD']],
    [['blame', '--contents=/etc/passwd', 'HEAD', '--', 'a']],
    [['fast-export', '--export-marks=/tmp/x', 'HEAD']],
    [['fast-import', '--allow-unsafe-features']],
    [['cat-file', '--textconv', 'HEAD:a']],
    [['cat-file', 'blob', 'a\0b']],
    [['ls-tree', 'HEAD', '--', 'a\0b']],
    [['grep', '-e']],
  ])('refuses %j', (args) => {
    expect(() => checkArguments(args)).toThrow(InputError);
  });
});

describe('isRevision', () => {
  it.each([
    'HEAD',
    'main',
    'release/2.1',
    'v1.0.0',
    'a1b2c3d',
    'HEAD~3',
    'main^2',
    'feature/x-y_z',
  ])('takes %s', (text) => expect(isRevision(text)).toBe(true));
  it.each([
    '',
    '-x',
    '--all',
    'a..b',
    'a...b',
    ':/fix',
    'HEAD:file',
    '@{-1}',
    'main@{yesterday}',
    'a b',
    'a\nb',
    'a\0b',
    '^main',
    'x'.repeat(300),
    'main^{/fix}',
  ])('refuses %j', (text) => expect(isRevision(text)).toBe(false));

  it('tells full object names', () => {
    expect(isFullSha('a'.repeat(40))).toBe(true);
    expect(isFullSha('a'.repeat(64))).toBe(true);
    expect(isFullSha('A'.repeat(40))).toBe(false);
    expect(isFullSha('a'.repeat(41))).toBe(false);
  });
});
