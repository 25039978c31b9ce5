/** Writes `.env.example` from the environment variables that the program knows. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from '#src/config/environment.ts';

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = Object.entries(ENVIRONMENT).map(
    ([name, { about, key }]) => `# ${about} (${key})\n#${name}=\n`,
  );
  return [
    '# Copy to .env and fill in what there is; everything is optional.',
    '# A flag beats the environment, which beats this file, which beats incident.config.json.',
    '',
    lines.join('\n'),
  ].join('\n');
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '..', '.env.example'), envExample());
}
