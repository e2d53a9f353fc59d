import Type, { type Static, type TArrayOptions, type TSchema } from 'typebox'
import { HelmEntry, IncludeEntry, KustomizeEntry } from './resource-entry.js'
import { AssertionHeader } from './topology/assertion-header.js'
import { ClusterHeader } from './topology/cluster-header.js'
import { ControlPlaneHeader } from './topology/control-plane-header.js'
import { described } from './topology/described.js'
import { FederationHeader } from './topology/federation-header.js'
import { FreeObject, strict } from './topology/fields.js'
import { GatewayHeader } from './topology/gateway-header.js'
import { MeshHeader } from './topology/mesh-header.js'
import { NetworkHeader } from './topology/network-header.js'
import { StatedPlaces } from './topology/stated-places.js'
import { SuppressionHeader } from './topology/suppression-header.js'
import { TenantHeader } from './topology/tenant-header.js'

const descriptionOf = (schema: TSchema): string => ('description' in schema ? String(schema.description) : '')
const examplesOf = (schema: TSchema): readonly unknown[] => ('examples' in schema ? (schema.examples as readonly unknown[]) : [])

/** A list that means what its entries mean: told at the list too, because that is the word a reader meets first. */
const entriesOf = <T extends TSchema>(entry: T, options: TArrayOptions = {}) =>
  described(Type.Array(entry, options), descriptionOf(entry), examplesOf(entry))

const opt = Type.Optional

/**
 * The topology document's header: everything but the objects of the clusters, which stay as they came.
 *
 * Every field but the names is optional, and absent is unknown while empty is none: never default here.
 */
const header = {
  apiVersion: described(Type.Literal('sightline/v1'), 'The version of this language.', 'sightline/v1'),
  kind: described(Type.Literal('Topology'), 'What the document is.', 'Topology'),
  meshes: opt(entriesOf(MeshHeader)),
  networks: opt(entriesOf(NetworkHeader)),
  controlPlanes: opt(entriesOf(ControlPlaneHeader)),
  gateways: opt(entriesOf(GatewayHeader)),
  federations: opt(entriesOf(FederationHeader)),
  tenants: opt(entriesOf(TenantHeader)),
  assertions: opt(entriesOf(AssertionHeader)),
  suppressions: opt(entriesOf(SuppressionHeader)),
}

/** The document without its clusters' objects: what is parsed, hashed and kept beside the clusters' parts. */
export const TopologyHeader = strict({ ...header, clusters: entriesOf(ClusterHeader, { maxItems: 1000 }) })
export type TopologyHeader = Static<typeof TopologyHeader>

/** A cluster's entry as users send it: its header and its ordinary objects. */
export const ClusterEntry = described(
  strict({
    ...ClusterHeader.properties,
    resources: opt(
      described(
        Type.Array(Type.Union([IncludeEntry, KustomizeEntry, HelmEntry, FreeObject])),
        'Its Kubernetes and Istio objects as `kubectl get -o yaml` prints them or a Git repository keeps them; a `List` stands for its items. On the command line also where they are: `include` names files, `kustomize` and `helm` what is rendered first.',
        [
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
          { include: ['clusters/west/**/*.yaml', '!**/test/**'], namespace: 'shop' },
          { kustomize: 'overlays/west' },
          { helm: 'charts/shop', values: ['west.yaml'], namespace: 'shop' },
        ],
      ),
    ),
  }),
  descriptionOf(ClusterHeader),
  { name: 'west', mesh: 'mesh1', network: 'network1', resources: [{ include: 'clusters/west/**/*.yaml' }] },
)
export type ClusterEntry = Static<typeof ClusterEntry>

/** The whole document as users send it. */
export const TopologyDocument = strict({ ...header, clusters: entriesOf(ClusterEntry, { maxItems: 1000 }), places: opt(StatedPlaces) })
export type TopologyDocument = Static<typeof TopologyDocument>
