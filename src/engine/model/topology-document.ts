import Type, { type Static, type TObject, type TProperties } from 'typebox'
import { DestinationInput, SourceInput } from './question.js'
import { Verdict } from './verdict.js'

/**
 * The topology document's header: everything but the objects of the clusters, which stay as they came.
 *
 * Every field but the names is optional, and absent is unknown while empty is none: never default here.
 */
const strict = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false })
const opt = Type.Optional
const Name = Type.String({ minLength: 1, maxLength: 253 })
const Names = Type.Array(Name)
const Pems = Type.Array(Type.String())
const FreeObject = Type.Record(Type.String(), Type.Unknown())
const Cidrs = Type.Array(Type.String({ maxLength: 64 }))
const Port = Type.Integer({ minimum: 1, maximum: 65535 })

export const MeshHeader = strict({ name: Name, trustDomain: opt(Name) })
export type MeshHeader = Static<typeof MeshHeader>

export const NetworkHeader = strict({ name: Name, routableTo: opt(Names) })
export type NetworkHeader = Static<typeof NetworkHeader>

export const ClusterRole = Type.Enum(['PRIMARY', 'REMOTE', 'EXTERNAL', 'NONE'])
export type ClusterRole = Static<typeof ClusterRole>

export const ClusterHeader = strict({
  name: Name,
  mesh: opt(Name),
  network: opt(Name),
  region: opt(Name),
  zone: opt(Name),
  clusterDomain: opt(Name),
  podCidrs: opt(Cidrs),
  serviceCidrs: opt(Cidrs),
  dns: opt(strict({ stubDomains: opt(Names), capture: opt(Type.Boolean()) })),
  networkPolicyEnforced: opt(Type.Boolean()),
  observed: opt(Type.Boolean()),
  controlPlane: opt(strict({ role: ClusterRole, managedBy: opt(Type.Union([Name, Names])) })),
  remoteSecrets: opt(Names),
  rootCertificates: opt(Pems),
  signingCertificates: opt(Pems),
  defaultNamespace: opt(Name),
})
export type ClusterHeader = Static<typeof ClusterHeader>

export const ControlPlaneHeader = strict({
  name: Name,
  cluster: opt(Name),
  configCluster: opt(Name),
  revision: opt(Type.String({ maxLength: 253 })),
  tags: opt(Names),
  version: opt(Name),
  systemNamespace: opt(Name),
  meshConfig: opt(FreeObject),
  meshNetworks: opt(FreeObject),
  flags: opt(Type.Record(Type.String(), Type.String())),
  remoteSecrets: opt(Names),
  rootCertificates: opt(Pems),
  region: opt(Name),
  zone: opt(Name),
  address: opt(Name),
  network: opt(Name),
})
export type ControlPlaneHeader = Static<typeof ControlPlaneHeader>

export const GatewayHeader = strict({
  cluster: Name,
  network: opt(Name),
  service: opt(Name),
  addresses: Type.Array(Name),
  port: opt(Port),
  reachableFrom: opt(Names),
})
export type GatewayHeader = Static<typeof GatewayHeader>

export const FederationHeader = strict({
  importer: Name,
  exporter: Name,
  trustBundle: opt(Type.Union([Type.Boolean(), Pems])),
  trustDomains: opt(Names),
  services: opt(Type.Array(strict({ namespace: Name, name: Name, as: opt(Name) }))),
  gateways: opt(Type.Array(strict({ address: Name, port: opt(Port) }))),
})
export type FederationHeader = Static<typeof FederationHeader>

export const TenantHeader = strict({ name: Name, kind: Type.Enum(['NAMESPACE', 'CLUSTER', 'MESH']), members: Names })
export type TenantHeader = Static<typeof TenantHeader>

export const AssertionHeader = strict({ name: Name, from: SourceInput, to: DestinationInput, expect: Verdict })
export type AssertionHeader = Static<typeof AssertionHeader>

export const SuppressionHeader = strict({
  code: Name,
  resource: opt(Type.Union([Name, FreeObject])),
  reason: opt(Type.String()),
  owner: opt(Type.String()),
  expires: opt(Type.String()),
})
export type SuppressionHeader = Static<typeof SuppressionHeader>

const header = {
  apiVersion: Type.Literal('sightline/v1'),
  kind: Type.Literal('Topology'),
  meshes: opt(Type.Array(MeshHeader)),
  networks: opt(Type.Array(NetworkHeader)),
  controlPlanes: opt(Type.Array(ControlPlaneHeader)),
  gateways: opt(Type.Array(GatewayHeader)),
  federations: opt(Type.Array(FederationHeader)),
  tenants: opt(Type.Array(TenantHeader)),
  assertions: opt(Type.Array(AssertionHeader)),
  suppressions: opt(Type.Array(SuppressionHeader)),
}

/** The document without its clusters' objects: what is parsed, hashed and kept beside the clusters' parts. */
export const TopologyHeader = strict({ ...header, clusters: Type.Array(ClusterHeader, { maxItems: 1000 }) })
export type TopologyHeader = Static<typeof TopologyHeader>

/** A cluster's entry as users send it: its header and its ordinary objects. */
export const ClusterEntry = strict({ ...ClusterHeader.properties, resources: opt(Type.Array(FreeObject)) })
export type ClusterEntry = Static<typeof ClusterEntry>

/** The whole document as users send it. */
export const TopologyDocument = strict({ ...header, clusters: Type.Array(ClusterEntry, { maxItems: 1000 }) })
export type TopologyDocument = Static<typeof TopologyDocument>
