// Writes src/engine/schemas/generated/annotations.ts: the annotations that Istio reads, where they belong, and since which release they are known. By
// hand, when a release of Istio is to be known: `node scripts/generate-annotations.mjs`, with Go on the machine and a way to its proxy.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { goModule, withScratch } from './schemas/sources.mjs'

/** One release of each minor version, the oldest first: annotations of the oldest count as always known. */
const releases = ['v1.24.0', 'v1.25.0', 'v1.26.0', 'v1.27.0', 'v1.28.0', 'v1.29.0', 'v1.30.8', 'v1.31.4', 'v1.32.0']

const path = 'src/engine/schemas/generated/annotations.ts'

withScratch((scratch) => {
  const known = new Map()
  for (const [position, version] of releases.entries()) {
    const file = join(goModule(scratch, 'istio.io/api', version), 'annotation/annotations.yaml')
    const since = position === 0 ? 0 : Number(version.split('.')[1])
    for (const { name, resources, deprecated } of load(readFileSync(file, 'utf8')).annotations) {
      const entry = known.get(name) ?? { since }
      known.set(name, { ...entry, resources, ...(deprecated ? { deprecated } : {}) })
    }
  }
  const lines = [...known]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)},`)
  const newest = Number(releases.at(-1).split('.')[1])
  writeFileSync(
    path,
    [
      '// Written by scripts/generate-annotations.mjs from the module istio.io/api (Apache-2.0); not to be changed by hand.',
      '',
      `/** The minor release of Istio 1 that the table goes up to. */\nexport const newestRelease = ${newest}`,
      '',
      '/** By name: the kinds that it belongs to, and the minor release since which it is known; 0: always. */',
      'export const annotations: Readonly<Record<string, { readonly since: number; readonly resources: readonly string[]; readonly deprecated?: boolean }>> = {',
      ...lines,
      '}',
      '',
    ].join('\n'),
  )
  console.log(`${path}: ${known.size} annotations`)
})
