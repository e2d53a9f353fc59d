import type { LabelSelector } from '../label-selector.js'
import type { Meta } from '../meta.js'
import { findObject, noteUnreadable, type Raw, type Reading, readList, readObject, readText, readTexts } from '../reading.js'
import { type PolicyPort, readPolicyPort } from './policy-port.js'
import { everyLabel, findSelectorOf } from './find-selector-of.js'

/** Whom a rule lets through: pods by selectors, or addresses (NP-9, NP-11). */
export interface PolicyPeer {
  readonly podSelector?: LabelSelector
  readonly namespaceSelector?: LabelSelector
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] }
}

/** Absent peers are anybody, absent ports every port (NP-8). */
export interface PolicyRule {
  readonly peers?: readonly PolicyPeer[]
  readonly ports?: readonly PolicyPort[]
}

/** A `networking.k8s.io` NetworkPolicy: pods of its namespace, and what may come in and go out; without rules for a direction that it restricts, nothing. */
export interface NetworkPolicy {
  readonly meta: Meta
  readonly podSelector: LabelSelector
  /** Undefined: it does not restrict what comes in. */
  readonly ingress: readonly PolicyRule[] | undefined
  readonly egress: readonly PolicyRule[] | undefined
  /** Some of it could not be read. */
  readonly unclear: boolean
}

const readBlock = (reading: Reading, item: Raw, at: string): PolicyPeer['ipBlock'] => {
  const block = findObject(reading, item, 'ipBlock', at)
  if (block === undefined) return undefined
  return { cidr: readText(reading, block, 'cidr', `${at}.ipBlock`), except: readTexts(reading, block, 'except', `${at}.ipBlock`) }
}

const readPeer = (reading: Reading, item: Raw, at: string): PolicyPeer | undefined => {
  const ipBlock = readBlock(reading, item, at)
  const podSelector = findSelectorOf(reading, item, 'podSelector', at)
  const namespaceSelector = findSelectorOf(reading, item, 'namespaceSelector', at)
  if (ipBlock === undefined && podSelector === undefined && namespaceSelector === undefined) {
    noteUnreadable(reading, at, 'names no peer')
    return undefined
  }
  return {
    ...(ipBlock === undefined ? {} : { ipBlock }),
    ...(podSelector === undefined ? {} : { podSelector }),
    ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
  }
}

/** Absent and empty lists are no condition; a list of a wrong shape is one that cannot be read. */
const isStated = (list: unknown): boolean => list !== undefined && list !== null && !(Array.isArray(list) && list.length === 0)

const readRule = (peers: 'from' | 'to') => {
  return (reading: Reading, item: Raw, at: string): PolicyRule => ({
    ...(isStated(item[peers]) ? { peers: readList(reading, item, peers, at, readPeer) } : {}),
    ...(isStated(item['ports']) ? { ports: readList(reading, item, 'ports', at, readPolicyPort) } : {}),
  })
}

/** Without `policyTypes` Kubernetes takes Ingress, and Egress too where the policy has egress rules. Rules NP-5, NP-7. */
export const readNetworkPolicy = (reading: Reading, raw: Raw, meta: Meta): NetworkPolicy => {
  const before = reading.unreadable.length
  const spec = readObject(reading, raw, 'spec', '')
  const types = readTexts(reading, spec, 'policyTypes', 'spec')
  const podSelector = findSelectorOf(reading, spec, 'podSelector', 'spec') ?? everyLabel
  const ingress = readList(reading, spec, 'ingress', 'spec', readRule('from'))
  const egress = readList(reading, spec, 'egress', 'spec', readRule('to'))
  return {
    meta,
    podSelector,
    ingress: types.length === 0 || types.includes('Ingress') ? ingress : undefined,
    egress: (types.length === 0 ? egress.length > 0 : types.includes('Egress')) ? egress : undefined,
    unclear: reading.unreadable.length > before,
  }
}
