import { Compile } from 'typebox/compile'
import { StatedPlaces } from '../model/topology/stated-places.js'
import type { TopologyHeader } from '../model/topology-document.js'
import type { DocumentFault } from './document-fault.js'
import { headerEntries } from './header-entries.js'
import type { HeaderPlaces } from './ingested.js'
import type { RawObject } from './raw-object.js'
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

/** Hands on a cluster's objects where their sender says that they were written; in the end, whether there was a place for each. */
export const placeObjects = (
  { files, objects }: StatedPlaces,
  cluster: string,
  take: (object: RawObject) => void,
): { readonly take: (object: RawObject) => void; fault(): DocumentFault | undefined } => {
  const pairs = Object.hasOwn(objects, cluster) ? (objects[cluster] ?? []) : []
  let count = 0
  return {
    take: (object) => {
      const [file, line] = pairs[count++] ?? [-1, 0]
      take({ ...object, stated: { file: files[file] ?? null, line } })
    },
    fault: () => {
      if (pairs.length === count) return undefined
      const detail = `there must be a place for each of the ${count} objects of cluster \`${cluster}\`, in their order`
      return { code: 'PLACES_MISMATCH', detail, path: ['places', 'objects', cluster] }
    },
  }
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
