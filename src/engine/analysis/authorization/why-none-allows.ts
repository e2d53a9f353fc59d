import type { ResourceRef } from '../../model/resource-ref.js'
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { tellDeclarer } from '../call/tell-declarer.js'
import { matchRule } from './match-rule.js'
import { type Field, policyReader } from './policy-reader.js'
import type { PolicyRequest } from './policy-request.js'

/**
 * What is to be known of the proxy that judges, where it takes a policy otherwise than it reads; undefined: nothing.
 *
 * ztunnel and what is no HTTP see no requests, and ztunnel knows no trust domain by another name. Rules AMB-37, AUTHZ-15, AUTHZ-24, AUTHZ-40.
 */
export function whyNoneAllows(
  view: ControlPlaneView,
  policies: readonly AuthorizationPolicy[],
  request: PolicyRequest,
): AtProxy | undefined {
  if (request.chain === 'HTTP') return undefined
  if (request.chain === 'ZTUNNEL' && sidecarsAllow(view, policies, request))
    return { message: literally(view), because: [], saysWhat: false }
  if (!lookAtRequests(view, policies)) return undefined
  const { passedBy } = request
  if (passedBy === undefined) {
    const { message, because } = blind(view, request)
    return { message: `; ${message} and leaves out rules that look at them`, because, saysWhat: false }
  }
  const message = `; ztunnel leaves out rules on HTTP, and no waypoint heeds them, as ${passedBy.why}; ztunnel is the proxy of a node, which sees connections alone, and a waypoint one in front of services, which sees requests`
  return { message, because: passedBy.because, saysWhat: true }
}

interface AtProxy {
  readonly message: string
  /** Who names the waypoint that would heed what is left out. */
  readonly because: readonly ResourceRef[]
  /** Nobody has to be told whom the server sees. */
  readonly saysWhat: boolean
}

/** The same of a rule that denies what it would not if the whole of it were heeded. */
export function whyDenied(view: ControlPlaneView, rule: PolicyRule | undefined, request: PolicyRequest): Blind {
  if (rule === undefined || request.chain === 'HTTP' || !looksAtRequests(view, rule)) return { message: '', because: [] }
  const { message, because } = blind(view, request)
  return { message: `; ${message} and heeds only the rest of the rule`, because }
}

/** And of rules that would deny if they were heeded. */
export const whyNoneDenies = (view: ControlPlaneView, policies: readonly AuthorizationPolicy[], request: PolicyRequest): string => {
  if (request.chain !== 'ZTUNNEL') return ''
  const [unheeded] = policies.filter(({ rules }) => rules.some((rule) => looksAtRequests(view, rule)))
  if (unheeded === undefined) return ''
  return `; ztunnel sees connections and no requests, so that rules of AuthorizationPolicy \`${unheeded.meta.namespace}/${unheeded.meta.name}\` that look at nothing else match nothing`
}

const literally = ({ controlPlane: { meshConfig } }: ControlPlaneView): string =>
  `; ztunnel takes the trust domain of a principal literally, where a sidecar takes \`cluster.local\` and aliases for the own one, \`${meshConfig.trustDomain}\``

/** Why requests are not seen, as the beginning of a sentence, and who is to blame. */
type Blind = Pick<AtProxy, 'message' | 'because'>

function blind({ snapshot }: ControlPlaneView, { chain, declarer }: PolicyRequest): Blind {
  if (chain === 'ZTUNNEL') return { message: 'ztunnel sees connections and no requests,', because: [] }
  const by = declarer?.()
  if (by === undefined) return { message: 'in what is no HTTP the proxy sees no requests', because: [] }
  return { message: `${tellDeclarer(snapshot, by)} declares the port as none of HTTP, so that the proxy sees no requests`, because: [by] }
}

/** Would they, with all else the same? */
const sidecarsAllow = (view: ControlPlaneView, policies: readonly AuthorizationPolicy[], request: PolicyRequest): boolean =>
  policies.some((policy) =>
    policy.rules.some((rule) => matchRule(policy, policyReader(view, false).fieldsOf(rule), request)?.value === 'YES'),
  )

const lookAtRequests = (view: ControlPlaneView, policies: readonly AuthorizationPolicy[]): boolean =>
  policies.some(({ rules }) => rules.some((rule) => looksAtRequests(view, rule)))

/** Does the rule ask for something that connections do not show? */
export function looksAtRequests(view: ControlPlaneView, rule: PolicyRule): boolean {
  const { from, to, when } = policyReader(view, false).fieldsOf(rule)
  const ofRequest = (fields: readonly Field[] | undefined): boolean => fields?.some(({ attribute }) => attribute.http) === true
  return [...from, ...to, ...when].some(ofRequest)
}
