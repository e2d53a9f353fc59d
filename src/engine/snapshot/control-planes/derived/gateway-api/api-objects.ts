import type { ByNamespace } from '../../../../resources/cluster-resources.js'
import type { ServiceEntry } from '../../../../resources/istio/service-entry.js'
import type { Meta } from '../../../../resources/meta.js'
import type { Service } from '../../../../resources/kubernetes/service.js'
import { readsRevision } from '../../configuration-of.js'
import type { Cluster, ControlPlane } from '../../../snapshot.js'
import { type Grants, indexGrants } from './grants.js'

/** Which objects of its config cluster a control plane reads. */
export interface ApiScope {
  readonly cluster: Pick<Cluster, 'resources'>
  readonly controlPlane: ControlPlane
  readonly selects: (namespace: string) => boolean
}

/**
 * The objects of the Gateway API that a control plane reads, and those that they refer to: all of its config cluster, and of namespaces that it
 * selects. Routes, policies and grants of another revision are not read; Gateways are, whatever their revision. Rules GWAPI-3, GWAPI-5.
 */
export interface ApiObjects extends ApiScope {
  readonly cluster: Cluster
  readonly grants: Grants
  /** In namespaces that are read; undefined: there is none. */
  service(namespace: string, name: string): Service | undefined
  serviceEntry(namespace: string, name: string): ServiceEntry | undefined
}

type Owned = { readonly meta: Meta }

/** Objects of all namespaces that are read, by namespace. */
export const readFrom = <T extends Owned>({ selects }: Pick<ApiScope, 'selects'>, map: ByNamespace<T>): readonly T[] =>
  [...map].flatMap(([namespace, list]) => (selects(namespace) ? list : []))

/** The same without those of another revision. */
export const ofRevision = <T extends Owned>(objects: Pick<ApiScope, 'selects' | 'controlPlane'>, map: ByNamespace<T>): readonly T[] =>
  readFrom(objects, map).filter(({ meta }) => readsRevision(objects.controlPlane, meta))

/** Finds by namespace and name; the first look at a namespace names all that stand in it. */
function finder<T extends Owned>(map: ByNamespace<T>, reads: (item: T) => boolean): (namespace: string, name: string) => T | undefined {
  const known = new Map<string, ReadonlyMap<string, T>>()
  return (namespace, name) => {
    const found = known.get(namespace) ?? new Map((map.get(namespace) ?? []).filter(reads).map((item) => [item.meta.name, item]))
    known.set(namespace, found)
    return found.get(name)
  }
}

export function apiObjectsOf(cluster: Cluster, controlPlane: ControlPlane, selects: (namespace: string) => boolean): ApiObjects {
  const { services, serviceEntries, referenceGrants } = cluster.resources
  const inScope = { selects, controlPlane }
  return {
    cluster,
    controlPlane,
    selects,
    grants: indexGrants(ofRevision(inScope, referenceGrants)),
    service: finder(services, ({ meta }) => selects(meta.namespace)),
    serviceEntry: finder(serviceEntries, ({ meta }) => selects(meta.namespace) && readsRevision(controlPlane, meta)),
  }
}
