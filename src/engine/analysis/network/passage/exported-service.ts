import type { FederationHeader } from '../../../model/topology/federation-header.js'
import type { MeshService } from '../../../snapshot/services/mesh-service.js'
import type { Snapshot } from '../../../snapshot/snapshot.js'

/** What a stated federation says stands behind an imported name. */
export interface Exported {
  readonly federation: FederationHeader
  readonly namespace: string
  readonly name: string
}

/** The exporter's service behind a name that a stated federation imports; undefined for every other service (TRUST-13). */
export function exportedService({ federations }: Snapshot, { entries, hostname }: MeshService): Exported | undefined {
  const entry = entries.find(({ meta }) => meta.kind === 'Federation')
  const federation =
    entry === undefined ? undefined : federations.find(({ importer, exporter }) => entry.meta.name === `${importer}/${exporter}`)
  const service = federation?.services?.find(({ namespace, name, as }) =>
    as === undefined ? hostname.startsWith(`${name}.${namespace}.svc.`) : as.toLowerCase() === hostname,
  )
  return federation === undefined || service === undefined ? undefined : { federation, namespace: service.namespace, name: service.name }
}

/** Does the record come from a federation that the document states? */
export const isFederated = ({ entries }: MeshService): boolean => entries.some(({ meta }) => meta.kind === 'Federation')
