import {
  findFlag,
  findNumber,
  findObject,
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

/** TLS settings of a DestinationRule level. */
export interface ClientTls {
  readonly mode: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL'
  readonly sni?: string
  readonly subjectAltNames: readonly string[]
  readonly caCertificates?: string
  readonly credentialName?: string
  readonly insecureSkipVerify: boolean
  /** Why no connection is made by it. */
  readonly unusable?: string
}

export interface LocalitySetting {
  readonly enabled?: boolean
  readonly distribute: readonly { readonly from: string; readonly to: Readonly<Record<string, number>> }[]
  readonly failover: readonly { readonly from: string; readonly to: string }[]
  readonly failoverPriority: readonly string[]
}

export interface LoadBalancer {
  readonly simple?: string
  readonly consistentHash: boolean
  readonly locality?: LocalitySetting
}

export interface OutlierDetection {
  readonly minHealthPercent: number
}

/** One level of a DestinationRule's policy; an absent member is unset. */
export interface TrafficPolicy {
  readonly tls?: ClientTls
  readonly loadBalancer?: LoadBalancer
  readonly outlierDetection?: OutlierDetection
  /** The proxy writes a header of the PROXY protocol in front of all else; settings by port have none. */
  readonly proxyProtocol?: true
  readonly ports: readonly { readonly port: number; readonly policy: Omit<TrafficPolicy, 'ports'> }[]
}

type Level = Omit<TrafficPolicy, 'ports'>

/** An empty `tls` block means DISABLE: the mode's zero value. */
const readTls = (reading: Reading, tls: Raw, at: string): ClientTls => {
  const sni = findText(reading, tls, 'sni', at)
  const caCertificates = findText(reading, tls, 'caCertificates', at)
  const credentialName = findText(reading, tls, 'credentialName', at)
  return {
    mode: findWord(reading, tls, 'mode', at, ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL']) ?? 'DISABLE',
    ...(sni === undefined ? {} : { sni }),
    subjectAltNames: readTexts(reading, tls, 'subjectAltNames', at),
    ...(caCertificates === undefined ? {} : { caCertificates }),
    ...(credentialName === undefined ? {} : { credentialName }),
    insecureSkipVerify: findFlag(reading, tls, 'insecureSkipVerify', at) ?? false,
  }
}

const readShares = (reading: Reading, item: Raw, at: string): Readonly<Record<string, number>> => {
  const to = readObject(reading, item, 'to', at)
  return Object.fromEntries(Object.keys(to).map((key) => [key, readNumber(reading, to, key, `${at}.to`)]))
}

/** `localityLbSetting`, of a DestinationRule or of MeshConfig. */
export const readLocalitySetting = (reading: Reading, setting: Raw, at: string): LocalitySetting => {
  const enabled = findFlag(reading, setting, 'enabled', at)
  return {
    ...(enabled === undefined ? {} : { enabled }),
    distribute: readList(reading, setting, 'distribute', at, (inner, item, where) => ({
      from: readText(inner, item, 'from', where),
      to: readShares(inner, item, where),
    })),
    failover: readList(reading, setting, 'failover', at, (inner, item, where) => ({
      from: readText(inner, item, 'from', where),
      to: readText(inner, item, 'to', where),
    })),
    failoverPriority: readTexts(reading, setting, 'failoverPriority', at),
  }
}

const readLoadBalancer = (reading: Reading, balancer: Raw, at: string): LoadBalancer => {
  const simple = findText(reading, balancer, 'simple', at)
  const locality = findObject(reading, balancer, 'localityLbSetting', at)
  return {
    ...(simple === undefined ? {} : { simple }),
    consistentHash: findObject(reading, balancer, 'consistentHash', at) !== undefined,
    ...(locality === undefined ? {} : { locality: readLocalitySetting(reading, locality, `${at}.localityLbSetting`) }),
  }
}

const readLevel = (reading: Reading, policy: Raw, at: string): Level => {
  const tls = findObject(reading, policy, 'tls', at)
  const balancer = findObject(reading, policy, 'loadBalancer', at)
  const outlier = findObject(reading, policy, 'outlierDetection', at)
  return {
    ...(tls === undefined ? {} : { tls: readTls(reading, tls, `${at}.tls`) }),
    ...(balancer === undefined ? {} : { loadBalancer: readLoadBalancer(reading, balancer, `${at}.loadBalancer`) }),
    ...(outlier === undefined
      ? {}
      : { outlierDetection: { minHealthPercent: readNumber(reading, outlier, 'minHealthPercent', `${at}.outlierDetection`) } }),
  }
}

/** `trafficPolicy` below `from`, if it stands there. */
export const findTrafficPolicy = (reading: Reading, from: Raw, at: string): TrafficPolicy | undefined => {
  const policy = findObject(reading, from, 'trafficPolicy', at)
  if (policy === undefined) return undefined
  const path = `${at}.trafficPolicy`
  return {
    ...readLevel(reading, policy, path),
    ...(findObject(reading, policy, 'proxyProtocol', path) === undefined ? {} : { proxyProtocol: true as const }),
    ports: readList(reading, policy, 'portLevelSettings', path, (inner, item, where) => {
      const port = findNumber(inner, readObject(inner, item, 'port', where), 'number', `${where}.port`)
      return port === undefined ? undefined : { port, policy: readLevel(inner, item, where) }
    }),
  }
}
