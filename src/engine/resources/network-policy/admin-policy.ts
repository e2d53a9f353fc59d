import type { LabelSelector } from '../label-selector.js'
import type { Meta } from '../meta.js'
import {
  findNumber,
  findWord,
  findObject,
  noteUnreadable,
  type Raw,
  type Reading,
  readList,
  readObject,
  readText,
  readTexts,
} from '../reading.js'
import { type PolicyPort, readAdminPort, readClusterPort } from './policy-port.js'
import { everyLabel, findSelectorOf } from './find-selector-of.js'

/** Pods of namespaces: of all that match, or of those only that match themselves (NP-33). */
export interface PodsOfNamespaces {
  readonly namespaces: LabelSelector
  readonly pods: LabelSelector
}

/** UNKNOWN: a peer with no field that is known here, which fails closed (NP-33). */
export type AdminPeer =
  | ({ readonly kind: 'PODS' } & PodsOfNamespaces)
  | { readonly kind: 'NODES'; readonly nodes: LabelSelector }
  | { readonly kind: 'NETWORKS'; readonly cidrs: readonly string[] }
  | { readonly kind: 'DOMAIN_NAMES' | 'UNKNOWN' }

export type AdminAction = 'ALLOW' | 'DENY' | 'PASS'

export interface AdminRule {
  readonly name: string
  readonly action: AdminAction
  readonly peers: readonly AdminPeer[]
  readonly ports?: readonly PolicyPort[]
}

/** A policy for the whole cluster: decided before (ADMIN) or after (BASELINE) the NetworkPolicies, rule by rule (NP-30, NP-31). */
export interface AdminPolicy {
  readonly meta: Meta
  readonly tier: 'ADMIN' | 'BASELINE'
  /** Lower comes first. */
  readonly priority: number
  /** Undefined: it could not be read. */
  readonly subject: PodsOfNamespaces | undefined
  readonly ingress: readonly AdminRule[]
  readonly egress: readonly AdminRule[]
  readonly unclear: boolean
}

const actions: Readonly<Record<string, AdminAction>> = { Allow: 'ALLOW', Accept: 'ALLOW', Deny: 'DENY', Pass: 'PASS' }

/** Where there is no priority, the last there can be: it is alone in its tier. */
const lastPriority = 1000

const findPods = (reading: Reading, item: Raw, at: string): PodsOfNamespaces | undefined => {
  const namespaces = findSelectorOf(reading, item, 'namespaces', at)
  if (namespaces !== undefined) return { namespaces, pods: everyLabel }
  const pods = findObject(reading, item, 'pods', at)
  if (pods === undefined) return undefined
  return {
    namespaces: findSelectorOf(reading, pods, 'namespaceSelector', `${at}.pods`) ?? everyLabel,
    pods: findSelectorOf(reading, pods, 'podSelector', `${at}.pods`) ?? everyLabel,
  }
}

const readPeer = (reading: Reading, item: Raw, at: string): AdminPeer => {
  const pods = findPods(reading, item, at)
  if (pods !== undefined) return { kind: 'PODS', ...pods }
  const cidrs = readTexts(reading, item, 'networks', at)
  if (cidrs.length > 0) return { kind: 'NETWORKS', cidrs }
  const nodes = findSelectorOf(reading, item, 'nodes', at)
  if (nodes !== undefined) return { kind: 'NODES', nodes }
  return { kind: readTexts(reading, item, 'domainNames', at).length > 0 ? 'DOMAIN_NAMES' : 'UNKNOWN' }
}

const portsOf = (reading: Reading, item: Raw, at: string): readonly PolicyPort[] | undefined => {
  const key = ['ports', 'protocols'].find((one) => item[one] !== undefined && item[one] !== null)
  return key === undefined ? undefined : readList(reading, item, key, at, key === 'ports' ? readAdminPort : readClusterPort)
}

const readRule = (peers: 'from' | 'to') => {
  return (reading: Reading, item: Raw, at: string): AdminRule | undefined => {
    const action = actions[readText(reading, item, 'action', at)]
    const list = readList(reading, item, peers, at, readPeer)
    if (action === undefined) noteUnreadable(reading, `${at}.action`, `is not one of ${Object.keys(actions).join(', ')}`)
    if (list.length === 0) noteUnreadable(reading, `${at}.${peers}`, 'names no peer')
    if (action === undefined) return undefined
    const ports = portsOf(reading, item, at)
    return { name: readText(reading, item, 'name', at), action, peers: list, ...(ports === undefined ? {} : { ports }) }
  }
}

const tierOf = (reading: Reading, spec: Raw, { kind }: Meta): AdminPolicy['tier'] => {
  if (kind !== 'ClusterNetworkPolicy') return kind === 'AdminNetworkPolicy' ? 'ADMIN' : 'BASELINE'
  const tier = findWord(reading, spec, 'tier', 'spec', ['Admin', 'Baseline'])
  if (tier === undefined) noteUnreadable(reading, 'spec.tier', 'names no tier')
  return tier === 'Baseline' ? 'BASELINE' : 'ADMIN'
}

/** AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy: one idea in two versions of its API. Rules NP-30 … NP-34. */
export const readAdminPolicy = (reading: Reading, raw: Raw, meta: Meta): AdminPolicy => {
  const before = reading.unreadable.length
  const spec = readObject(reading, raw, 'spec', '')
  const subject = findPods(reading, readObject(reading, spec, 'subject', 'spec'), 'spec.subject')
  if (subject === undefined) noteUnreadable(reading, 'spec.subject', 'names no pods')
  return {
    meta,
    tier: tierOf(reading, spec, meta),
    priority: findNumber(reading, spec, 'priority', 'spec') ?? lastPriority,
    subject,
    ingress: readList(reading, spec, 'ingress', 'spec', readRule('from')),
    egress: readList(reading, spec, 'egress', 'spec', readRule('to')),
    unclear: reading.unreadable.length > before,
  }
}
