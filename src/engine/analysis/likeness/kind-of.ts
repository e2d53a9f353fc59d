import { flatMap } from '../../flat-map.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { remembered } from '../../remembered.js'
import type { Look } from '../call/look.js'
import { namedLabels } from './lasting-labels.js'
import { type Field, likeness, type Sides } from './likeness.js'

export type { Field }

type Side = keyof Sides<unknown>

const fields = Object.keys(likeness) as readonly Field[]

type Part = (workload: Workload, named: ReadonlySet<string>) => unknown

function partOf<F extends Field>(field: F, side: Side): readonly Part[] {
  const sides: Sides<Workload[F]> = likeness[field]
  const { kind } = sides[side]
  return kind === undefined ? [] : [(workload, named) => kind(workload[field], named)]
}

const partsOf = (side: Side): readonly Part[] => flatMap(fields, (field) => partOf(field, side))

const parts: Readonly<Record<Side, readonly Part[]>> = { callers: partsOf('callers'), servers: partsOf('servers') }

/** A number for everything that counts of an instance on this side of a call, whichever instance it is. */
export type KindOf = (workload: Workload) => number

/** The instances of a snapshot are numbered by what counts of them, so that kinds are compared at once. */
function numbering(snapshot: Snapshot, side: Side): KindOf {
  const numbers = new Map<string, number>()
  const named = namedLabels(snapshot)
  return remembered((workload: Workload): number => {
    const text = JSON.stringify(parts[side].map((part) => part(workload, named) ?? null))
    const kind = numbers.get(text) ?? numbers.size
    numbers.set(text, kind)
    return kind
  })
}

/** Both sides of a snapshot's calls. */
export const kindsIn = remembered(
  (snapshot: Snapshot): Readonly<Record<Side, KindOf>> => ({
    callers: numbering(snapshot, 'callers'),
    servers: numbering(snapshot, 'servers'),
  }),
)

const allParts: ReadonlyMap<Field, readonly Part[]> = new Map(fields.map((field) => [field, partOf(field, 'callers')]))

/** What counts of a caller, but for some fields: asked of every instance there is, so that nothing is made on the way but the text. */
export function textBut(but: ReadonlySet<Field>): (workload: Workload, named: ReadonlySet<string>) => string {
  const counting = flatMap([...allParts], ([field, own]) => (but.has(field) ? [] : own))
  return (workload, named) => {
    let text = ''
    for (const part of counting) {
      const value = part(workload, named)
      text += `${typeof value === 'string' ? value : JSON.stringify(value)}\n`
    }
    return text
  }
}

const looks: readonly Look[] = ['CALLER_LOCALITY', 'CALLER_NODE', 'CALLER_ADDRESS', 'SERVER_PLACE', 'SERVER_ADDRESS', 'SERVER_ITSELF']

const fieldsOf: ReadonlyMap<Look, readonly Field[]> = new Map(
  looks.map((look) => [look, fields.filter((field) => likeness[field].callers.look === look || likeness[field].servers.look === look)]),
)

const seenFields = (look: Look): readonly Field[] => fieldsOf.get(look) ?? []

/** What these looks see of an instance: those of which they see the same may stand for one another. */
export const seenOf = (workload: Workload, looks: readonly Look[]): string =>
  JSON.stringify(flatMap(looks, (look) => seenFields(look).map((field) => workload[field] ?? null)))

/** Most instances share the very objects that are looked at. */
export const seeOneThing = ([first, ...rest]: readonly Workload[], looks: readonly Look[]): boolean =>
  looks.every((look) => seenFields(look).every((field) => rest.every((workload) => workload[field] === first?.[field])))
