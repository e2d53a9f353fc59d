import { defineConfig } from 'vitest/config'

// `source` makes `#engine/…` (package.json `imports`) mean src/ instead of dist/, as in tsc and tsx. These conditions reach
// Node itself: with `import` among them, a `require` inside a package would get that package's ES module.
const conditions = ['source', 'node']
// As Node finds it: tests would get the package's ES module, a second graphql beside the one that Mercurius requires.
const alias = [{ find: /^graphql$/, replacement: 'graphql/index.js' }]

export default defineConfig({
  resolve: { conditions, alias },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/store/generated/**', 'src/graphql/generated/**'] },
  },
})
