import type { Guard, TouchedFile } from '#src/fix/guards/contract.ts';
import { quoted } from '#src/fix/guards/touched.ts';

/** Only text files: no links, no submodules, nothing binary, no names that trick tools. */
export const plainFiles: Guard = ({ files }) => {
  const odd = files.filter((file) => oddness(file) !== null);
  const [first] = odd;
  if (!first) return { ok: true, message: 'text files only' };
  return { ok: false, message: `${quoted([first.path])} ${oddness(first)}` };
};

function oddness({ path, oldPath, oldMode, newMode, isBinary }: TouchedFile): string | null {
  const modes = [oldMode, newMode];
  if (modes.includes('120000')) return 'a symbolic link';
  if (modes.includes('160000')) return 'a submodule';
  if (isBinary) return 'a binary file';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
  const trick = /[\u0000-\u001f\u007f\ufffd]|^-|\/-/;
  return trick.test(path) || trick.test(oldPath)
    ? 'a name with control characters or dashes'
    : null;
}
