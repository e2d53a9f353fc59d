import type { Meta } from '../meta.js'
import {
  findFlag,
  findNumber,
  findText,
  findWord,
  isRaw,
  type Raw,
  type Reading,
  readList,
  readNumber,
  readObject,
  readText,
  share,
} from '../reading.js'
import { findOwner } from '../meta.js'
import { type TransportProtocol, transportProtocols } from '../network-policy/policy-port.js'

export interface ContainerPort {
  readonly name?: string
  readonly number: number
  /** Absent: TCP. */
  readonly protocol?: TransportProtocol
  /** The node's port that leads there. */
  readonly hostPort?: number
}

/** What a Pod and the template of its owner have in common. */
export interface PodSpec {
  readonly serviceAccount: string
  readonly hostNetwork: boolean
  readonly containerPorts: readonly ContainerPort[]
  /** Names of containers and of init containers (native sidecars). */
  readonly containerNames: readonly string[]
  /** Environment of the container `istio-proxy` where it stands in the object; empty otherwise. */
  readonly proxyEnv: Readonly<Record<string, string>>
  /** Environment and image of a container named `discovery`: this is an istiod. */
  readonly istiod?: { readonly image: string; readonly env: Readonly<Record<string, string>> }
  /** Of the container `istio-proxy`, where it stands in the object. */
  readonly proxyImage?: string
  /** Where the application is made to run as the user of the proxy, whose traffic is not captured. */
  readonly userOfProxy?: string
  readonly nodeName?: string
  /** With `subdomain`, the name of its own that a pod has under a headless Service (DNS-4). */
  readonly hostname?: string
  readonly subdomain?: string
}

export interface Pod extends PodSpec {
  readonly meta: Meta
  readonly ips: readonly string[]
  readonly phase: string
  readonly ready: boolean
  readonly deleting: boolean
  /** The controlling owner as written (`ReplicaSet`, `StatefulSet` …). */
  readonly owner?: { readonly kind: string; readonly name: string }
}

const noEnv: Readonly<Record<string, string>> = Object.freeze({})

interface Container {
  readonly name: string
  readonly raw: Raw
  readonly at: string
}

const readContainer = (reading: Reading, item: Raw, at: string): Container => ({ name: readText(reading, item, 'name', at), raw: item, at })

const readPort = (reading: Reading, item: Raw, at: string): ContainerPort => {
  const name = findText(reading, item, 'name', at)
  const protocol = findWord(reading, item, 'protocol', at, transportProtocols)
  const hostPort = findNumber(reading, item, 'hostPort', at)
  return {
    ...(hostPort === undefined ? {} : { hostPort }),
    ...(name === undefined ? {} : { name }),
    number: readNumber(reading, item, 'containerPort', at),
    ...(protocol === undefined || protocol === 'TCP' ? {} : { protocol }),
  }
}

/** Literal variables only: what a reference would give is not in the object. */
const readEnv = (reading: Reading, container: Container): Readonly<Record<string, string>> => {
  const entries = readList(reading, container.raw, 'env', container.at, (inner, item, at): readonly [string, string] | undefined => {
    const value = findText(inner, item, 'value', at)
    return value === undefined ? undefined : [readText(inner, item, 'name', at), value]
  })
  return entries.length === 0 ? noEnv : Object.fromEntries(entries)
}

const proxyUser = 1337
const ofIstio = /^istio-|^discovery$/u

const runsAsProxy = (reading: Reading, from: Raw, at: string): boolean =>
  from['securityContext'] !== undefined &&
  findNumber(reading, readObject(reading, from, 'securityContext', at), 'runAsUser', `${at}.securityContext`) === proxyUser

/** A container's user counts before the pod's. */
function userOfProxyIn(reading: Reading, spec: Raw, at: string, containers: readonly Container[]): string | undefined {
  const own = containers.filter(({ name }) => !ofIstio.test(name))
  const container = own.find((one) => runsAsProxy(reading, one.raw, one.at))
  if (container !== undefined) return `${container.at}.securityContext.runAsUser`
  return own.length > 0 && runsAsProxy(reading, spec, at) ? `${at}.securityContext.runAsUser` : undefined
}

/** What a Pod and a pod template have in common; `spec` is the pod spec at `at`. */
export const readPodSpec = (reading: Reading, spec: Raw, at: string): PodSpec => {
  const containers = [
    ...readList(reading, spec, 'containers', at, readContainer),
    ...readList(reading, spec, 'initContainers', at, readContainer),
  ]
  const proxy = containers.find((container) => container.name === 'istio-proxy')
  const discovery = containers.find((container) => container.name === 'discovery')
  const image = proxy === undefined ? '' : readText(reading, proxy.raw, 'image', proxy.at)
  const userOfProxy = userOfProxyIn(reading, spec, at, containers)
  const optional = ['nodeName', 'hostname', 'subdomain'].flatMap((key) => {
    const text = findText(reading, spec, key, at)
    return text === undefined ? [] : [[key, text]]
  })
  return {
    serviceAccount: findText(reading, spec, 'serviceAccountName', at) ?? findText(reading, spec, 'serviceAccount', at) ?? 'default',
    hostNetwork: findFlag(reading, spec, 'hostNetwork', at) ?? false,
    containerPorts: share(
      reading,
      'ports',
      containers.flatMap((container) => readList(reading, container.raw, 'ports', container.at, readPort)),
    ),
    containerNames: share(
      reading,
      'containers',
      containers.map((container) => container.name),
    ),
    proxyEnv: proxy === undefined ? noEnv : readEnv(reading, proxy),
    ...(image === '' ? {} : { proxyImage: image }),
    ...(userOfProxy === undefined ? {} : { userOfProxy }),
    ...(discovery === undefined
      ? {}
      : { istiod: { image: readText(reading, discovery.raw, 'image', discovery.at), env: readEnv(reading, discovery) } }),
    ...Object.fromEntries(optional),
  }
}

const ipsOf = (reading: Reading, status: Raw): readonly string[] => {
  const several = readList(reading, status, 'podIPs', 'status', (inner, item, at) => findText(inner, item, 'ip', at))
  const single = readText(reading, status, 'podIP', 'status')
  return several.length > 0 || single === '' ? several : [single]
}

/** A running pod always tells; one that someone wrote by hand without conditions is meant to run. */
const isReady = (reading: Reading, status: Raw): boolean => {
  const conditions = readList(reading, status, 'conditions', 'status', (_, item) => (item['type'] === 'Ready' ? item : undefined))
  const phase = status['phase'] ?? 'Running'
  return conditions[0] === undefined ? phase === 'Running' : conditions[0]['status'] === 'True'
}

export const readPod = (reading: Reading, raw: Raw, meta: Meta): Pod => {
  const status = readObject(reading, raw, 'status', '')
  const owner = findOwner(reading, raw)
  const metadata = isRaw(raw['metadata']) ? raw['metadata'] : {}
  return {
    meta,
    ...readPodSpec(reading, readObject(reading, raw, 'spec', ''), 'spec'),
    ips: ipsOf(reading, status),
    phase: readText(reading, status, 'phase', 'status'),
    ready: isReady(reading, status),
    deleting: metadata['deletionTimestamp'] !== undefined && metadata['deletionTimestamp'] !== null,
    ...(owner === undefined ? {} : { owner }),
  }
}
