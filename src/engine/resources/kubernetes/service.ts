import type { Labels, Meta } from '../meta.js'
import { type LoadBalancer, readLoadBalancer } from './load-balancer.js'
import { type Protocol, protocolOfServicePort, speaksFirst } from './protocol.js'
import {
  findFlag,
  findLabels,
  findNumber,
  findText,
  findWord,
  type Raw,
  type Reading,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from '../reading.js'

export interface ServicePort {
  readonly name: string
  readonly number: number
  readonly protocol: Protocol
  /** A number, or the name of a container port. */
  readonly targetPort: number | string
  readonly nodePort?: number
  /** The client waits for the server's first bytes. */
  readonly serverFirst?: true
}

export interface Service extends LoadBalancer {
  readonly meta: Meta
  /** Nobody has written it: istiod is taken to make it for this Gateway of the Gateway API. */
  readonly madeFor?: Meta
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  /** Without `None`; empty when headless or not yet assigned. */
  readonly clusterIps: readonly string[]
  readonly headless: boolean
  readonly externalName?: string
  readonly selector?: Labels
  readonly ports: readonly ServicePort[]
  readonly externalIps: readonly string[]
  /** IPs and hostnames of `status.loadBalancer.ingress`. */
  readonly ingressAddresses: readonly string[]
  readonly hasStatus: boolean
  readonly publishNotReadyAddresses: boolean
  readonly internalTrafficPolicyLocal: boolean
  readonly trafficDistribution?: string
  /** Items of the annotation `networking.istio.io/exportTo`, trimmed; absent when the annotation is. */
  readonly exportTo?: readonly string[]
  /** SPIFFE or plain names of `alpha.istio.io/kubernetes-serviceaccounts` and `…/canonical-serviceaccounts`. */
  readonly serviceAccounts: readonly string[]
}

const readPort = (reading: Reading, item: Raw, at: string): ServicePort => {
  const name = readText(reading, item, 'name', at)
  const number = readNumber(reading, item, 'port', at)
  const target = item['targetPort']
  const nodePort = findNumber(reading, item, 'nodePort', at)
  const numeric = typeof target === 'number' ? target : typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : undefined
  const appProtocol = findText(reading, item, 'appProtocol', at)
  const protocol = protocolOfServicePort({ protocol: readText(reading, item, 'protocol', at), appProtocol, name, number })
  return {
    name,
    number,
    protocol,
    ...(speaksFirst(protocol, appProtocol ?? name, number, numeric) ? { serverFirst: true as const } : {}),
    targetPort: numeric ?? (findText(reading, item, 'targetPort', at) || number),
    ...(nodePort === undefined || nodePort === 0 ? {} : { nodePort }),
  }
}

const readIngress = (reading: Reading, item: Raw, at: string): string | undefined =>
  findText(reading, item, 'ip', at) ?? findText(reading, item, 'hostname', at)

const items = (text: string | undefined): readonly string[] | undefined =>
  text === undefined
    ? undefined
    : text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')

const clusterIpsOf = (reading: Reading, spec: Raw): readonly string[] => {
  const several = readTexts(reading, spec, 'clusterIPs', 'spec')
  if (several.length > 0) return several
  const single = readText(reading, spec, 'clusterIP', 'spec')
  return single === '' ? [] : [single]
}

const accountsOf = ({ annotations }: Meta): readonly string[] => {
  const accounts = ['alpha.istio.io/kubernetes-serviceaccounts', 'alpha.istio.io/canonical-serviceaccounts'].flatMap(
    (name) => items(annotations[name]) ?? [],
  )
  return accounts.length === 0 ? none : accounts
}

const none: readonly string[] = []

/** Rules VIS-1 (annotation list, trimmed), TLS-12 (protocols), NET-7 (gateway addresses). */
export const readService = (reading: Reading, raw: Raw, meta: Meta): Service => {
  const spec = readObject(reading, raw, 'spec', '')
  const status = readObject(reading, raw, 'status', '')
  const clusterIps = clusterIpsOf(reading, spec)
  const headless = clusterIps.includes('None')
  const type = findWord(reading, spec, 'type', 'spec', ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']) ?? 'ClusterIP'
  const externalName = findText(reading, spec, 'externalName', 'spec')
  const selector = findLabels(reading, spec, 'selector', 'spec')
  const exportTo = items(meta.annotations['networking.istio.io/exportTo'])
  const trafficDistribution = findText(reading, spec, 'trafficDistribution', 'spec')
  return {
    meta,
    type,
    clusterIps: headless ? clusterIps.filter((ip) => ip !== 'None') : clusterIps,
    headless,
    ...(externalName === undefined ? {} : { externalName }),
    ...(selector === undefined || Object.keys(selector).length === 0 ? {} : { selector }),
    ports: readList(reading, spec, 'ports', 'spec', readPort),
    externalIps: readTexts(reading, spec, 'externalIPs', 'spec'),
    ingressAddresses: readList(
      reading,
      readObject(reading, status, 'loadBalancer', 'status'),
      'ingress',
      'status.loadBalancer',
      readIngress,
    ),
    ...readLoadBalancer(reading, spec, meta, type === 'LoadBalancer'),
    hasStatus: Object.keys(status).length > 0,
    publishNotReadyAddresses: findFlag(reading, spec, 'publishNotReadyAddresses', 'spec') ?? false,
    internalTrafficPolicyLocal: readText(reading, spec, 'internalTrafficPolicy', 'spec') === 'Local',
    ...(trafficDistribution === undefined ? {} : { trafficDistribution }),
    ...(exportTo === undefined ? {} : { exportTo }),
    serviceAccounts: accountsOf(meta),
  }
}
