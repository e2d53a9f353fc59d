import type { InstalledGateway } from './mesh-installation.js'
import type { Labels, Meta } from '../meta.js'
import type { PodSpec } from '../kubernetes/pod.js'
import {
  findFlag,
  findObject,
  findText,
  noteUnreadable,
  type Raw,
  type Reading,
  readLabels,
  readList,
  readObject,
  readText,
} from '../reading.js'
import { readService, type Service } from '../kubernetes/service.js'

type Direction = 'ingress' | 'egress'

interface Component {
  readonly at: string
  readonly name: string
  readonly namespace: string | undefined
  readonly enabled: boolean
  readonly labels: Labels
  readonly env: Readonly<Record<string, string>>
  readonly service: Raw | undefined
}

const readEnv = (reading: Reading, k8s: Raw, at: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readList(reading, k8s, 'env', at, (inner, item, where) => {
      const value = item['value']
      return value === undefined
        ? undefined
        : ([readText(inner, item, 'name', where), typeof value === 'string' ? value : JSON.stringify(value)] as const)
    }),
  )

const readComponent =
  (direction: Direction) =>
  (reading: Reading, item: Raw, at: string): Component => {
    const k8s = readObject(reading, item, 'k8s', at)
    const usual = { app: `istio-${direction}gateway`, istio: `${direction}gateway` }
    return {
      at,
      name: findText(reading, item, 'name', at) ?? `istio-${direction}gateway`,
      namespace: findText(reading, item, 'namespace', at),
      enabled: findFlag(reading, item, 'enabled', at) ?? true,
      labels: { ...usual, ...readLabels(reading, item, 'label', at) },
      env: readEnv(reading, k8s, `${at}.k8s`),
      service: findObject(reading, k8s, 'service', `${at}.k8s`),
    }
  }

// Profiles that bring a gateway of their own, which the component list may change or turn off. Each is laid over `default`.
const bringing: Readonly<Record<Direction, ReadonlySet<string>>> = {
  ingress: new Set(['default', 'demo', 'openshift', 'preview', 'stable']),
  egress: new Set(['demo']),
}

const componentsOf = (reading: Reading, spec: Raw, direction: Direction): readonly Component[] => {
  const components = readObject(reading, spec, 'components', 'spec')
  const listed = readList(reading, components, `${direction}Gateways`, 'spec.components', readComponent(direction))
  const name = `istio-${direction}gateway`
  const profile = findText(reading, spec, 'profile', 'spec') ?? 'default'
  const brought = bringing[direction].has(profile) && !listed.some((component) => component.name === name)
  return [...listed, ...(brought ? [readComponent(direction)(reading, {}, '')] : [])].filter((component) => component.enabled)
}

const usualPorts = [
  { name: 'http2', port: 80, targetPort: 8080 },
  { name: 'https', port: 443, targetPort: 8443 },
]

/** What is wrong in a component's Service stands at the component. */
const serviceOf = (reading: Reading, spec: Raw, at: string, meta: Meta): Service => {
  const inner: Reading = { ...reading, unreadable: [] }
  const service = readService(inner, { spec }, meta)
  for (const { path, message } of inner.unreadable) noteUnreadable(reading, path.replace(/^spec/u, `${at}.k8s.service`), message)
  return service
}

const gatewayOf = (reading: Reading, component: Component, namespace: string, meta: Meta, direction: Direction): InstalledGateway => {
  const { name, labels, env, service } = component
  const own = { namespace: component.namespace ?? namespace, name, labels, annotations: {}, createdAt: meta.createdAt, index: meta.index }
  const type = direction === 'ingress' ? 'LoadBalancer' : 'ClusterIP'
  const { app = '', istio = '' } = labels
  const spec = { type, ports: usualPorts, ...service, selector: { app, istio } }
  const pod: PodSpec = {
    serviceAccount: `${name}-service-account`,
    hostNetwork: false,
    containerPorts: [],
    containerNames: ['istio-proxy'],
    proxyEnv: env,
  }
  const [ofService, ofController] = [
    { ...own, kind: 'Service' },
    { ...own, kind: 'Deployment' },
  ]
  reading.placed.push(ofService, ofController)
  return {
    service: serviceOf(reading, spec, component.at, ofService),
    controller: { meta: ofController, replicas: 1, template: { ...pod, labels, annotations: {} } },
  }
}

/** Gateways among an IstioOperator's components and those of its profile: a Service and a Deployment for each. */
export const readInstalledGateways = (reading: Reading, spec: Raw, meta: Meta): readonly InstalledGateway[] => {
  const global = readObject(reading, readObject(reading, spec, 'values', 'spec'), 'global', 'spec.values')
  const namespace =
    findText(reading, global, 'istioNamespace', 'spec.values.global') ?? findText(reading, spec, 'namespace', 'spec') ?? 'istio-system'
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    componentsOf(reading, spec, direction).map((component) => gatewayOf(reading, component, namespace, meta, direction)),
  )
}
