import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], testTimeout: number) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, environment: 'node' as const },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['test/**/*.test.ts', '!test/conformance/**', '!test/e2e/**'], 20_000),
      project('conformance', ['test/conformance/**/*.test.ts'], 20_000),
      project('e2e', ['test/e2e/**/*.test.ts'], 300_000),
    ],
  },
});
