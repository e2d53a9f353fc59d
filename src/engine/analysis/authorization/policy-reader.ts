/**
 * What the fields of an authorization policy's rule say to the proxies of one control plane.
 *
 * Its trust domains take the place of those that the policy names, and values that Istio cannot use are left out. Read once for each rule: every
 * request is tested against the same fields. Rules AUTHZ-10, AUTHZ-13, AUTHZ-15, AUTHZ-16, AUTHZ-23, AUTHZ-40, AMB-37, AMB-38.
 */
import { matchesServiceAccounts, matchesTrustDomains } from '../../snapshot/releases.js'
import { isRemovedValue } from '../../manifests/secrets/removed-value.js'
import type { PolicyOperation, PolicyRule, PolicySource } from '../../resources/istio/authorization-policy.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { type Attribute, attributeOf, attributes } from './attributes.js'
import { expandPrincipals, expandTrustDomains } from './expand-trust-domains.js'
import { remembered } from '../../remembered.js'

/** One field with values; a field without any is none. */
export interface Field {
  readonly attribute: Attribute
  readonly values: readonly string[]
  readonly notValues: readonly string[]
  /** Some of its values cannot be used. */
  readonly pruned: boolean
}

export interface RuleFields {
  /** By entry of `from`. */
  readonly from: readonly (readonly Field[])[]
  /** By entry of `to`. */
  readonly to: readonly (readonly Field[])[]
  /** By condition; undefined: its key is unknown. */
  readonly when: readonly (readonly Field[] | undefined)[]
}

/** How one control plane's proxies of one kind read policies. */
export interface PolicyReader {
  fieldsOf(rule: PolicyRule): RuleFields
}

/** Shared by all proxies of the view; ztunnel takes principals literally, and knows no trust domains in sources. */
export const policyReader = remembered((view: ControlPlaneView, isZtunnel: boolean): PolicyReader => {
  const { trustDomain, trustDomainAliases } = view.controlPlane.meshConfig
  // Sources may name trust domains since 1.31.
  const accounts = matchesServiceAccounts(view.controlPlane)
  if (isZtunnel) return createReader({ principals: same, domains: nothing, accounts: accounts ? same : nothing })
  const local = [trustDomain, ...trustDomainAliases]
  return createReader({
    principals: (values) => expandPrincipals(values, local),
    domains: matchesTrustDomains(view.controlPlane) ? (values) => expandTrustDomains(values, local) : nothing,
    accounts: same,
  })
})

/** What is made of the values of a field. */
interface Expansions {
  readonly principals: Expand
  readonly domains: Expand
  readonly accounts: Expand
}

function createReader(expansions: Expansions): PolicyReader {
  const { principals } = expansions
  const fieldOfCondition = (key: string, values: readonly string[], notValues: readonly string[]): readonly Field[] | undefined => {
    const attribute = attributeOf(key)
    if (attribute === undefined) return undefined
    const expand = key === 'source.principal' ? principals : same
    return stated([field(attribute, expand(values), expand(notValues))])
  }
  const readRule = ({ from, to, when }: PolicyRule): RuleFields => ({
    from: from.map((source) => stated(sourceFields(source, expansions))),
    to: to.map((operation) => stated(operationFields(operation))),
    when: when.map(({ key, values, notValues }) => fieldOfCondition(key, values, notValues)),
  })
  return { fieldsOf: remembered(readRule) }
}

type Expand = (values: readonly string[]) => readonly string[]

const same: Expand = (values) => values
const nothing: Expand = () => []

function field(attribute: Attribute, values: readonly string[], notValues: readonly string[]): Field {
  const usable: Expand = (list) => list.filter((value) => isRemovedValue(value) || attribute.isValid(value))
  const [kept, notKept] = [usable(values), usable(notValues)]
  return { attribute, values: kept, notValues: notKept, pruned: kept.length + notKept.length < values.length + notValues.length }
}

const stated = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({ values, notValues, pruned }) => values.length > 0 || notValues.length > 0 || pruned)

const sourceFields = (source: PolicySource, { principals, domains, accounts }: Expansions): readonly Field[] => [
  field(attributes.principal, principals(source.principals), principals(source.notPrincipals)),
  field(attributes.requestPrincipal, source.requestPrincipals, source.notRequestPrincipals),
  field(attributes.namespace, source.namespaces, source.notNamespaces),
  field(attributes.serviceAccount, accounts(source.serviceAccounts), accounts(source.notServiceAccounts)),
  field(attributes.trustDomain, domains(source.trustDomains), domains(source.notTrustDomains)),
  field(attributes.sourceIp, source.ipBlocks, source.notIpBlocks),
  field(attributes.remoteIp, source.remoteIpBlocks, source.notRemoteIpBlocks),
]

const operationFields = (operation: PolicyOperation): readonly Field[] => [
  field(attributes.host, operation.hosts, operation.notHosts),
  field(attributes.port, operation.ports, operation.notPorts),
  field(attributes.method, operation.methods, operation.notMethods),
  field(attributes.path, operation.paths, operation.notPaths),
]
