// Writes src/engine/schemas/generated/: what each kind's objects may hold. By hand, when a release of Istio, the Gateway API or Kubernetes is to be
// known: `node scripts/generate-schemas.mjs`, with Go and pip on the machine and a way to their registries. NOTICE names the sources.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleOf } from './schemas/compact.mjs'
import { customKinds } from './schemas/custom-kinds.mjs'
import { ownKinds, resolved } from './schemas/own-kinds.mjs'
import { crdsIn, goModule, kubernetesDefinitions, withScratch } from './schemas/sources.mjs'

/** One release of each minor version, the oldest first: fields of the oldest count as always known. */
const istio = ['v1.24.0', 'v1.25.0', 'v1.26.0', 'v1.27.0', 'v1.28.0', 'v1.29.0', 'v1.30.8', 'v1.31.4', 'v1.32.0']
const gatewayApi = 'v1.7.0'
const kubernetes = { wheel: 'kubernetes-validate==1.37.0', release: '1.37.0' }

/** Of Kubernetes' own kinds those that are read. */
const wanted = new Set(
  [
    ['', 'Namespace Node Service Pod ReplicationController Endpoints ConfigMap Secret ServiceAccount'],
    ['apps', 'Deployment StatefulSet DaemonSet ReplicaSet'],
    ['batch', 'Job CronJob'],
    ['discovery.k8s.io', 'EndpointSlice'],
    ['networking.k8s.io', 'NetworkPolicy Ingress IngressClass'],
    ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration ValidatingWebhookConfiguration'],
  ].flatMap(([group, kinds]) => kinds.split(' ').map((kind) => `${group}/${kind}`)),
)

function write(file, name, about, data) {
  const path = join('src/engine/schemas/generated', file)
  writeFileSync(path, moduleOf({ name, about, data }))
  console.log(`${path}: ${Object.keys(data.kinds).length} kinds, ${data.nodes.length} parts`)
}

withScratch((scratch) => {
  const definitions = kubernetesDefinitions(scratch, kubernetes.wheel, kubernetes.release)
  const metadata = resolved(definitions, 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')
  const own = ownKinds(definitions, wanted)
  write('kubernetes.ts', 'kubernetesSchemas', `Kubernetes ${kubernetes.release}.`, { source: `Kubernetes ${kubernetes.release}`, ...own })
  const releases = istio.map((version) => ({
    minor: Number(version.split('.')[1]),
    crds: crdsIn(join(goModule(scratch, 'istio.io/api', version), 'kubernetes/customresourcedefinitions.gen.yaml')),
  }))
  const newest = istio.at(-1).slice(1)
  write('istio.ts', 'istioSchemas', `Istio ${newest}.`, { source: `Istio ${newest}`, ...customKinds(releases, metadata) })
  const gateway = crdsIn(join(goModule(scratch, 'sigs.k8s.io/gateway-api', gatewayApi), 'config/crd/experimental'))
  const bundle = gatewayApi.slice(1)
  const about = `The Gateway API ${bundle}, its experimental channel.`
  write('gateway-api.ts', 'gatewayApiSchemas', about, {
    source: `the Gateway API ${bundle}`,
    ...customKinds([{ minor: 0, crds: gateway }], metadata),
  })
})
