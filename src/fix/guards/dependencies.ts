import type { Guard, TouchedFile } from '#src/fix/guards/contract.ts';
import { quoted } from '#src/fix/guards/touched.ts';
import { matchesAny } from '#src/fix/paths/pattern.ts';

/** Files in which projects name what they depend on. */
const MANIFESTS = [
  ...['package.json', 'deno.json', 'requirements*.txt', 'pyproject.toml', 'Pipfile', 'setup.py'],
  ...['setup.cfg', 'environment.yml', 'go.mod', 'Cargo.toml', 'pom.xml', 'build.gradle*'],
  ...['libs.versions.toml', 'Gemfile', '*.gemspec', 'composer.json', '*.csproj', '*.fsproj'],
  ...['Directory.Packages.props', 'packages.config', 'mix.exs', 'pubspec.yaml', 'build.sbt'],
  ...['Package.swift', 'Podfile', 'conanfile.*', 'vcpkg.json', 'rebar.config', 'stack.yaml'],
];
const VERSION = /[\^~=<>!]{0,3}\s?v?\d[\w.+-]{0,60}/g;

/** Nothing new to depend on; another version of what is there already may come in. */
export const dependencies: Guard = ({ files }) => {
  const found = files.filter((file) => matchesAny(MANIFESTS, file.path) && addsAny(file));
  return found.length === 0
    ? { ok: true, message: 'no new dependency' }
    : { ok: false, message: `${quoted(found.map(({ path }) => path))} given new entries` };
};

function addsAny({ added, removed }: TouchedFile): boolean {
  const known = new Set(removed.map(withoutVersion));
  return added.map(withoutVersion).some((line) => /[\p{L}\p{N}]/u.test(line) && !known.has(line));
}

function withoutVersion(line: string): string {
  return line.replace(VERSION, '').replace(/[\s,]/g, '');
}
