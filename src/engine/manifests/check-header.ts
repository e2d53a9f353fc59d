import { isDate, isMoment } from '../model/moment.js'
import type { TopologyHeader } from '../model/topology-document.js'
import type { DocumentFault } from './document-fault.js'
import { checkValues } from './check-values.js'
import { pathOf, type Path } from './pointer-trie.js'
import { clusterValidator, headerValidator } from './header-validators.js'

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}

interface ErrorParameters {
  readonly additionalProperties?: readonly string[]
  readonly allowedValues?: readonly unknown[]
  readonly allowedValue?: string | number | boolean
  readonly requiredProperties?: readonly string[]
}

/** What the schema wants; never what the document says. */
const detailOf = (message: string, { allowedValues, allowedValue, requiredProperties }: ErrorParameters): string => {
  if (allowedValues !== undefined) return `must be one of ${allowedValues.map((value) => `\`${String(value)}\``).join(', ')}`
  if (allowedValue !== undefined) return `must be \`${String(allowedValue)}\``
  return requiredProperties === undefined ? message : `lacks ${requiredProperties.map((name) => `\`${name}\``).join(', ')}`
}

/** Schema errors as faults: one for each place, alternatives together, and for unknown members the member itself. */
const faultsOf = (errors: readonly SchemaError[], base: Path): readonly DocumentFault[] => {
  const faults = new Map<string, { path: Path; details: string[] }>()
  const add = (path: Path, detail: string): void => {
    const key = path.join('/')
    const known = faults.get(key)
    if (known === undefined) faults.set(key, { path, details: [detail] })
    else if (!known.details.includes(detail)) known.details.push(detail)
  }
  for (const { keyword, instancePath, message, params } of errors) {
    const path = [...base, ...pathOf(instancePath)]
    const parameters = params as ErrorParameters
    if (parameters.additionalProperties !== undefined)
      for (const member of parameters.additionalProperties) add([...path, member], 'there is no such member here')
    else if (keyword !== 'anyOf') add(path, detailOf(message, parameters))
  }
  return [...faults.values()].map(({ path, details }) => ({ code: 'SCHEMA', detail: details.join(', or '), path }))
}

/** Does the header have the document's shape, and nothing in it that cannot be stored? */
export const checkHeader = (header: unknown): readonly DocumentFault[] => {
  const values = checkValues({ value: header, path: [] })
  if (values.length > 0) return values
  const validator = headerValidator()
  if (!validator.Check(header)) return faultsOf(validator.Errors(header), [])
  return [...repeatedNames(header as TopologyHeader), ...endlessSuppressions(header as TopologyHeader)]
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

/** A suppression whose end cannot be read would hold for ever, or never, without a word. */
const endlessSuppressions = ({ suppressions = [] }: TopologyHeader): readonly DocumentFault[] =>
  suppressions.flatMap(({ expires }, index): readonly DocumentFault[] => {
    if (expires === undefined || isDate(expires) || isMoment(expires)) return []
    const detail = '`expires` must be a date such as `2026-12-31`, or a moment such as `2026-12-31T12:00:00Z`'
    return [{ code: 'NOT_A_MOMENT', detail, path: ['suppressions', index, 'expires'] }]
  })
