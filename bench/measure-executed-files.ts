import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figure.js'

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly functionName: string
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[]
    }[]
  }[]
}

const call = ['trace', 'examples/multiple-clusters', '--from', 'west/shop/client', '--to', 'reviews.shop:9080']

/** (f) Files of the sources, which dist/ has bundled, of which one plain trace on the command line runs a function: loading a file runs its outermost code only and does not count. */
export function measureExecutedFiles(): Figure {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-coverage-'))
  try {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-C', 'source', 'src/cli/main.ts', ...call], {
      env: { ...process.env, NODE_V8_COVERAGE: directory },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`the trace failed: ${stderr}`)
    const files = readdirSync(directory).flatMap((name) => executedIn(readFileSync(join(directory, name), 'utf8')))
    const rooms = new Set(files.map((file) => file.slice(0, file.lastIndexOf('/'))))
    return {
      name: '(f) files that one plain trace runs code of',
      measured: new Set(files).size,
      target: 400,
      holds: 'AT_MOST',
      detail: `in ${rooms.size} folders; docs/decisions/0015 says why not fewer`,
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Whatever runs TypeScript as it is adds this one to each file, to keep the names of functions. */
const added = '__name'

const executedIn = (text: string): readonly string[] => {
  const { result } = JSON.parse(text) as Coverage
  return result
    .filter(({ functions }) =>
      functions.some(
        ({ functionName, ranges: [whole] }) => functionName !== added && whole !== undefined && whole.startOffset > 0 && whole.count > 0,
      ),
    )
    .flatMap(({ url }) => /\/src\/(.*\.ts)$/.exec(url)?.[1] ?? [])
}
