import type { Database } from './database.js'
import { decodeNumber, encodeCursor } from './cursor.js'
import { createRecent } from './recent.js'
import type { PageOf, PageRequest, Version } from './store.js'
import { guarded } from './store-error.js'
import { type Asked, parseRef, resolveRefs } from './resolve-refs.js'

const remembered = 64 * 1024 * 1024
const separator = ' '

/** Names hold no spaces: a topology and a reference as one key. */
export const versionKey = (topology: string, ref: string): string => `${topology}${separator}${ref}`

/** About how many bytes a version takes in memory. */
export const weighVersion = ({ header, parts }: Version): number => 2 * header.length + 400 * parts.length + 1000

const withParts = { parts: { orderBy: { ordinal: 'asc' } }, tags: { orderBy: { name: 'asc' } } } as const

interface Row extends Omit<Version, 'topology' | 'tags'> {
  readonly topologyName: string
  readonly tags: readonly { readonly name: string }[]
}

const versionOf = ({ topologyName, number, contentHash, createdAt, message, author, header, parts, tags }: Row): Version => ({
  topology: topologyName,
  number,
  contentHash,
  createdAt,
  message,
  author,
  header,
  parts: parts.map(({ cluster, digest, placesDigest }) => ({ cluster, digest, placesDigest })),
  tags: tags.map(({ name }) => name),
})

/**
 * Finds versions by `versionKey`; what a key means, and the tags, are read anew each time, the rest of a version never changes.
 */
export function createVersionFinder(database: Database): (keys: readonly string[]) => Promise<ReadonlyMap<string, Version>> {
  const known = createRecent<Version>(remembered, weighVersion)
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
      return target ? [{ key, topology: ask.topology, ...target }] : []
    })
    const missing = wanted.filter(({ topology, number }) => !known.find(versionKey(topology, `${number}`)))
    if (missing.length > 0) {
      for (const version of await readVersions(database, missing)) known.keep(versionKey(version.topology, `${version.number}`), version)
    }
    return new Map(
      wanted.flatMap(({ key, topology, number, tags }) => {
        const version = known.find(versionKey(topology, `${number}`))
        return version ? [[key, { ...version, tags }]] : []
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
  wanted: readonly { readonly topology: string; readonly number: number }[],
): Promise<readonly Version[]> {
  const OR = wanted.map(({ topology, number }) => ({ topologyName: topology, number }))
  const rows = await guarded(() => prisma.version.findMany({ where: { OR }, include: withParts }))
  return rows.map(versionOf)
}

/** A page of a topology's versions, newest first; empty when there is no such topology. */
export async function listVersions({ prisma }: Database, topology: string, { first, after }: PageRequest): Promise<PageOf<Version>> {
  const before = after === undefined ? {} : { number: { lt: decodeNumber('versions', after) } }
  const rows = await guarded(() =>
    prisma.version.findMany({
      where: { topologyName: topology, topology: { deletedAt: null }, ...before },
      orderBy: { number: 'desc' },
      take: first + 1,
      include: withParts,
    }),
  )
  const items = rows.slice(0, first).map(versionOf)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > first && last ? encodeCursor('versions', `${last.number}`) : null }
}
