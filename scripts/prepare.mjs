// What npm runs once everything is installed: builds. Where the tools to build with were left out (`--omit=dev`), there is nothing to do
// here, and an installation that only runs what is built must not fail over it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

if (existsSync('node_modules/prisma') && existsSync('node_modules/vite')) {
  for (const args of [['node_modules/prisma/build/index.js', 'generate'], ['scripts/build.mjs']]) {
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
    if (status !== 0) process.exit(status ?? 1)
  }
} else if (!existsSync('dist/main.js')) {
  console.log('sightline: nothing is built, as what builds it is left out: `npm ci && npm prune --omit=dev --omit=optional` builds first')
}
