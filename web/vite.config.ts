import { defineConfig } from 'vite'

/** One page so far: GraphiQL. Everything it needs is built in, because a page may load nothing from elsewhere. */
export default defineConfig({
  root: `${import.meta.dirname}/graphiql`,
  base: '/graphiql/',
  build: { outDir: '../../dist/web/graphiql', emptyOutDir: true, chunkSizeWarningLimit: 8_000 },
})
