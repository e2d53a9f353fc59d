import { inventoryServices } from '../inventory/inventory-services.js'
import type { InventoryService } from '../inventory/inventory.js'
import { nearestNames } from '../istiod/matching/nearest-names.js'
import type { SubjectInput } from '../model/groups/subject-input.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { problem, type Problematic } from './problematic.js'

/** Services of that host: a full name, or the begin of one. */
export function servicesMeant(snapshot: Snapshot, { host, namespace }: SubjectInput): readonly InventoryService[] | Problematic {
  const asked = (host ?? '').toLowerCase().replace(/\.$/, '')
  const everywhere = inventoryServices(snapshot)
  const all = everywhere.filter((service) => !namespace || service.namespace === namespace)
  const exact = all.filter((service) => service.host === asked)
  const found = exact.length > 0 ? exact : all.filter((service) => service.host.startsWith(`${asked}.`) && service.clusters.length > 0)
  const namespaces = new Set(found.map((service) => service.namespace))
  if (found.length === 0) {
    const near =
      all.length === 0
        ? nearestNames(
            namespace ?? '',
            everywhere.map((one) => one.namespace),
          )
        : nearestNames(asked, namesLike(asked, all))
    return problem('SOURCE_NOT_FOUND', `there is no service \`${asked}\`${namespace ? ` in namespace \`${namespace}\`` : ''}`, near)
  }
  if (exact.length > 0 || namespaces.size === 1) return found
  return problem('SOURCE_INVALID', `\`${asked}\` is a service of several namespaces: state the \`namespace\``, [...namespaces].slice(0, 5))
}

/** Their hosts, in full and with as many parts as are asked for. */
const namesLike = (asked: string, services: readonly InventoryService[]): readonly string[] => {
  const parts = asked.split('.').length
  return services.flatMap(({ host, clusters }) => (clusters.length > 0 ? [host.split('.').slice(0, parts).join('.'), host] : [host]))
}
