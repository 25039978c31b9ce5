/**
 * An exported history that was cut says so in the stream itself: under this prefix stands a ref to
 * every commit whose parents were left out. The tree of such a commit is whole, but what the
 * commit itself changed cannot be told, as in a shallow clone.
 */
export const CUT_PREFIX = 'refs/incident/cut/';
