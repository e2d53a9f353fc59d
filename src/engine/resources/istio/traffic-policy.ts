/** TLS settings of a DestinationRule level. */
export interface ClientTls {
  readonly mode: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL'
  readonly sni?: string
  readonly subjectAltNames: readonly string[]
  readonly caCertificates?: string
  readonly credentialName?: string
  readonly insecureSkipVerify: boolean
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
  readonly ports: readonly { readonly port: number; readonly policy: Omit<TrafficPolicy, 'ports'> }[]
}
