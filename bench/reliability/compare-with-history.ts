import { type Acknowledged, type History, writtenTopologies } from './appends.js'
import { ask } from './ask.js'

/** What is not as the service had said. All zero: nothing was lost, nothing is half there, and the audit tells of each version once. */
export interface Differences {
  /** Acknowledged, and not there, or another under its number. */
  readonly lost: number
  /** Numbers below the newest that do not exist. */
  readonly gaps: number
  /** Versions that nobody was told of, beyond the appends whose outcome is unknown. */
  readonly unexplained: number
  /** Versions that the audit does not tell of exactly once, and entries of versions that do not exist. */
  readonly audit: number
  /** Contents that are not what their digest says. */
  readonly damaged: number
}

interface Page<T> {
  readonly items: readonly T[]
  readonly page: { readonly nextCursor: string | null }
}

async function allPages<T>(port: number, token: string, path: string): Promise<readonly T[]> {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor === '' ? '' : `&after=${encodeURIComponent(cursor)}`
    const { status, text } = await ask(port, { path: `${path}?first=100${after}`, token })
    if (status === 404) return items
    if (status !== 200) throw new Error(`${path}: ${status} ${text.slice(0, 300)}`)
    const page = JSON.parse(text) as Page<T>
    items.push(...page.items)
    cursor = page.page.nextCursor
  }
  return items
}

const keyOf = ({ topology, number }: Pick<Acknowledged, 'topology' | 'number'>): string => `${topology} ${number}`

/** Reads all versions, the whole audit and every content, by tokens of a reader and of an admin. */
export async function compareWithHistory(port: number, { reader, admin }: Readers, history: History): Promise<Differences> {
  const found = new Map<string, string>()
  let gaps = 0
  for (const topology of writtenTopologies) {
    const versions = await allPages<Acknowledged>(port, reader, `/v1/topologies/${topology}/versions`)
    for (const { number, contentHash } of versions) found.set(keyOf({ topology, number }), contentHash)
    gaps += Math.max(0, ...versions.map(({ number }) => number)) - versions.length
  }
  const { acknowledged, unknown } = history
  const lost = acknowledged.filter((one) => found.get(keyOf(one)) !== one.contentHash).length
  const extra = found.size - (acknowledged.length - lost)
  return {
    lost,
    gaps,
    unexplained: Math.max(0, extra - unknown),
    audit: await auditDifferences(port, admin, found),
    damaged: await countDamaged(port, admin),
  }
}

interface Readers {
  readonly reader: string
  readonly admin: string
}

interface Entry {
  readonly deed: string
  readonly outcome: string
  readonly topology: string | null
  readonly version: number | null
}

async function auditDifferences(port: number, admin: string, found: ReadonlyMap<string, string>): Promise<number> {
  const told = new Map<string, number>()
  for (const { deed, outcome, topology, version } of await allPages<Entry>(port, admin, '/v1/audit')) {
    if (deed !== 'appendVersion' || outcome !== 'DONE') continue
    const key = keyOf({ topology: topology ?? '', number: version ?? 0 })
    told.set(key, (told.get(key) ?? 0) + 1)
  }
  const notOnce = [...found.keys()].filter((key) => told.get(key) !== 1).length
  return notOnce + [...told.keys()].filter((key) => !found.has(key)).length
}

async function countDamaged(port: number, admin: string): Promise<number> {
  const { status, text } = await ask(port, { path: '/v1/verify', token: admin })
  if (status !== 200) throw new Error(`verify: ${status} ${text.slice(0, 300)}`)
  return (JSON.parse(text) as { readonly damaged: readonly unknown[] }).damaged.length
}
