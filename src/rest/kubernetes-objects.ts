import Type from 'typebox'
import { ClusterEntry, TopologyDocument } from '#engine/model/topology-document'

/** Objects without a topology document, as `kubectl get -o yaml` prints them. */
export const KubernetesObjects = Type.Object(
  {
    apiVersion: Type.String(),
    kind: Type.String(),
    metadata: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    items: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()), { description: 'of a `List`: its objects' })),
  },
  { description: 'a Kubernetes object, or a `List` of them; in YAML any number of such documents, one after another' },
)

/** What is taken where a topology is: a document, or the objects of its only cluster. */
export const TopologyBody = Type.Union([TopologyDocument, KubernetesObjects])

/** What is taken where a cluster is: its entry, or its objects. */
export const ClusterBody = Type.Union([ClusterEntry, KubernetesObjects])
