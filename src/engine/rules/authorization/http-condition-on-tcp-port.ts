/**
 * Do policies look for parts of HTTP where there are none?
 *
 * On a port that carries plain TCP or TLS the proxy sees no methods, paths, hosts, headers or tokens: a rule that allows by them is left out, one
 * that denies by them loses them and denies more. A detected port has both forms and asks for nothing. Rules AUTHZ-23 … AUTHZ-25.
 */
import { type Field, type RuleFields, policyReader } from '../../analysis/authorization/policy-reader.js'
import { selectedPolicies } from '../../analysis/authorization/selected-policies.js'
import { remembered } from '../../remembered.js'
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Breach, Rule } from '../rule.js'
import { type Enforcing, type PlacedPolicy, policiesOf } from './policies-of.js'
import { type ServedPort, servedPorts } from './served-ports.js'

const fieldsOf = ({ view }: Enforcing, rule: PolicyRule): RuleFields => policyReader(view, false).fieldsOf(rule)

const allFields = ({ from, to, when }: RuleFields): readonly Field[] =>
  [...from, ...to, ...when.flatMap((one) => (one === undefined ? [] : [one]))].flat()

const isHttp = ({ attribute }: Field): boolean => attribute.http
const isPort = ({ attribute }: Field): boolean => attribute.on === 'port'
const takesPort = ({ values, notValues }: Field, port: number): boolean =>
  (values.length === 0 || values.includes(String(port))) && !notValues.includes(String(port))

/** May the rule be about this port at all? */
const concerns = ({ to, when }: RuleFields, port: number): boolean => {
  const admits = (fields: readonly Field[]): boolean => fields.filter(isPort).every((field) => takesPort(field, port))
  return (to.length === 0 || to.some(admits)) && when.every((condition) => condition === undefined || admits(condition))
}

const carriesTcp = ({ protocol }: ServedPort): boolean => protocol === 'TCP' || protocol === 'TLS'

/** TCP ports of the workload on which its policies allow nothing, since every rule that concerns them looks for HTTP. */
const closedPorts = (one: Enforcing): readonly ServedPort[] => closedAt(one.view, one.cluster, one.workload)

const closedAt = remembered((view: ControlPlaneView, cluster: Cluster, workload: Workload): readonly ServedPort[] => {
  const one = { view, cluster, workload }
  const tcp = servedPorts(one).filter(carriesTcp)
  if (tcp.length === 0) return tcp
  const rules = selectedPolicies(view, workload).allow.flatMap((policy) => policy.rules.map((rule) => fieldsOf(one, rule)))
  return tcp.filter((served) => {
    const about = rules.filter((rule) => concerns(rule, served.port))
    return about.length > 0 && about.every((rule) => allFields(rule).some(isHttp))
  })
})

const hasTcp = (one: Enforcing): boolean => servedPorts(one).some(carriesTcp)
const hasClosed = (one: Enforcing): boolean => closedPorts(one).length > 0

/** Every port that the workload serves is closed: what was meant for its neighbours takes it along. */
const isShut = (one: Enforcing): boolean => closedPorts(one).length > 0 && closedPorts(one).length === servedPorts(one).length

const namesPort = (rule: RuleFields, port: number): boolean =>
  rule.to.some((fields) => fields.some((field) => isPort(field) && field.values.includes(String(port))))

/** TCP ports that the rule closes, or names without opening them. */
const closedBy = (one: Enforcing, rule: RuleFields): readonly ServedPort[] =>
  closedPorts(one).filter(({ port }) => concerns(rule, port) && (isShut(one) || namesPort(rule, port)))

/** TCP ports on which a rule that denies has lost what it looks for. */
const widenedAt = (one: Enforcing, rule: RuleFields): readonly ServedPort[] =>
  servedPorts(one).filter((served) => carriesTcp(served) && concerns(rule, served.port))

/** Of a rule that denies, is it only the port that is left? */
const deniesAll = (rule: RuleFields): boolean => allFields(rule).every((field) => isHttp(field) || isPort(field))

const told = (one: Enforcing, ports: readonly ServedPort[]): string =>
  `port ${[...new Set(ports.map(({ port }) => port))].join(', ')} of \`${one.workload.namespace}/${one.workload.owner.name}\``

const firstHttp = (rule: RuleFields): string => allFields(rule).find(isHttp)?.attribute.on ?? 'HTTP'

type Place = readonly [Enforcing, readonly ServedPort[]]

const effectOf = (denies: boolean, all: boolean): string => {
  if (!denies) return 'the rule is left out, nothing else is allowed there, and every connection is denied'
  return all
    ? 'the rule loses all that it looks for and denies every connection'
    : 'the rule loses that condition and denies every connection that its others fit'
}

function* breachesOf({ policy, view }: PlacedPolicy, rule: number, [first, ...others]: readonly Place[]): Generator<Breach> {
  if (first === undefined) return
  const [one, ports] = first
  const fields = fieldsOf(one, policy.rules[rule] ?? { from: [], to: [], when: [] })
  const denies = policy.action === 'DENY'
  const where = `${told(one, ports)}${others.length === 0 ? '' : ` and of ${others.length} more`}`
  const advice = denies ? 'name the HTTP ports in `ports`' : 'allow the port by `ports` and by who calls, in a rule of its own'
  yield {
    on: view.ref(policy.meta, `spec.rules[${rule}]`),
    severity: denies && !deniesAll(fields) ? 'WARNING' : 'ERROR',
    message: `${where} carries TCP, where no proxy sees a ${firstHttp(fields)}: ${effectOf(denies, deniesAll(fields))}; ${advice}`,
  }
}

/** The workloads at which the rule does other than it says, with the ports. */
function placesOf(policy: AuthorizationPolicy, rule: PolicyRule, sidecars: readonly Enforcing[]): readonly Place[] {
  const [first] = sidecars
  if (first === undefined || !allFields(fieldsOf(first, rule)).some(isHttp)) return []
  return sidecars.flatMap((one) => {
    const fields = fieldsOf(one, rule)
    const ports = policy.action === 'DENY' ? widenedAt(one, fields) : closedBy(one, fields)
    return ports.length === 0 ? [] : [[one, ports] as const]
  })
}

/** Conditions on HTTP at a port that carries TCP. */
export const httpConditionOnTcpPort: Rule = {
  code: 'AUT106',
  name: 'http-condition-on-tcp-port',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary:
    'A rule looks for a part of HTTP on a port that carries TCP: allowing, it is left out; denying, it denies every connection (AUTHZ-24).',
  *check(snapshot): Iterable<Breach> {
    for (const placed of policiesOf(snapshot)) {
      const { policy, at } = placed
      if (policy.action !== 'ALLOW' && policy.action !== 'DENY') continue
      const mayErr = policy.action === 'DENY' ? hasTcp : hasClosed
      const sidecars = at.filter((one) => one.workload.dataPlane === 'SIDECAR' && mayErr(one))
      for (const [index, rule] of policy.rules.entries()) yield* breachesOf(placed, index, placesOf(policy, rule, sidecars))
    }
  },
}
