import type { Labels, Meta } from '../meta.js'
import {
  findSelector,
  findText,
  findWord,
  isEmptySelector,
  type Raw,
  type Reading,
  readList,
  readObject,
  readText,
  readTexts,
} from '../reading.js'
import { readTargetRefs } from '../istio/scoped-policy.js'

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
  /** A selector stands there and selects by nothing. */
  readonly emptySelector?: true
  readonly targetRefs: readonly { readonly group: string; readonly kind: string; readonly name: string }[]
  /** A null or unreadable rule is skipped, though the policy counts as present (AUTHZ-7). */
  readonly rules: readonly PolicyRule[]
  readonly provider?: string
  readonly dryRun: boolean
}

const actions = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'] as const

const readSource = (reading: Reading, item: Raw, at: string): PolicySource => {
  const source = readObject(reading, item, 'source', at)
  const texts = (key: string): readonly string[] => readTexts(reading, source, key, `${at}.source`)
  return {
    principals: texts('principals'),
    notPrincipals: texts('notPrincipals'),
    requestPrincipals: texts('requestPrincipals'),
    notRequestPrincipals: texts('notRequestPrincipals'),
    namespaces: texts('namespaces'),
    notNamespaces: texts('notNamespaces'),
    serviceAccounts: texts('serviceAccounts'),
    notServiceAccounts: texts('notServiceAccounts'),
    trustDomains: texts('trustDomains'),
    notTrustDomains: texts('notTrustDomains'),
    ipBlocks: texts('ipBlocks'),
    notIpBlocks: texts('notIpBlocks'),
    remoteIpBlocks: texts('remoteIpBlocks'),
    notRemoteIpBlocks: texts('notRemoteIpBlocks'),
  }
}

const readOperation = (reading: Reading, item: Raw, at: string): PolicyOperation => {
  const operation = readObject(reading, item, 'operation', at)
  const texts = (key: string): readonly string[] => readTexts(reading, operation, key, `${at}.operation`)
  return {
    hosts: texts('hosts'),
    notHosts: texts('notHosts'),
    ports: texts('ports'),
    notPorts: texts('notPorts'),
    methods: texts('methods'),
    notMethods: texts('notMethods'),
    paths: texts('paths'),
    notPaths: texts('notPaths'),
  }
}

const readCondition = (reading: Reading, item: Raw, at: string): PolicyCondition => ({
  key: readText(reading, item, 'key', at),
  values: readTexts(reading, item, 'values', at),
  notValues: readTexts(reading, item, 'notValues', at),
})

const readRule = (reading: Reading, item: Raw, at: string): PolicyRule => ({
  from: readList(reading, item, 'from', at, readSource),
  to: readList(reading, item, 'to', at, readOperation),
  when: readList(reading, item, 'when', at, readCondition),
})

/** Rules AUTHZ-5 (unknown actions), AUTHZ-7 (empty shapes; a null rule is skipped), AUTHZ-31 (dry run). */
export const readAuthorizationPolicy = (reading: Reading, raw: Raw, meta: Meta): AuthorizationPolicy => {
  const spec = readObject(reading, raw, 'spec', '')
  const selector = findSelector(reading, spec, 'selector', 'spec')
  const action = findWord(reading, spec, 'action', 'spec', actions)
  const isUnknown = typeof spec['action'] === 'string' && spec['action'] !== ''
  const provider = findText(reading, readObject(reading, spec, 'provider', 'spec'), 'name', 'spec.provider')
  return {
    meta,
    action: action ?? (isUnknown ? 'UNKNOWN' : 'ALLOW'),
    ...(selector === undefined ? {} : { selector }),
    ...(isEmptySelector(spec) ? { emptySelector: true as const } : {}),
    targetRefs: readTargetRefs(reading, spec),
    rules: readList(reading, spec, 'rules', 'spec', readRule),
    ...(provider === undefined ? {} : { provider }),
    // Any literal that Go reads as true (AUTHZ-31).
    dryRun: /^(?:1|t|T|TRUE|true|True)$/u.test(meta.annotations['istio.io/dry-run'] ?? ''),
  }
}
