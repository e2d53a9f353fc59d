// Writes src/engine/schemas/generated/: what each kind's objects may hold. By hand, when a release of Istio, the Gateway API or Kubernetes is to be
// known: `node scripts/generate-schemas.mjs`, with Go and pip on the machine and a way to their registries. NOTICE names the sources.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleOf, nodeTable } from './schemas/compact.mjs'
import { customKinds } from './schemas/custom-kinds.mjs'
import { ownKinds, resolved } from './schemas/own-kinds.mjs'
import { crdsOfModule, kubernetesDefinitions, withScratch } from './schemas/sources.mjs'

/** Of each minor version one release, the oldest first: fields of the oldest count as always known. */
const istio = ['v1.24.0', 'v1.25.0', 'v1.26.0', 'v1.27.0', 'v1.28.0', 'v1.29.0', 'v1.30.8', 'v1.31.4', 'v1.32.0']
const gatewayApi = ['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0', 'v1.4.0', 'v1.5.0', 'v1.6.0', 'v1.7.0']

const ciliumCrds = 'pkg/k8s/apis/cilium.io/client/crds/v2/'

/** Kinds of others, each of one release. The kinds of administrators' policies before ClusterNetworkPolicy are those of the last release that has them. */
const others = [
  { name: 'the Multi-Cluster Services API', module: 'sigs.k8s.io/mcs-api', version: 'v0.5.2', path: 'config/crd/' },
  { name: 'the Network Policy API', module: 'sigs.k8s.io/network-policy-api', version: 'v0.1.7', path: 'config/crd/experimental/' },
  { name: 'the Network Policy API', module: 'sigs.k8s.io/network-policy-api', version: 'v0.3.0', path: 'config/crd/experimental/' },
  { name: 'Cilium', module: 'github.com/cilium/cilium', version: 'v1.20.2', path: `${ciliumCrds}ciliumnetworkpolicies.yaml` },
  { name: 'Cilium', module: 'github.com/cilium/cilium', version: 'v1.20.2', path: `${ciliumCrds}ciliumclusterwidenetworkpolicies.yaml` },
  { name: 'Argo Rollouts', module: 'github.com/argoproj/argo-rollouts', version: 'v1.10.2', path: 'manifests/crds/rollout-crd.yaml' },
]

const kubernetes = { wheel: 'kubernetes-validate==1.37.0', release: '1.37.0' }

/** Of Kubernetes' own kinds those that are read, and those that the service's own chart has. */
const wanted = new Set(
  [
    ['', 'Namespace Node Service Pod ReplicationController Endpoints ConfigMap Secret ServiceAccount PersistentVolumeClaim'],
    ['apps', 'Deployment StatefulSet DaemonSet ReplicaSet'],
    ['batch', 'Job CronJob'],
    ['discovery.k8s.io', 'EndpointSlice'],
    ['networking.k8s.io', 'NetworkPolicy Ingress IngressClass'],
    ['policy', 'PodDisruptionBudget'],
    ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration ValidatingWebhookConfiguration'],
  ].flatMap(([group, kinds]) => kinds.split(' ').map((kind) => `${group}/${kind}`)),
)

function write(file, name, about, data) {
  const path = join('src/engine/schemas/generated', file)
  writeFileSync(path, moduleOf({ name, about, data }))
  console.log(`${path}: ${Object.keys(data.kinds).length} kinds, ${data.nodes.length} parts`)
}

/** The definitions that a module has at `path`, at each of its versions. */
const releasesOf = (scratch, module, versions, path) =>
  versions.map((version) => ({
    minor: Number(version.split('.')[1]),
    crds: crdsOfModule(scratch, module, version, path),
  }))

function otherKinds(scratch, metadata) {
  const table = nodeTable()
  const each = others.map(({ name, module, version, path }) => {
    const { kinds } = customKinds(releasesOf(scratch, module, [version], path), metadata, table)
    const source = `${name} ${version.slice(1)}`
    return Object.entries(kinds).map(([kind, found]) => [kind, { source, ...found }])
  })
  return { kinds: Object.fromEntries(each.flat()), nodes: table.nodes }
}

withScratch((scratch) => {
  const definitions = kubernetesDefinitions(scratch, kubernetes.wheel, kubernetes.release)
  const metadata = resolved(definitions, 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')
  const own = ownKinds(definitions, wanted)
  write('kubernetes.ts', 'kubernetesSchemas', `Kubernetes ${kubernetes.release}.`, { source: `Kubernetes ${kubernetes.release}`, ...own })
  const newest = istio.at(-1).slice(1)
  const file = 'kubernetes/customresourcedefinitions.gen.yaml'
  const releases = releasesOf(scratch, 'istio.io/api', istio, file)
  write('istio.ts', 'istioSchemas', `Istio ${newest}.`, { source: `Istio ${newest}`, ...customKinds(releases, metadata) })
  const bundle = gatewayApi.at(-1).slice(1)
  const bundles = releasesOf(scratch, 'sigs.k8s.io/gateway-api', gatewayApi, 'config/crd/experimental')
  const about = `The Gateway API ${bundle}, its experimental channel.`
  write('gateway-api.ts', 'gatewayApiSchemas', about, { source: `the Gateway API ${bundle}`, ...customKinds(bundles, metadata) })
  write('others.ts', 'otherSchemas', 'Kinds of other projects.', otherKinds(scratch, metadata))
})
