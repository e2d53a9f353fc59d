import { problem, type Problematic } from '../groups/problematic.js'
import { servicesMeant } from '../groups/services-meant.js'
import { inventoryServices } from '../inventory/inventory-services.js'
import type { InventoryService } from '../inventory/inventory.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** By what a service is asked for. */
export interface ServiceName {
  readonly host: string
  readonly namespace?: string | null
}

type Told = (service: InventoryService) => boolean

/** The one service of that name, of those that are told; null where there is none. */
export function findService(snapshot: Snapshot, name: ServiceName, isTold: Told): InventoryService | null | Problematic {
  const found = servicesMeant(snapshot, name)
  const told = 'problem' in found ? [] : found.filter(isTold)
  const [only, ...others] = told
  if (only === undefined) return 'problem' in found && found.problem.code === 'SOURCE_INVALID' ? amongTold(snapshot, name, isTold) : null
  return others.length === 0 ? only : ambiguous(name.host)
}

/** Several have the host; of those that are told there may be one. */
function amongTold(snapshot: Snapshot, { host }: ServiceName, isTold: Told): InventoryService | null | Problematic {
  const begin = `${host.toLowerCase()}.`
  const [only, ...others] = inventoryServices(snapshot).filter((one) => one.host.startsWith(begin) && isTold(one))
  return only === undefined ? null : others.length === 0 ? only : ambiguous(host)
}

const ambiguous = (host: string): Problematic =>
  problem('SOURCE_INVALID', `\`${host}\` is the host of several services: state the \`namespace\`, and all of the host`)

const byKeyOf = remembered(
  (snapshot: Snapshot): ReadonlyMap<string, InventoryService> => new Map(inventoryServices(snapshot).map((one) => [one.key, one])),
)

/** The service that a list has told of. */
export const serviceTold = (snapshot: Snapshot, host: string, namespace: string): InventoryService | undefined =>
  byKeyOf(snapshot).get(`${host} ${namespace}`)
