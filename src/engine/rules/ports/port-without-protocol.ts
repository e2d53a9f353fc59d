import { pausing } from '../../pause.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { remembered } from '../../remembered.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster, ControlPlane, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

/** Namespaces and Services of Kubernetes and Istio themselves. */
const system = new Set(['kube-system', 'kube-public', 'kube-node-lease'])
const isSystem = ({ meta: { namespace, labels } }: Service): boolean =>
  system.has(namespace) ||
  labels['istio'] !== undefined ||
  labels['release'] === 'istio' ||
  labels['gateway.istio.io/managed'] !== undefined

/** Hosts for which sidecars have routes of requests. */
const routedHosts = remembered(
  (view: ControlPlaneView): ReadonlySet<string> =>
    new Set(
      [...view.configuration.virtualServices.values()]
        .flat()
        .filter(({ http, gateways, meta }) => http.length > 0 && boundGateways(gateways, meta.namespace).includes('mesh'))
        .flatMap(({ hosts, meta }) => hosts.map((host) => qualify(host, meta.namespace, domainSuffix(view)))),
    ),
)

const isRouted = (views: readonly ControlPlaneView[], { meta }: Service): boolean =>
  views.some((view) => routedHosts(view).has(`${meta.name}.${meta.namespace}.svc.${domainSuffix(view)}`))

const viewsOf = (snapshot: Snapshot, { managedBy }: Cluster): readonly ControlPlaneView[] =>
  managedBy.filter((name) => snapshot.controlPlanes.has(name)).map((name) => snapshot.view(name))

const waits = (planes: readonly ControlPlane[]): boolean => planes.some(({ meshConfig }) => !meshConfig.givesUpDetection)

function breachOf(cluster: Cluster, views: readonly ControlPlaneView[], service: Service): Breach | undefined {
  const open = service.ports.filter(({ protocol }) => protocol === 'AUTO')
  const [first] = open
  if (first === undefined || service.type === 'ExternalName' || isSystem(service)) return undefined
  const named = open.map(({ name, number }) => (name === '' ? `${number}` : `${number} (\`${name}\`)`)).join(', ')
  const routed = isRouted(views, service)
  const slow = waits(views.map(({ controlPlane }) => controlPlane)) ? ', and wait for them where the server speaks first' : ''
  const then = routed
    ? 'the routes of its VirtualService then hold only for what they take for HTTP'
    : 'what they do not take for HTTP is passed on as bytes'
  const message = `neither name nor \`appProtocol\` of port ${named} says a protocol: proxies go by the first bytes${slow}, and ${then}; name it like \`http-web\`, \`grpc\`, \`tls\` or \`tcp\``
  return {
    on: cluster.ref(service.meta, `spec.ports[${service.ports.indexOf(first)}].name`),
    severity: routed ? 'WARNING' : 'INFO',
    message,
  }
}

export const portWithoutProtocol: Rule = {
  code: 'PRT102',
  name: 'port-without-protocol',
  severity: 'WARNING',
  istio: ['IST0118'],
  kiali: ['KIA0601'],
  summary: 'A Service’s port says no protocol, so that proxies go by the first bytes (TLS-12, ROUTE-10).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      const views = viewsOf(snapshot, cluster)
      if (views.length === 0) continue
      for (const services of pausing(cluster.resources.services.values())) {
        for (const service of pausing(services)) {
          const breach = breachOf(cluster, views, service)
          if (breach !== undefined) yield breach
        }
      }
    }
  },
}
