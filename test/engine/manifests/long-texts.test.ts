import { describe, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import { everyKind } from '../properties/kinds.js'

const long = 'x'.repeat(20_000)
/** What an error quotes at most, and words around it. */
const most = 1_100

type Path = readonly (string | number)[]

/** Every place of a text inside of it. */
function textsIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value === 'string') return [at]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...at, Array.isArray(value) ? Number(key) : key]))
}

function changed(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return long
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? changed(item, rest) : item))
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]: [string, unknown]) => [name, name === key ? changed(item, rest) : item]),
  )
}

const longest = (value: unknown): number => {
  if (typeof value === 'string') return value.length
  return typeof value === 'object' && value !== null ? Math.max(0, ...Object.values(value).map(longest)) : 0
}

const analyst = createInProcessAnalyst()
const basis = everyKind.filter(({ kind }) => ['Namespace', 'Service', 'Deployment'].includes(String(kind)))

async function quoted(object: object): Promise<number> {
  const clusters = [{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources: [...basis.filter((one) => one !== object), object] }]
  const body = new TextEncoder().encode(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters }))
  const answer = await analyst.validate({ body, mediaType: 'application/json' }, 0)
  return longest('problem' in answer ? answer.problem : answer.value.findings)
}

describe('a text of an object that is longer than any name', () => {
  it.each(everyKind.map((object) => [JSON.stringify([object.kind, object.apiVersion]), object] as const))(
    'is nowhere quoted whole in what is found of it: %s',
    { timeout: 120_000 },
    async (_title, object) => {
      const found: string[] = []
      for (const path of textsIn(object)) if ((await quoted(changed(object, path) as object)) > most) found.push(path.join('.'))
      expect(found).toEqual([])
    },
  )
})
