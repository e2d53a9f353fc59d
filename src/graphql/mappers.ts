import type { Inventory, InventoryCluster, InventoryControlPlane } from '#operations/questions/describe-inventory'
import type { InventoryService } from '#operations/questions/list-services'
import type { InventoryWorkload } from '#operations/questions/list-workloads'
import type { ProxyAnswer } from '#engine/model/proxy-config'
import type { SourceInput } from '#engine/model/question'
import type { TopologySummary, VersionSummary } from '#engine/model/stored/stored-version'
import type { ServiceVisibility, VisibleService } from '#engine/model/visibility'
import type { FoundVersion } from '#operations/versions/find-version'
import type { Connection } from './connection.js'

/** What resolvers of a type are given in place of what the schema shows: plain data, with what its own fields need to ask on. */
export type TopologyMapper = TopologySummary
/** What a version consists of: each thing once, by its name. */
export interface Landscape extends Pick<Inventory, 'meshes' | 'tenants'> {
  readonly networks: ReadonlyMap<string, NetworkMapper>
  readonly clusters: ReadonlyMap<string, ClusterMapper>
  readonly controlPlanes: ReadonlyMap<string, ControlPlaneMapper>
  /** Those of these names, in that order, as far as a request may be led on. */
  named<T>(all: ReadonlyMap<string, T>, names: readonly string[]): readonly T[]
}
/** With all that it stands beside. */
interface InLandscape {
  readonly landscape: Landscape
}
export interface ClusterMapper extends InventoryCluster, InLandscape {}
export interface ControlPlaneMapper extends InventoryControlPlane, InLandscape {}
export type NetworkMapper = Inventory['networks'][number] & InLandscape
/** With the version that it is of. */
interface OfContent {
  readonly content: FoundVersion['content']
}
export interface ServiceMapper extends InventoryService, OfContent {}
export interface WorkloadMapper extends InventoryWorkload, OfContent {}
/** With its maps as maps. */
export type ProxyAnswerMapper = ProxyAnswer
/** `content` is there where the version was looked up alone; versions of a list are looked up when they are asked. */
export interface TopologyVersionMapper extends VersionSummary {
  readonly content?: FoundVersion['content']
}
export interface VisibleServiceConnectionMapper extends Connection<VisibleService> {
  readonly assumptions: ServiceVisibility['assumptions']
  readonly content: FoundVersion['content']
  readonly from: SourceInput
  readonly host: string | null | undefined
}
