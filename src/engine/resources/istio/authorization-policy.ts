import type { Labels, Meta } from '../meta.js'

export interface PolicySource {
  readonly principals: readonly string[]
  readonly notPrincipals: readonly string[]
  readonly requestPrincipals: readonly string[]
  readonly notRequestPrincipals: readonly string[]
  readonly namespaces: readonly string[]
  readonly notNamespaces: readonly string[]
  readonly serviceAccounts: readonly string[]
  readonly notServiceAccounts: readonly string[]
  readonly trustDomains: readonly string[]
  readonly notTrustDomains: readonly string[]
  readonly ipBlocks: readonly string[]
  readonly notIpBlocks: readonly string[]
  readonly remoteIpBlocks: readonly string[]
  readonly notRemoteIpBlocks: readonly string[]
}

export interface PolicyOperation {
  readonly hosts: readonly string[]
  readonly notHosts: readonly string[]
  readonly ports: readonly string[]
  readonly notPorts: readonly string[]
  readonly methods: readonly string[]
  readonly notMethods: readonly string[]
  readonly paths: readonly string[]
  readonly notPaths: readonly string[]
}

export interface PolicyCondition {
  readonly key: string
  readonly values: readonly string[]
  readonly notValues: readonly string[]
}

/** Empty `from`, `to`, `when` mean any. */
export interface PolicyRule {
  readonly from: readonly PolicySource[]
  readonly to: readonly PolicyOperation[]
  readonly when: readonly PolicyCondition[]
}

export interface AuthorizationPolicy {
  readonly meta: Meta
  readonly action: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM' | 'UNKNOWN'
  readonly selector?: Labels
  readonly targetRefs: readonly { readonly group: string; readonly kind: string; readonly name: string }[]
  /** A null or unreadable rule is skipped, though the policy counts as present (AUTHZ-7). */
  readonly rules: readonly PolicyRule[]
  readonly provider?: string
  readonly dryRun: boolean
}
