/** Characters that some file systems leave out of names, so that `.g\u200cit` would be `.git`. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Whether a path of a tree may be written below a folder: relative, without empty or dotted parts,
 * and no part that any file system takes for `.git`.
 */
export function isSafePath(path: string): boolean {
  if (path === '' || path.includes('\0')) return false;
  return (
    path.split('/').every((part) => {
      if (part === '' || part === '.' || part === '..') return false;
      const plain = part.replace(IGNORED, '').toLowerCase();
      return !/^(?:\.git|git~\d)[ .]{0,20}(?::.{0,200})?$/s.test(plain);
    }) &&
    (process.platform !== 'win32' || !/[\\:]/.test(path))
  );
}

/**
 * Whether a link at `path` with this target stays inside the root, whatever other links there are:
 * it may go up only at its beginning, where the folders are real ones.
 */
export function linkStaysInside(path: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || /[\0\\]/.test(target)) return false;
  let depth = path.split('/').length - 1;
  let isUp = true;
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (!isUp || --depth < 0) return false;
    } else {
      isUp = false;
      if (part.toLowerCase() === '.git') return false;
    }
  }
  return true;
}
