import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figure.js'
import { median } from './median.js'

/** Loaded before a program, tells at its end what processor time it took, in microseconds. */
const telling = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs'
  process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(2, '\\n' + (user + system)) })
`)}`

const manifest = `apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { ports: [{ name: http, port: 9080 }] }
`

function costOf(words: readonly string[]): number {
  const { status, stderr } = spawnSync(process.execPath, ['--import', telling, ...words], { encoding: 'utf8' })
  const cost = Number(stderr.slice(stderr.lastIndexOf('\n')))
  if (status !== 0 || !(cost > 0)) throw new Error(`\`${words.join(' ')}\` failed: ${stderr}`)
  return cost / 1_000
}

/** (g) Processor time of the command line for as good as nothing, against that of Node for nothing. */
export function measureStartUp(rounds: number): readonly Figure[] {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-start-'))
  const file = join(directory, 'service.yaml')
  writeFileSync(file, manifest)
  const calls = { '--version': ['--version'], 'validate of one Service': ['validate', file] }
  try {
    const floor = median(Array.from({ length: rounds }, () => costOf(['-e', '0'])))
    return Object.entries(calls).map(([name, words]) => {
      const cost = median(Array.from({ length: rounds }, () => costOf(['dist/cli/main.js', ...words])))
      const detail = `${cost.toFixed(0)} ms over ${floor.toFixed(0)} ms of processor time`
      return { name: `(g) ${name} / node -e 0`, measured: cost / floor, target: 2.9, holds: 'AT_MOST', detail }
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
