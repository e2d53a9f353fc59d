import { defineConfig } from 'vitest/config'

// `source` makes `#engine/…` (package.json `imports`) mean src/ instead of dist/, as in tsc and tsx. These conditions reach
// Node itself: with `import` among them, a `require` inside a package would get that package's ES module.
const conditions = ['source', 'node']
// As Node finds it: tests would get the package's ES module, a second graphql beside the one that Mercurius requires.
const alias = [{ find: /^graphql$/, replacement: 'graphql/index.js' }]

const engine = 'test/engine/**/*.test.ts'
/** Folders whose tests leave their process as it was: its environment, its modules, its clock. */
const sharing =
  '{access,bench,cli,collector,conformance,deploy,formats,golden,graphql,http,operations,otlp,process,real-inputs,rest,site,store}'

export default defineConfig({
  resolve: { conditions, alias },
  ssr: { resolve: { conditions } },
  test: {
    globalSetup: 'test/own-scratch.ts',
    // The engine is values in, values out, and each app is made anew and closed: such tests share what is loaded, which is most of what a file of them costs.
    projects: [
      { extends: true, test: { name: 'engine', include: [engine], isolate: false } },
      { extends: true, test: { name: 'doors', include: [`test/${sharing}/**/*.test.ts`], isolate: false } },
      // By pattern and not by `exclude`, which would take the place of the command line's.
      {
        extends: true,
        test: { name: 'service', include: ['test/*.test.ts', `test/!(engine|${sharing.slice(1, -1).replaceAll(',', '|')})/**/*.test.ts`] },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/store/generated/**', 'src/graphql/generated/**'] },
  },
})
