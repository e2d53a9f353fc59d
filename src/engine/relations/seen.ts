import type { InventoryService, InventoryWorkload } from '../inventory/inventory.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { ServiceRoute } from './facts.js'

/** What of a relation is told to whoever asks. */
export interface Seen {
  /** Is what stands there told? */
  place(cluster: string, namespace: string): boolean
  /** References to what is told, and one for all the rest. */
  refs(all: readonly ResourceRef[]): readonly ResourceRef[]
  /** A list of names, of which some are not told. */
  names(all: readonly string[], isTold: (name: string) => boolean): readonly string[]
  plane(name: string): boolean
  service(service: InventoryService): boolean
  workload(workload: InventoryWorkload): InventoryWorkload
  route(route: ServiceRoute): ServiceRoute
  /** Stands for all that is not told. */
  readonly rest: { readonly name: string; readonly workload: InventoryWorkload }
}

/** All of it. */
export const everythingSeen: Seen = {
  place: () => true,
  refs: (all) => all,
  names: (all) => all,
  plane: () => true,
  service: () => true,
  workload: (workload) => workload,
  route: (route) => route,
  rest: { name: '', workload: undefined as never },
}
