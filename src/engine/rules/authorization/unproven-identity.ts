/**
 * Do policies look at who calls where nobody ever proves it?
 *
 * Only mutual TLS gives the server an identity. Where the server takes none, or where all who call send plaintext, what asks for a caller never
 * matches, and what excepts callers excepts none. Rules AUTHZ-14, TLS-5 … TLS-8, TLS-13.
 */
import { gatewayListeners } from '../../istiod/gateways/gateway-listeners.js'
import type { AuthorizationPolicy, PolicyRule, PolicySource } from '../../resources/istio/authorization-policy.js'
import { showsWorkloads } from '../selecting-nothing.js'
import type { Breach, Rule } from '../rule.js'
import { whyPlaintext, whyPlaintextAnywhere } from './why-plaintext.js'
import { hasExceptionsOnly, judgeDead, type Outcome } from './judge-dead.js'
import { type Enforcing, type PlacedPolicy, policiesOf } from './policies-of.js'
import { servedPorts } from './served-ports.js'

const keys = new Set(['source.principal', 'source.namespace', 'source.serviceAccount', 'source.trustDomain'])
const fields = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains'] as const
const exceptions = ['notPrincipals', 'notNamespaces', 'notServiceAccounts', 'notTrustDomains'] as const

interface Asked {
  readonly rule: number
  readonly path: string
  readonly negated: boolean
}

/** Where the policy asks who calls. */
function* askedOf({ rules }: AuthorizationPolicy): Generator<Asked> {
  for (const [rule, { from, when }] of rules.entries()) {
    for (const [index, source] of from.entries()) {
      const at = `spec.rules[${rule}].from[${index}].source`
      for (const field of fields) if (source[field].length > 0) yield { rule, path: `${at}.${field}`, negated: false }
      for (const field of exceptions) if (source[field].length > 0) yield { rule, path: `${at}.${field}`, negated: true }
    }
    for (const [index, { key, values }] of when.entries())
      if (keys.has(key)) yield { rule, path: `spec.rules[${rule}].when[${index}]`, negated: values.length === 0 }
  }
}

const asks = (source: PolicySource): boolean => fields.some((field) => source[field].length > 0)

const isDead = ({ from, when }: PolicyRule): boolean =>
  (from.length > 0 && from.every(asks)) || when.some(({ key, values }) => keys.has(key) && values.length > 0)

/** Why nobody proves who he is at a gateway: each of its servers takes other bytes. Undefined: somebody may, or nothing listens. */
function whyNobodyAtGateway({ view, cluster, workload }: Enforcing): string | undefined {
  const ports = servedPorts({ view, cluster, workload }).map(({ port }) => port)
  const listening = [...new Set(ports)].flatMap((port) => gatewayListeners(view, cluster, workload, port))
  const proves = listening.some(({ tlsMode }) => tlsMode !== undefined && tlsMode !== 'SIMPLE' && tlsMode !== 'PASSTHROUGH')
  return listening.length === 0 || proves ? undefined : 'its servers ask for no certificate'
}

/** By workload: why nobody who calls it has an identity there. */
function blindAt(placed: PlacedPolicy): readonly (readonly [Enforcing, string])[] {
  return placed.at.flatMap((one) => {
    const { dataPlane } = one.workload
    const why = dataPlane === 'GATEWAY' ? whyNobodyAtGateway(one) : dataPlane === 'SIDECAR' ? whyPlaintext(one) : undefined
    return why === undefined ? [] : [[one, why] as const]
  })
}

/** An exception that is never met lets everybody in, or denies everybody. */
function judgeException({ action, rules }: AuthorizationPolicy, rule: number): Outcome {
  if (action !== 'DENY') return { severity: 'WARNING', effect: 'all callers are let in' }
  const whole = rules[rule]
  return { severity: whole !== undefined && hasExceptionsOnly(whole) ? 'ERROR' : 'WARNING', effect: 'all callers are denied' }
}

/** Conditions on who calls where nobody proves it. */
export const unprovenIdentity: Rule = {
  code: 'AUT105',
  name: 'unproven-identity',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA0105'],
  summary: 'A rule is about who calls, but no caller proves it by mutual TLS, so it matches nobody (AUTHZ-14).',
  *check(snapshot): Iterable<Breach> {
    const shows = showsWorkloads(snapshot)
    for (const placed of policiesOf(snapshot)) {
      const { policy, view, at } = placed
      const asked = [...askedOf(policy)]
      if (asked.length === 0) continue
      const blind = blindAt(placed)
      const [first] = blind
      const anywhere = shows ? undefined : whyPlaintextAnywhere(view, policy)
      const why = first?.[1] ?? anywhere
      if (why === undefined) continue
      const where = first === undefined ? 'what the policy selects' : namesOf(blind.map(([one]) => one))
      const judge = judgeDead(
        placed,
        isDead,
        blind.map(([one]) => one),
      )
      for (const one of asked) {
        const { severity, effect } = one.negated ? judgeException(policy, one.rule) : judge(one, blind.length === at.length)
        yield {
          on: view.ref(policy.meta, one.path),
          severity: first === undefined && policy.rules.every(isDead) ? 'ERROR' : severity,
          message: `nobody proves to ${where} who he is (${why}): ${effect}; have callers send mutual TLS and the server take it, or ask for something else`,
        }
      }
    }
  },
}

const namesOf = ([first, ...others]: readonly Enforcing[]): string =>
  first === undefined
    ? ''
    : `\`${first.workload.namespace}/${first.workload.owner.name}\`${others.length > 0 ? ` and ${others.length} more` : ''}`
