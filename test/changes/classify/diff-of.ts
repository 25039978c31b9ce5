/** Makes a git diff of one file from lines that begin with a blank, `-` or `+`. */
export function diffOf(
  path: string,
  body: string,
  options: { section?: string; start?: number; status?: 'added' | 'deleted' } = {},
): string {
  const lines = body.replace(/^\n/, '').replace(/\n$/, '').split('\n');
  const count = (signs: string): number =>
    lines.filter((line) => signs.includes(line[0] ?? ' ')).length;
  const start = options.start ?? 10;
  const [old, now] = [
    options.status === 'added' ? '/dev/null' : `a/${path}`,
    options.status === 'deleted' ? '/dev/null' : `b/${path}`,
  ];
  const mode =
    options.status === 'added'
      ? 'new file mode 100644\n'
      : options.status === 'deleted'
        ? 'deleted file mode 100644\n'
        : '';
  const ranges = `-${options.status === 'added' ? 0 : start},${count(' -')} +${options.status === 'deleted' ? 0 : start},${count(' +')}`;
  return `diff --git a/${path} b/${path}\n${mode}--- ${old}\n+++ ${now}\n@@ ${ranges} @@ ${options.section ?? ''}\n${lines.join('\n')}\n`;
}
