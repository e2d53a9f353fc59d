import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { costOf } from './cost-of.js'
import type { Figure } from './figure.js'
import { median } from './median.js'

const manifest = `apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { ports: [{ name: http, port: 9080 }] }
`

/** (g) Processor time of the command line for as good as nothing, against that of Node for nothing. */
export function measureStartUp(rounds: number): readonly Figure[] {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-start-'))
  const file = join(directory, 'service.yaml')
  writeFileSync(file, manifest)
  const calls = { '--version': ['--version'], 'validate of one Service': ['validate', file] }
  const middleOf = (words: readonly string[]): number => median(Array.from({ length: rounds }, () => costOf(words).processor))
  try {
    const floor = middleOf(['-e', '0'])
    return Object.entries(calls).map(([name, words]) => {
      const cost = middleOf(['dist/cli/main.js', ...words])
      const detail = `${cost.toFixed(0)} ms over ${floor.toFixed(0)} ms of processor time`
      return { name: `(g) ${name} / node -e 0`, measured: cost / floor, target: 2.9, holds: 'AT_MOST', detail }
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
