import { isSea } from 'node:sea';

/** How this very program is started once more: from sources, as a bundle, or as one executable. */
export function selfCommand(): { command: string; args: string[] } {
  const { execPath, execArgv, argv } = process;
  const entry = argv[1];
  if (isSea() || entry === undefined) return { command: execPath, args: [] };
  // A debugger's port cannot be had twice.
  const flags = execArgv.filter((flag) => !flag.startsWith('--inspect'));
  return { command: execPath, args: [...flags, entry] };
}
