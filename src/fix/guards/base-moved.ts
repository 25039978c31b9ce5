import { type Guard, NOT_ASKED } from '#src/fix/guards/contract.ts';

/** The patch was proven on what the base branch still is, byte for byte. */
export const baseMoved: Guard = ({ host, base }) => {
  if (host === null) return NOT_ASKED;
  const short = base.name.slice(0, 10);
  if (host.base.commit !== base.name && host.base.commit !== base.commit) {
    const theirs = host.base.commit.slice(0, 10);
    return {
      ok: false,
      message: `the base branch is at ${theirs}, the patch was proven on ${short}. Fetch, and run it again`,
    };
  }
  return host.base.tree === base.tree
    ? { ok: true, message: `the base branch is still at ${short}` }
    : {
        ok: false,
        message: `commit ${short} holds other files here than there; a redacted recording cannot be the base of a change`,
      };
};
