// Compiles src/ to dist/, copies what is not TypeScript, bundles the command line and the service, and builds the web pages.
// Plain JavaScript, because `prepare` runs it when nothing else has been built.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bundleCli } from './bundle-cli.mjs'
import { bundleService } from './bundle-service.mjs'

const copied = /\.(graphql|json|mjs|cjs|sql)$/

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

function copyAssets(from, to) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    if (entry.isDirectory()) copyAssets(source, join(to, entry.name))
    else if (copied.test(entry.name)) cpSync(source, join(to, entry.name))
  }
}

// Built beside dist/ and then moved into its place: two builds at once, or a service still running, must not see half of one.
const staging = `.build-${process.pid}`
process.on('exit', () => rmSync(staging, { recursive: true, force: true }))
run('node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', staging)
copyAssets('src', staging)
await bundleCli(staging)
await bundleService(staging)
run(
  'node_modules/vite/bin/vite.js',
  'build',
  '--config',
  'web/vite.config.ts',
  '--logLevel',
  'error',
  '--outDir',
  resolve(staging, 'web/graphiql'),
)
rmSync('dist', { recursive: true, force: true })
renameSync(staging, 'dist')
