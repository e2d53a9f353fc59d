import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { examplePem, FreeObject, Name, Names, Pems, strict } from './fields.js'

const opt = Type.Optional

export const ControlPlaneHeader = described(
  strict({
    name: described(Name, 'Its name here: its cluster’s, and with a revision `cluster/revision`.', 'west', 'west/1-30'),
    cluster: opt(
      described(Name, 'The cluster that istiod runs in. Absent: outside of every listed one, as a managed control plane does.', 'west'),
    ),
    configCluster: opt(described(Name, 'The cluster whose API server holds its Istio objects. Absent: the one it runs in.', 'west')),
    revision: opt(described(Type.String({ maxLength: 253 }), 'Its revision, as in `istio.io/rev`; empty: the default one.', '1-30', '')),
    tags: opt(described(Names, 'Revision tags that point to it. Absent: what the webhooks among the objects say.', ['prod'])),
    version: opt(
      described(
        Name,
        'Istio’s release; without a patch it is the newest of the minor release. Absent: told by the image of istiod, else the newest known is assumed. Quoted where it could be read as a number.',
        '1.30.2',
      ),
    ),
    systemNamespace: opt(
      described(Name, 'The namespace it runs in. Absent: where its Deployment is, else `istio-system`.', 'istio-system'),
    ),
    meshConfig: opt(
      described(FreeObject, 'Its MeshConfig, used where no `istio` ConfigMap is among the objects.', {
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      }),
    ),
    meshNetworks: opt(
      described(FreeObject, 'Its `meshNetworks`, used where no ConfigMap holds them.', {
        networks: { network2: { endpoints: [{ fromRegistry: 'east' }], gateways: [{ address: '34.0.0.2', port: 15443 }] } },
      }),
    ),
    flags: opt(
      described(
        Type.Record(Type.String(), Type.String()),
        'Environment variables of istiod. Absent: what its Deployment says; one that is not named has Istio’s own default.',
        { ISTIO_MULTIROOT_MESH: 'true' },
      ),
    ),
    remoteSecrets: opt(described(Names, 'Clusters whose API servers it may read. Absent: what its cluster says; empty: none.', ['east'])),
    rootCertificates: opt(
      described(Pems, 'The roots that it tells its proxies to trust, as PEM. Absent: those of its cluster.', [examplePem]),
    ),
    region: opt(described(Name, 'The region it runs in. Absent: its cluster’s.', 'us-west1')),
    zone: opt(described(Name, 'The zone it runs in. Absent: its cluster’s.', 'us-west1-a')),
    address: opt(described(Name, 'Where proxies reach it, when it runs outside of their cluster.', 'istiod.example:15012')),
    network: opt(described(Name, 'The network on which `address` is reachable. Absent: every one.', 'network1')),
  }),
  'What the objects do not say of an istiod. A primary cluster has a control plane of its own name without any entry here.',
  { name: 'west', cluster: 'west', version: '1.30.2' },
)
export type ControlPlaneHeader = Static<typeof ControlPlaneHeader>
