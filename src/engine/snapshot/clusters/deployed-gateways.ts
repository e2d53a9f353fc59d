/**
 * What does istiod run for Gateways of the Gateway API, where the document has the Gateway alone?
 *
 * A Service and pods of its own namespace, under a name that follows from the Gateway, with a port for each port of its listeners. What is given wins, and in
 * a live cluster a Gateway that istiod has looked at already shows what it runs. Rules GWAPI-3, GWAPI-11, GWAPI-12, GWAPI-13, GWAPI-14.
 */
import { groupBy } from '../../group-by.js'
import { pausing } from '../../pause.js'
import type { ByNamespace, ClusterResources } from '../../resources/cluster-resources.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { PodController } from '../../resources/kubernetes/pod-controller.js'
import { protocolOfServicePort } from '../../resources/kubernetes/protocol.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { isDeployed } from '../control-planes/derived/gateway-api/gateway-controller.js'
import { bindingOf, isManaged } from '../control-planes/derived/gateway-api/gateway-binding.js'
import { type GatewayWithSets, gatewaysOf, withPort } from '../control-planes/derived/gateway-api/gateways-with-sets.js'
import { selectionOf } from '../control-planes/selection-of.js'
import { isOn } from '../flags.js'
import { gatewayNameLabel } from '../networks/hands-on.js'
import type { ControlPlane } from '../snapshot.js'
import type { ClusterPart } from './cluster-part.js'

/** The part with what the control planes that have their objects there run for its Gateways; itself where there is nothing to add. */
export function withDeployedGateways(part: ClusterPart, planes: readonly ControlPlane[], observed: boolean): ClusterPart {
  const { resources, header } = part
  if (resources.kubernetesGateways.size === 0) return part
  const added = new Map<string, Deployed>()
  for (const controlPlane of planes) {
    const selects = selectionOf(controlPlane, [{ name: header.name, resources }])
    const scope = { cluster: part, controlPlane, selects: (namespace: string) => selects(header.name, namespace) }
    if (!isOn(controlPlane, 'PILOT_ENABLE_GATEWAY_API') || !isOn(controlPlane, 'PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER')) continue
    for (const gateway of pausing(gatewaysOf(scope))) {
      const { namespace, name } = gateway.object.meta
      if (!added.has(`${namespace}/${name}`) && deploys(resources, controlPlane, gateway.object, observed))
        added.set(`${namespace}/${name}`, deployedFor(part, controlPlane, gateway))
    }
  }
  return added.size === 0 ? part : { ...part, resources: withAll(resources, [...added.values()]) }
}

interface Deployed {
  readonly service: Service
  readonly controller: PodController
}

/** Parameters that are no ConfigMap, or one that is not there, keep it from being deployed. */
function deploys(resources: ClusterResources, controlPlane: ControlPlane, gateway: KubernetesGateway, observed: boolean): boolean {
  const { className, statusAddresses, parameters, meta } = gateway
  if (!isDeployed(resources, controlPlane, className) || !isManaged(gateway, controlPlane)) return false
  if (observed && statusAddresses !== undefined) return false
  return parameters === undefined || resources.configMaps.get(meta.namespace)?.some((map) => map.meta.name === parameters) === true
}

/** Labels of its own, or of its infrastructure instead. */
const labelsOf = ({ meta, className, infrastructureLabels }: KubernetesGateway, controlPlane: ControlPlane): Labels => ({
  ...(infrastructureLabels ?? (isOn(controlPlane, 'PILOT_ENABLE_GATEWAY_API_COPY_LABELS_ANNOTATIONS') ? meta.labels : {})),
  [gatewayNameLabel]: meta.name,
  'gateway.networking.k8s.io/gateway-class-name': className,
  'gateway.istio.io/managed': 'istio.io-gateway-controller',
})

function deployedFor({ header }: ClusterPart, controlPlane: ControlPlane, gateway: GatewayWithSets): Deployed {
  const { object } = gateway
  const { namespace, createdAt, index } = object.meta
  const { managed, services } = bindingOf(object, controlPlane, header.clusterDomain ?? 'cluster.local')
  const [name = ''] = services
  const own = { namespace, name, labels: labelsOf(object, controlPlane), annotations: {}, createdAt, index }
  return {
    service: serviceOf({ ...own, kind: 'Service' }, gateway),
    controller: {
      meta: { ...own, kind: 'Deployment' },
      replicas: 1,
      assumed: true,
      template: {
        serviceAccount: managed?.serviceAccount ?? name,
        hostNetwork: false,
        containerPorts: [],
        containerNames: ['istio-proxy'],
        proxyEnv: {},
        labels: own.labels,
        annotations: {},
      },
    },
  }
}

const types: Readonly<Record<string, Service['type']>> = { ClusterIP: 'ClusterIP', NodePort: 'NodePort' }

function serviceOf(meta: Meta, gateway: GatewayWithSets): Service {
  const { object } = gateway
  const asked = object.meta.annotations['networking.istio.io/service-type'] ?? ''
  const type = types[asked] ?? 'LoadBalancer'
  const [address] = object.addresses
  return {
    meta,
    madeFor: object.meta,
    type,
    ...(type === 'LoadBalancer' && address !== undefined ? { loadBalancerIp: address.value } : {}),
    clusterIps: [],
    headless: false,
    selector: { [gatewayNameLabel]: object.meta.name },
    ports: portsOf(gateway),
    externalIps: [],
    ingressAddresses: object.statusAddresses?.map(({ value }) => value) ?? [],
    hasStatus: false,
    publishNotReadyAddresses: false,
    internalTrafficPolicyLocal: false,
    serviceAccounts: [],
  }
}

/** One a port, named after the first listener there, and after its number as well where that name is taken. */
function portsOf({ object, sets }: GatewayWithSets): readonly ServicePort[] {
  const ports = new Map<number, ServicePort>([[15021, { name: 'status-port', number: 15021, protocol: 'TCP', targetPort: 15021 }]])
  const names = new Set<string>()
  for (const { name: own, port: number, protocol } of [...object.listeners, ...sets.flatMap(({ listeners }) => listeners.map(withPort))]) {
    if (number === 0 || ports.has(number)) continue
    const name = names.has(own) ? `${own}-${number}` : own
    names.add(name)
    const appProtocol = protocol.toLowerCase()
    ports.set(number, { name, number, protocol: protocolOfServicePort({ protocol: 'TCP', appProtocol, name, number }), targetPort: number })
  }
  return [...ports.values()]
}

/** Where a Service or pods of the Gateway are given, these are what there is. */
function withAll(resources: ClusterResources, added: readonly Deployed[]): ClusterResources {
  const withPods = gatewaysWithPods(resources)
  const services = withMore(
    resources.services,
    added.map(({ service }) => service),
  )
  const podControllers = withMore(
    resources.podControllers,
    added.flatMap(({ controller }) => (withPods.has(placeOf(controller.meta.namespace, controller.template.labels)) ? [] : [controller])),
  )
  return { ...resources, services, podControllers }
}

const placeOf = (namespace: string, labels: Labels): string => `${namespace}/${labels[gatewayNameLabel] ?? ''}`

/** Those of which pods are given, or what makes them. */
function gatewaysWithPods({ pods, podControllers }: ClusterResources): ReadonlySet<string> {
  const found = new Set<string>()
  const note = (namespace: string, labels: Labels): void => {
    if (labels[gatewayNameLabel] !== undefined) found.add(placeOf(namespace, labels))
  }
  for (const [namespace, list] of pods) for (const { meta } of pausing(list)) note(namespace, meta.labels)
  for (const [namespace, list] of podControllers) for (const { template } of pausing(list)) note(namespace, template.labels)
  return found
}

/** With those whose name nobody has. */
function withMore<T extends { readonly meta: Meta }>(given: ByNamespace<T>, more: readonly T[]): ByNamespace<T> {
  const found = new Map(given)
  for (const [namespace, list] of groupBy(more, ({ meta }) => meta.namespace)) {
    const here = given.get(namespace) ?? []
    const names = new Set(here.map(({ meta }) => meta.name))
    const added = list.filter(({ meta: { name } }) => !names.has(name) && names.add(name))
    found.set(namespace, [...here, ...added])
  }
  return found
}
