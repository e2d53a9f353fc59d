import type { Field, Junctors, Schema, SchemaKind, SchemaKinds, SchemaType } from './schema.js'

/** A part of a schema as it is written, others named by their position: see `scripts/schemas/compact.mjs`. */
interface Written {
  readonly t?: SchemaType
  readonly n?: 1
  readonly o?: 1
  readonly p?: Readonly<Record<string, number | readonly [part: number, since: number]>>
  readonly v?: number
  readonly i?: number
  readonly r?: readonly string[]
  readonly e?: readonly unknown[]
  readonly lo?: number
  readonly hi?: number
  readonly ll?: number
  readonly lh?: number
  readonly f?: string
  readonly m?: string
  readonly k?: readonly string[]
  readonly u?: 1
  readonly d?: unknown
  readonly x?: {
    readonly one?: readonly number[]
    readonly any?: readonly number[]
    readonly all?: readonly number[]
    readonly not?: number
  }
  readonly c?: readonly (readonly [rule: string, message?: string])[]
}

interface WrittenKind {
  /** Of a kind of another project: the one release of it that is known. */
  readonly source?: string
  readonly versions: Readonly<Record<string, number>>
  readonly since?: number
  readonly deprecated?: readonly string[]
  readonly lost?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

interface WrittenKinds {
  readonly source?: string
  readonly kinds: Readonly<Record<string, WrittenKind>>
  readonly nodes: readonly Written[]
}

/** The kinds that a generated text holds. INVARIANT: parts are written after those that they name. */
export const readSchemas = (text: string): SchemaKinds => {
  const { source: ofAll = '', kinds, nodes } = JSON.parse(text) as WrittenKinds
  const parts: Schema[] = []
  const part = (at: number): Schema => {
    const found = parts[at]
    if (found === undefined) throw new Error(`part ${at} of ${ofAll} is named before it is written`)
    return found
  }
  for (const node of nodes) parts.push(linked(node, part))
  return new Map(
    Object.entries(kinds).map(([kind, { source, versions, since, deprecated = [], lost = {} }]): readonly [string, SchemaKind] => {
      const served = new Map(Object.entries(versions).map(([version, at]) => [version, part(at)]))
      const gone = new Map(Object.entries(lost).map(([version, paths]) => [version, new Map(Object.entries(paths))]))
      const known = { source: source ?? ofAll, otherReleases: source !== undefined }
      return [kind, { ...known, versions: served, since, deprecated, lost: gone }]
    }),
  )
}

const linked = (node: Written, part: (at: number) => Schema): Schema => {
  const fields = node.p && new Map(Object.entries(node.p).map(([name, held]) => [name, fieldOf(held, part)]))
  const values = optional(node.v, part)
  const items = optional(node.i, part)
  const rules = (node.c ?? []).map(([rule, message]) => ({ rule, message }))
  const below = [...[...(fields?.values() ?? [])].map(({ schema }) => schema), values, items]
  return {
    type: node.t,
    nullable: node.n === 1,
    open: node.o === 1,
    fields,
    values,
    items,
    required: node.r ?? [],
    allowed: node.e,
    ...boundsOf(node),
    format: node.f,
    pattern: node.m,
    keys: node.k,
    distinct: node.u === 1,
    fallback: node.d,
    junctors: node.x && junctorsOf(node.x, part),
    rules,
    ruled: rules.length > 0 || below.some((schema) => schema?.ruled === true),
  }
}

const boundsOf = ({ lo, hi, ll, lh }: Written): Pick<Schema, 'minimum' | 'maximum' | 'fewest' | 'most'> => ({
  minimum: lo,
  maximum: hi,
  fewest: ll,
  most: lh,
})

const optional = (at: number | undefined, part: (at: number) => Schema): Schema | undefined => (at === undefined ? undefined : part(at))

const fieldOf = (held: number | readonly [number, number], part: (at: number) => Schema): Field =>
  typeof held === 'number' ? { schema: part(held), since: undefined } : { schema: part(held[0]), since: held[1] }

const junctorsOf = ({ one, any, all, not }: NonNullable<Written['x']>, part: (at: number) => Schema): Junctors => ({
  one: one?.map(part),
  any: any?.map(part),
  all: all?.map(part),
  not: optional(not, part),
})
