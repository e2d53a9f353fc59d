// Compiles src/ to dist/, copies what is not TypeScript, and builds the web pages.
// Plain JavaScript, because `prepare` runs it when nothing else has been built.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

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

rmSync('dist', { recursive: true, force: true })
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
copyAssets('src', 'dist')
if (existsSync('web/vite.config.ts')) run('node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error')
