import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Stage } from '#engine/model/verdict'

const room = 'src/engine/analysis/near'

/** Who looks for what nearly had a say in each stage; or why nothing is looked for. */
const nearest: Readonly<Record<Stage, readonly string[] | string>> = {
  NAME: ['near-names', 'near-unread', 'near-network-policies'],
  SCOPE: ['near-sidecars', 'near-unread'],
  ROUTE: ['near-fates', 'near-unread', 'near-routes', 'near-rules', 'near-written'],
  DISCOVERY: ['selector-miss'],
  NETWORK: ['near-entrances', 'near-gateways', 'near-instances', 'near-passthrough', 'near-subsets'],
  NETWORK_POLICY: ['near-network-policies'],
  TRANSPORT: ['near-modes'],
  TRUST: 'certificates and roots are compared as a whole: the sentence names both',
  AUTHORIZATION: ['near-policies'],
  DISTRIBUTION: 'nothing contends: the settings of the rule in force are named',
}

const sources = readdirSync('src/engine/analysis', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const importing = (finder: string): readonly string[] =>
  sources.filter((file) => !file.startsWith('near/') && readFileSync(join('src/engine/analysis', file), 'utf8').includes(`/${finder}.js'`))

describe('what nearly had a say', () => {
  it.each(Stage.enum)('is looked for at %s, or it is said why not', (stage) => {
    const found = nearest[stage]
    if (typeof found === 'string') return expect(found).toMatch(/^[a-z].{20,}[^.]$/)
    for (const finder of found) expect(importing(finder)).not.toEqual([])
  })

  it('is looked for by nobody who is not told of here', () => {
    const told = new Set(Object.values(nearest).flatMap((found) => (typeof found === 'string' ? [] : found)))
    const finders = readdirSync(room).map((file) => file.replace('.ts', ''))
    expect(
      finders.filter(
        (finder) =>
          importing(finder).length > 0 &&
          !['near-miss', 'near-by-code'].includes(finder) &&
          finder.startsWith('near-') &&
          !told.has(finder),
      ),
    ).toEqual([])
  })
})
