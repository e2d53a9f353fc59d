import type { TopologyHeader } from '../model/topology-document.js'
import type { DocumentFault } from './document-fault.js'
import { checkValues } from './check-values.js'
import { pathOf, type Path } from './pointer-trie.js'
import { clusterValidator, headerValidator } from './header-validators.js'

interface SchemaError {
  readonly keyword?: string
  readonly instancePath: string
  readonly message: string
  readonly params?: object
}

/** Schema errors as faults: one for each place, and for unknown members the member itself. */
const faultsOf = (errors: readonly SchemaError[], base: Path): readonly DocumentFault[] => {
  const faults = new Map<string, DocumentFault>()
  for (const { instancePath, message, params } of errors) {
    const path = [...base, ...pathOf(instancePath)]
    const unknown = (params as { additionalProperties?: readonly string[] } | undefined)?.additionalProperties
    if (unknown === undefined) {
      const key = path.join('/')
      if (!faults.has(key)) faults.set(key, { code: 'SCHEMA', detail: message, path })
      continue
    }
    for (const member of unknown) {
      const memberPath = [...path, member]
      faults.set(memberPath.join('/'), { code: 'SCHEMA', detail: 'there is no such member here', path: memberPath })
    }
  }
  return [...faults.values()]
}

/** Does the header have the document's shape, and nothing in it that cannot be stored? */
export const checkHeader = (header: unknown): readonly DocumentFault[] => {
  const values = checkValues({ value: header, path: [] })
  if (values.length > 0) return values
  const validator = headerValidator()
  if (!validator.Check(header)) return faultsOf(validator.Errors(header), [])
  return repeatedNames(header as TopologyHeader)
}

/** The same for one cluster's entry. */
export const checkClusterHeader = (entry: unknown): readonly DocumentFault[] => {
  const values = checkValues({ value: entry, path: [] })
  if (values.length > 0) return values
  const validator = clusterValidator()
  return validator.Check(entry) ? [] : faultsOf(validator.Errors(entry), [])
}

/** Names are what everything else refers to: each is stated once. */
const repeatedNames = (header: TopologyHeader): readonly DocumentFault[] =>
  (['clusters', 'meshes', 'networks', 'controlPlanes', 'tenants'] as const).flatMap((list) => {
    const seen = new Set<string>()
    return (header[list] ?? []).flatMap(({ name }, index): readonly DocumentFault[] => {
      if (!seen.has(name)) {
        seen.add(name)
        return []
      }
      return [{ code: 'NAME_REPEATED', detail: `two ${list} have the name \`${name}\``, path: [list, index, 'name'] }]
    })
  })
