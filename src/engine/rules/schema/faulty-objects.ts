import { pause, pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Checked } from '../../schemas/check-original.js'
import type { Fault, FaultKind } from '../../schemas/fault.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Original, Originals } from '../originals.js'

/** An object of a known kind, with everything that its schema says of it. */
export interface FaultyObject {
  readonly original: Original
  readonly checked: Checked
}

/** A cluster's objects that have faults or need a certain release, in canonical order; their rules in CEL are run once for all rules here. */
export const faultyObjects = remembered((originals: Originals, cluster: string): readonly FaultyObject[] =>
  (originals.of.get(cluster) ?? []).flatMap((original) => {
    pause()
    const { checked } = original
    if (checked === undefined) return []
    const faults = unnoted([...checked.faults, ...brokenRules(originals, original)])
    return faults.length > 0 || checked.isNoteworthy ? [{ original, checked: { ...checked, faults } }] : []
  }),
)

/** Rules are asked of objects that are valid otherwise: what is dropped, and what is newer, keeps none from being so. */
const brokenRules = (originals: Originals, { checked, object }: Original): readonly Fault[] => {
  const { checkRules } = originals
  const schema = checked?.schema
  if (checkRules === undefined || object === undefined || schema?.ruled !== true) return []
  const isValid = checked?.faults.every(({ kind }) => kind === 'UNKNOWN_FIELD' || kind === 'NEWER_FIELD') === true
  return isValid ? checkRules(schema, object, originals) : []
}

/** Names of fields in which a placeholder is told as one. */
const isHostPath = (path: string): boolean => /(^|\.)(hosts?|hostnames?|externalName|address(es)?)(\[\d+\])?$/.test(path)

/** Faults that a placeholder explains are told already, as a placeholder. */
const unnoted = (faults: readonly Fault[]): readonly Fault[] =>
  faults.filter(({ path, says }) => !(isHostPath(path) && /\{\{|\$\{/.test(says)))

/** One fault, and where it is. */
export interface PlacedFault extends FaultyObject {
  readonly cluster: Cluster
  readonly fault: Fault
}

/** Every fault of a kind, in all clusters. */
export function* faultsOf(snapshot: Snapshot, originals: Originals | undefined, kind: FaultKind): Iterable<PlacedFault> {
  if (originals === undefined) return
  for (const cluster of snapshot.clusters.values()) {
    for (const faulty of pausing(faultyObjects(originals, cluster.name))) {
      for (const fault of faulty.checked.faults) if (fault.kind === kind) yield { ...faulty, cluster, fault }
    }
  }
}

/** Does a fault of the object at this position say what is wrong at the path, at what holds it, or below it? */
export const toldBySchemas = remembered((originals: Originals, cluster: string): ((index: number, path: string) => boolean) => {
  const paths = new Map<number, readonly string[]>()
  for (const { original, checked } of faultyObjects(originals, cluster)) {
    paths.set(
      original.index,
      checked.faults.flatMap(({ kind, path }) => (kind === 'NEWER_FIELD' ? [] : [path])),
    )
  }
  return (index, path) => paths.get(index)?.some((told) => isWithin(path, told) || isWithin(told, path)) === true
})

const isWithin = (path: string, above: string): boolean =>
  path === above || (path.startsWith(above) && (path[above.length] === '.' || path[above.length] === '['))
