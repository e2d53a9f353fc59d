import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { Cidrs, examplePem, Name, Names, Pems, strict } from './fields.js'
import { UnreadHeader } from './unread-header.js'

const opt = Type.Optional

export const ClusterRole = Type.Enum(['PRIMARY', 'REMOTE', 'EXTERNAL', 'NONE'])
export type ClusterRole = Static<typeof ClusterRole>

const Dns = strict({
  stubDomains: opt(
    described(
      Names,
      'Domains that its DNS forwards to a resolver which knows the addresses of ServiceEntries, such as `global`. Absent: what the DNS ConfigMaps say; empty: none.',
      ['global'],
    ),
  ),
  capture: opt(
    described(
      Type.Boolean(),
      'Whether proxies answer their applications’ DNS queries themselves. Absent: what MeshConfig and the pods’ annotations say.',
      false,
    ),
  ),
})

const ClusterControlPlane = strict({
  role: described(
    ClusterRole,
    'PRIMARY: runs its own istiod. REMOTE: is served by the istiod of another cluster. EXTERNAL: runs istiod for other clusters only. NONE: is no part of a mesh.',
    'PRIMARY',
  ),
  managedBy: opt(
    described(
      Type.Union([Name, Names]),
      'Of a REMOTE cluster: the control plane that serves it, or several. Of several the first is the default; a proxy’s revision or discovery address decides.',
      'west',
      ['west', 'west/1-30'],
    ),
  ),
})

/** What a cluster's entry says beside its objects. */
export const ClusterHeader = described(
  strict({
    name: described(Name, 'The cluster ID, as in remote secrets and in `fromRegistry` of `meshNetworks`.', 'west'),
    mesh: opt(described(Name, 'The mesh it belongs to. Absent: what its installation says, else the only mesh there is.', 'mesh1')),
    network: opt(
      described(
        Name,
        'The network its pods are on. Absent: what the label of its system namespace says; clusters of which nothing says share one flat network.',
        'network1',
      ),
    ),
    region: opt(described(Name, 'The region of workloads whose nodes do not say theirs.', 'us-west1')),
    zone: opt(described(Name, 'The zone of workloads whose nodes do not say theirs.', 'us-west1-a')),
    clusterDomain: opt(described(Name, 'The DNS suffix of its Services. Absent: `cluster.local`.', 'cluster.local')),
    podCidrs: opt(
      described(Cidrs, 'Address ranges its pods come from; used to tell pods from strangers, and to find overlapping clusters.', [
        '10.10.0.0/16',
      ]),
    ),
    serviceCidrs: opt(described(Cidrs, 'Address ranges its Services come from.', ['10.255.0.0/16'])),
    dns: opt(described(Dns, 'What its DNS does beyond the names of its own Services.', { stubDomains: ['global'], capture: false })),
    networkPolicyEnforced: opt(
      described(Type.Boolean(), 'Whether its network plugin enforces NetworkPolicies. Absent: it is taken to, and answers say so.', true),
    ),
    observed: opt(
      described(
        Type.Boolean(),
        'Whether the objects are a dump of a live cluster: then their status is fact, and what is not there does not exist. Absent: true when there is a Pod or an EndpointSlice.',
        true,
      ),
    ),
    unread: opt(
      described(
        Type.Array(UnreadHeader, { maxItems: 10_000 }),
        'Kinds that could not be read from it, as `sightline collect` writes them. Absent: everything that it holds is among its objects.',
        [{ kind: 'AuthorizationPolicy', namespace: 'shop', reason: 'forbidden' }],
      ),
    ),
    controlPlane: opt(
      described(
        ClusterControlPlane,
        'Which istiod its proxies talk to. Absent: told by the istiod Deployments and Services among its objects.',
        { role: 'PRIMARY' },
        { role: 'REMOTE', managedBy: 'west' },
      ),
    ),
    remoteSecrets: opt(
      described(
        Names,
        'Clusters whose API servers the control plane of this one may read. Absent: what the remote secrets among its objects say; empty: none.',
        ['east'],
      ),
    ),
    rootCertificates: opt(
      described(
        Pems,
        'The roots its proxies trust, as PEM. Absent: what `istio-ca-root-cert` and `cacerts` among its objects hold, else unknown.',
        [examplePem],
      ),
    ),
    signingCertificates: opt(
      described(
        Pems,
        'The certificate its CA signs with, then the chain up to the root, as PEM. Absent: the first of `rootCertificates` signs.',
        [examplePem],
      ),
    ),
    defaultNamespace: opt(described(Name, 'The namespace of objects that carry none. Absent: `default`.', 'default')),
  }),
  'A cluster: one API server, where it stands, who controls its mesh, and the objects in it. Only the name is required.',
  { name: 'west', mesh: 'mesh1', network: 'network1', controlPlane: { role: 'PRIMARY' }, remoteSecrets: ['east'] },
)
export type ClusterHeader = Static<typeof ClusterHeader>
