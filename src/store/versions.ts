import type { Database } from './database.js'
import { decodeNumber, encodeCursor } from './cursor.js'
import { createRecent } from './recent.js'
import type { ListedVersion, PageOf, PageRequest, PartRef, Version } from './store.js'
import { guarded } from './store-error.js'
import { type Asked, parseRef, type Resolved, resolveRefs } from './resolve-refs.js'

const remembered = 4 * 1024 * 1024
const separator = ' '

/** Names hold no spaces: a topology and a reference as one key. */
export const versionKey = (topology: string, ref: string): string => `${topology}${separator}${ref}`

/** About how many bytes a version takes in memory. */
export const weighVersion = ({ header, parts }: Pick<Lasting, 'header' | 'parts'>): number => 2 * header.length + 400 * parts.length + 1000

const withTags = { tags: { orderBy: { name: 'asc' } } } as const

const lastingKey = (topology: string, { number, createdAt }: Pick<Version, 'number' | 'createdAt'>): string =>
  versionKey(topology, `${number} ${createdAt.getTime()}`)

/** What of a version never changes. */
type Lasting = Omit<Version, 'tags' | 'placesDigest' | 'parts'> & { readonly parts: readonly Omit<PartRef, 'placesDigest'>[] }

/** The version as it is now: written there, and called so. */
const versionAt = ({ parts, ...lasting }: Lasting, { tags, placesDigest, partPlaces }: Resolved): Version => ({
  ...lasting,
  tags,
  placesDigest,
  parts: parts.map((part, position) => ({ ...part, placesDigest: partPlaces[position] ?? '' })),
})

/**
 * Finds versions by `versionKey`; what a key means, the tags and the places are read anew each time, the rest of a version never changes.
 */
export function createVersionFinder(database: Database): (keys: readonly string[]) => Promise<ReadonlyMap<string, Version>> {
  const known = createRecent<Lasting>(remembered, weighVersion)
  return async (keys) => {
    const asked = keys.flatMap((key) => askedOf(key))
    const resolved = await guarded(() =>
      resolveRefs(
        database,
        asked.map(({ ask }) => ask),
      ),
    )
    const wanted = asked.flatMap(({ key, ask }, index) => {
      const target = resolved[index]
      return target ? [{ key, topology: ask.topology, target }] : []
    })
    const found = new Map<string, Lasting>() // what is too large to be kept, or is forgotten for the next, was found all the same
    const missing = wanted.filter(({ topology, target }) => {
      const key = lastingKey(topology, target)
      const lasting = known.find(key)
      if (lasting !== undefined) found.set(key, lasting)
      return lasting === undefined
    })
    for (const version of missing.length === 0 ? [] : await readVersions(database, missing)) {
      const key = lastingKey(version.topology, version)
      found.set(key, version)
      known.keep(key, version)
    }
    return new Map(
      wanted.flatMap(({ key, topology, target }) => {
        const lasting = found.get(lastingKey(topology, target))
        return lasting ? [[key, versionAt(lasting, target)]] : []
      }),
    )
  }
}

function askedOf(key: string): readonly { readonly key: string; readonly ask: Asked }[] {
  const [topology = '', ...rest] = key.split(separator)
  const ref = parseRef(rest.join(separator))
  return ref ? [{ key, ask: { ...ref, topology } }] : []
}

async function readVersions(
  { prisma }: Database,
  wanted: readonly { readonly topology: string; readonly target: Resolved }[],
): Promise<readonly Lasting[]> {
  const OR = wanted.map(({ topology, target }) => ({ topologyName: topology, number: target.number }))
  const include = { parts: { orderBy: { ordinal: 'asc' } } } as const
  const rows = await guarded(() => prisma.version.findMany({ where: { OR }, include }))
  return rows.map(({ topologyName, number, contentHash, createdAt, message, author, header, parts }) => ({
    topology: topologyName,
    number,
    contentHash,
    createdAt,
    message,
    author,
    header,
    parts: parts.map(({ cluster, digest }) => ({ cluster, digest })),
  }))
}

/** A page of a topology's versions, newest first; empty when there is no such topology. */
export async function listVersions({ prisma }: Database, topology: string, { first, after }: PageRequest): Promise<PageOf<ListedVersion>> {
  const before = after === undefined ? {} : { number: { lt: decodeNumber('versions', after) } }
  const rows = await guarded(() =>
    prisma.version.findMany({
      where: { topologyName: topology, topology: { deletedAt: null }, ...before },
      orderBy: { number: 'desc' },
      take: first + 1,
      omit: { header: true },
      include: withTags,
    }),
  )
  const items = rows.slice(0, first).map(({ topologyName, tags, ...row }) => ({
    topology: topologyName,
    number: row.number,
    contentHash: row.contentHash,
    createdAt: row.createdAt,
    message: row.message,
    author: row.author,
    tags: tags.map(({ name }) => name),
  }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > first && last ? encodeCursor('versions', `${last.number}`) : null }
}
