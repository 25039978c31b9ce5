import type { Guard, TouchedFile } from '#src/fix/guards/contract.ts';
import { quoted } from '#src/fix/guards/touched.ts';

/** Words by which code and configuration open what was closed. */
const WIDENING: readonly RegExp[] = [
  /\bchmod\b[^\n]{0,40}?(?:[0-7]?[0-7]{2}[2367]\b|[ao]?\+[rwxst]{0,4}[ws])/,
  /\b0o?[0-7]?[0-7]{2}[2367]\b/,
  /\bprivileged["']?\s{0,8}[:=]\s{0,8}["']?true\b/i,
  /\ballow_?privilege_?escalation["']?\s{0,8}[:=]\s{0,8}["']?true\b/i,
  /\brun_?as_?user["']?\s{0,8}[:=]\s{0,8}["']?0\b/i,
  /\bhost_?(?:network|pid|ipc)["']?\s{0,8}[:=]\s{0,8}["']?true\b/i,
  /["']?(?:not_?)?(?:action|resource|principal)s?["']?\s{0,8}[:=]\s{0,8}\[?\s{0,8}["'](?:[a-z0-9-]{1,40}:)?\*["']/i,
  /\b(?:write|read)-all\b/,
  /\bcluster-admin\b|\bGRANT\s{1,8}ALL\b|\bNOPASSWD\b/i,
  /\baccess-control-allow-origin\b[^\n]{0,20}\*/i,
  /\b(?:reject_?unauthorized|strict_?ssl|verify|ssl_verify|check_hostname)["']?\s{0,8}[:=]\s{0,8}["']?(?:false|no|0|off|none)\b/i,
  /\binsecure_?skip_?verify["']?\s{0,8}[:=]\s{0,8}["']?true\b/i,
  /\b(?:0\.0\.0\.0\/0|::\/0)/,
];

/** Nobody may do more after the patch than before it. */
export const permissions: Guard = ({ files }) => {
  const found = files.filter((file) => becomesProgram(file) || opens(file));
  return found.length === 0
    ? { ok: true, message: 'no wider permissions' }
    : { ok: false, message: `${quoted(found.map(({ path }) => path))} given wider permissions` };
};

function becomesProgram({ oldMode, newMode }: TouchedFile): boolean {
  return newMode === '100755' && oldMode !== '100755';
}

function opens({ added, removed }: TouchedFile): boolean {
  return WIDENING.some((expression) => count(expression, added) > count(expression, removed));
}

function count(expression: RegExp, lines: readonly string[]): number {
  return lines.filter((line) => expression.test(line.slice(0, 2000))).length;
}
