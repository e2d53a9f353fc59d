import type { TopologyHeader } from '../model/topology-document.js'

/** Lists of the header whose entries are told apart by name, and what an entry is called. */
const named = { clusters: 'Cluster', meshes: 'Mesh', networks: 'Network', controlPlanes: 'ControlPlane', tenants: 'Tenant' } as const
/** Those whose entries are told apart by their position in the canonical header. */
const numbered = ['gateways', 'federations', 'assertions', 'suppressions'] as const

export type HeaderList = keyof typeof named | (typeof numbered)[number]
export const headerLists: readonly HeaderList[] = [...(Object.keys(named) as (keyof typeof named)[]), ...numbered]

/** Lists, wherever they stand, whose elements have places of their own: those of a header, a cluster's resources, the items of a List. */
export const placedLists: ReadonlySet<string> = new Set([...headerLists, 'resources', 'items'])

const inNumbered = new RegExp(`^(?:${numbered.join('|')})\\[\\d+\\]`)

/** What an entry of the header is called where its place is kept: by its kind and name, or as `gateways[0]` where its path begins so. */
export const entryName = (kind: string, name: string, path: string): string => inNumbered.exec(path)?.[0] ?? `${kind}/${name}`

/** Every entry of a canonical header, with what it is called. */
export const headerEntries = (header: TopologyHeader): readonly (readonly [name: string, entry: object])[] => [
  ...(Object.keys(named) as (keyof typeof named)[]).flatMap((list) =>
    (header[list] ?? []).map((entry) => [`${named[list]}/${entry.name}`, entry] as const),
  ),
  ...numbered.flatMap((list) => (header[list] ?? []).map((entry, position) => [`${list}[${position}]`, entry] as const)),
]
