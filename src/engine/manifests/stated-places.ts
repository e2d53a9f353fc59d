import { Compile } from 'typebox/compile'
import { StatedPlaces } from '../model/topology/stated-places.js'
import type { TopologyHeader } from '../model/topology-document.js'
import type { DocumentFault } from './document-fault.js'
import { headerEntries } from './header-entries.js'
import type { HeaderPlaces } from './ingested.js'
import type { ResolvedResources } from './resolve-resources.js'
import { schemaFaults } from './schema-faults.js'

let compiled: ReturnType<typeof Compile<typeof StatedPlaces>> | undefined

/** Can these be places? Nothing of them is looked up yet. */
export const checkStatedPlaces = (value: unknown): readonly DocumentFault[] => {
  if (value === undefined) return []
  const validator = (compiled ??= Compile(StatedPlaces))
  if (validator.Check(value)) return outOfRange(value)
  const faults = schemaFaults(StatedPlaces, value, validator.Errors(value), '`places`')
  return faults.map((fault) => ({ ...fault, path: ['places', ...fault.path] }))
}

const outOfRange = ({ files, entries, objects }: StatedPlaces): readonly DocumentFault[] => {
  const pairs = [...Object.values(entries), ...Object.values(objects).flat()]
  if (pairs.every(([file, line]) => file < files.length && line >= 0)) return []
  return [{ code: 'PLACES_MISMATCH', detail: `a place points beyond the ${files.length} \`files\``, path: ['places'] }]
}

/** A cluster's objects where their sender says that they were written. */
export const placedObjects = (resolved: ResolvedResources, { files, objects }: StatedPlaces, cluster: string): ResolvedResources => {
  const pairs = Object.hasOwn(objects, cluster) ? (objects[cluster] ?? []) : []
  if (pairs.length !== resolved.objects.length) {
    const detail = `there must be a place for each of the ${resolved.objects.length} objects of cluster \`${cluster}\`, in their order`
    const fault = { code: 'PLACES_MISMATCH', detail, path: ['places', 'objects', cluster] }
    return { ...resolved, faults: [...resolved.faults, fault] }
  }
  const placed = resolved.objects.map((raw, position) => {
    const [file, line] = pairs[position] ?? [-1, 0]
    return { ...raw, stated: { file: files[file] ?? null, line } }
  })
  return { ...resolved, objects: placed }
}

/** The same of the header: of entries that there are, in canonical order. */
export const statedEntries = ({ files, entries }: StatedPlaces, header: TopologyHeader): HeaderPlaces => {
  const known = headerEntries(header).flatMap(([name]) => {
    const pair = Object.hasOwn(entries, name) ? entries[name] : undefined
    return pair === undefined ? [] : [[name, pair] as const]
  })
  const used = [...new Set(known.map(([, [file]]) => file))].filter((file) => file >= 0)
  return {
    files: used.map((file) => files[file] ?? ''),
    entries: Object.fromEntries(known.map(([name, [file, line]]) => [name, [used.indexOf(file), line]])),
  }
}
