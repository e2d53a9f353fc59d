import type { TenancyKind } from '../model/deployment-model.js'

/** Objects of a version that people list and explore; plain data, in name order. */
export interface Inventory {
  readonly meshes: readonly InventoryMesh[]
  readonly networks: readonly { readonly name: string; readonly routableTo: readonly string[]; readonly clusters: readonly string[] }[]
  readonly clusters: readonly InventoryCluster[]
  readonly controlPlanes: readonly InventoryControlPlane[]
  readonly tenants: readonly { readonly name: string; readonly kind: TenancyKind; readonly members: readonly string[] }[]
}

export interface InventoryMesh {
  readonly name: string
  readonly trustDomain: string | null
  readonly clusters: readonly string[]
  readonly controlPlanes: readonly string[]
}

export interface InventoryCluster {
  readonly name: string
  readonly mesh: string | null
  readonly network: string | null
  readonly region: string | null
  readonly zone: string | null
  readonly role: string | null
  readonly observed: boolean
  /** Those that something is in. */
  readonly namespaces: readonly string[]
  readonly controlPlanes: readonly string[]
  readonly counts: readonly { readonly kind: string; readonly count: number }[]
}

export interface InventoryControlPlane {
  readonly name: string
  readonly cluster: string | null
  readonly configCluster: string | null
  readonly revision: string
  readonly version: string
  readonly trustDomain: string
  readonly clusters: readonly string[]
}

/** `key` orders the list and is what its cursors stand for. */
export interface InventoryService {
  readonly key: string
  readonly host: string
  readonly namespace: string
  readonly clusters: readonly string[]
  readonly ports: readonly { readonly number: number; readonly name: string; readonly protocol: string }[]
}

export interface InventoryWorkload {
  readonly key: string
  readonly cluster: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  readonly serviceAccount: string
  readonly instances: number
  readonly dataPlane: string
  readonly controlPlane: string | null
}

/** `after`: the key of the last item seen. */
export interface ListRequest {
  readonly first: number
  readonly after: string | undefined
}

export interface ListPage<T> {
  readonly items: readonly T[]
  readonly hasMore: boolean
}
