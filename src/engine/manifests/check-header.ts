import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { isDate, isMoment } from '../model/moment.js'
import { ClusterHeader } from '../model/topology/cluster-header.js'
import { TopologyHeader } from '../model/topology-document.js'
import { assertionFaults } from './assertion-faults.js'
import type { DocumentFault } from './document-fault.js'
import { checkValues } from './check-values.js'
import { schemaFaults } from './schema-faults.js'

// TypeBox stops at 8 errors; people correct a document faster when they see all of them.
Settings.Set({ maxErrors: 200 })

let compiledHeader: ReturnType<typeof Compile<typeof TopologyHeader>> | undefined
let compiledCluster: ReturnType<typeof Compile<typeof ClusterHeader>> | undefined

/** Compiled on first use: a process that only reads stored versions never needs them. */
const headerValidator = () => (compiledHeader ??= Compile(TopologyHeader))
const clusterValidator = () => (compiledCluster ??= Compile(ClusterHeader))

/** Does the header have the document's shape, and nothing in it that cannot be stored? */
export const checkHeader = (header: unknown): readonly DocumentFault[] => {
  const values = checkValues({ value: header, path: [] })
  if (values.length > 0) return values
  const validator = headerValidator()
  if (!validator.Check(header))
    return schemaFaults(TopologyHeader, header, validator.Errors(header), 'the document').map((fault) => withFirstLines(header, fault))
  return [
    ...repeatedNames(header as TopologyHeader),
    ...endlessSuppressions(header as TopologyHeader),
    ...assertionFaults((header as TopologyHeader).assertions ?? [], ['assertions']),
  ]
}

const firstLines = { apiVersion: 'sightline/v1', kind: 'Topology' }

/** By which lines a document begins is the first that somebody who writes one by hand does not know. */
function withFirstLines(header: unknown, fault: DocumentFault): DocumentFault {
  if (fault.path.length > 0 || typeof header !== 'object' || header === null) return fault
  const lines = Object.entries(firstLines).flatMap(([key, value]) => (Object.hasOwn(header, key) ? [] : [`\`${key}: ${value}\``]))
  return lines.length === 0
    ? fault
    : { ...fault, detail: `${fault.detail}: begin it with the line${lines.length > 1 ? 's' : ''} ${lines.join(' and ')}` }
}

/** The same for one cluster's entry. */
export const checkClusterHeader = (entry: unknown): readonly DocumentFault[] => {
  const values = checkValues({ value: entry, path: [] })
  if (values.length > 0) return values
  const validator = clusterValidator()
  return validator.Check(entry) ? [] : schemaFaults(ClusterHeader, entry, validator.Errors(entry), 'the entry')
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
