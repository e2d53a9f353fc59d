/**
 * Does one rule of an authorization policy match a request?
 *
 * Fields of one source or operation must all hold, values of a field are alternatives, and `not…` values must all miss. What the chain cannot
 * see, and values Istio cannot use, drop an ALLOW rule but leave the rest of a DENY rule, which gets wider. Rules AUTHZ-7, AUTHZ-8, AUTHZ-23, AUTHZ-24, AUTHZ-40.
 */
import type { AuthorizationPolicy, PolicyOperation, PolicyRule, PolicySource } from '../resources/authorization-policy.js'
import { type Attribute, attributeOf, attributes } from './policy-attributes.js'
import type { PolicyRequest } from './policy-request.js'
import { allOf, anyOf, no, not, type Ternary, yes } from './ternary.js'
import { expandPrincipals, expandTrustDomains } from './trust-domain-aliases.js'

interface Field {
  readonly attribute: Attribute
  readonly values: readonly string[]
  readonly notValues: readonly string[]
}

/** undefined: the rule is dropped. */
type Matched = Ternary | undefined

const isStated = (field: Field): boolean => field.values.length > 0 || field.notValues.length > 0

function sourceFields(source: PolicySource, { localDomains, knowsTrustDomains, chain }: PolicyRequest): readonly Field[] {
  const principals = (values: readonly string[]): readonly string[] => expandPrincipals(values, localDomains)
  const domains = (values: readonly string[]): readonly string[] =>
    knowsTrustDomains && chain !== 'ZTUNNEL' ? expandTrustDomains(values, localDomains) : []
  return [
    { attribute: attributes.principal, values: principals(source.principals), notValues: principals(source.notPrincipals) },
    { attribute: attributes.requestPrincipal, values: source.requestPrincipals, notValues: source.notRequestPrincipals },
    { attribute: attributes.namespace, values: source.namespaces, notValues: source.notNamespaces },
    { attribute: attributes.serviceAccount, values: source.serviceAccounts, notValues: source.notServiceAccounts },
    { attribute: attributes.trustDomain, values: domains(source.trustDomains), notValues: domains(source.notTrustDomains) },
    { attribute: attributes.sourceIp, values: source.ipBlocks, notValues: source.notIpBlocks },
    { attribute: attributes.remoteIp, values: source.remoteIpBlocks, notValues: source.notRemoteIpBlocks },
  ]
}

const operationFields = (operation: PolicyOperation): readonly Field[] => [
  { attribute: attributes.host, values: operation.hosts, notValues: operation.notHosts },
  { attribute: attributes.port, values: operation.ports, notValues: operation.notPorts },
  { attribute: attributes.method, values: operation.methods, notValues: operation.notMethods },
  { attribute: attributes.path, values: operation.paths, notValues: operation.notPaths },
]

/** Matches rules of one policy against one request. */
export function matchRule(policy: AuthorizationPolicy, rule: PolicyRule, request: PolicyRequest): Matched {
  const allows = policy.action === 'ALLOW'
  const { namespace } = policy.meta

  const matchField = (field: Field): Matched => {
    if (field.attribute.http && request.chain !== 'HTTP') return allows ? undefined : yes
    const usable = (values: readonly string[]): readonly string[] => values.filter((value) => field.attribute.isValid(value))
    const [values, notValues] = [usable(field.values), usable(field.notValues)]
    if (allows && values.length + notValues.length < field.values.length + field.notValues.length) return undefined
    const test = (value: string): Ternary => field.attribute.match(value, request, namespace)
    return allOf([values.length > 0 ? anyOf(values.map(test)) : yes, not(anyOf(notValues.map(test)))])
  }

  const matchEntry = (fields: readonly Field[]): Matched => {
    const stated = fields.filter(isStated)
    // ztunnel: an entry of which nothing is left matches nothing, the opposite of a TCP chain (AUTHZ-40).
    const emptied = request.chain === 'ZTUNNEL' && stated.length > 0 && stated.every(({ attribute }) => attribute.http)
    const matched = stated.map(matchField)
    if (matched.includes(undefined)) return undefined
    return emptied ? no : allOf(matched.flatMap((term) => term ?? []))
  }

  const matchEntries = (entries: readonly (readonly Field[])[]): Matched => {
    const matched = entries.map(matchEntry)
    if (matched.includes(undefined)) return undefined
    return entries.length === 0 ? yes : anyOf(matched.flatMap((term) => term ?? []))
  }

  const conditions = rule.when.map(({ key, values, notValues }) => {
    const attribute = attributeOf(key)
    return attribute === undefined ? undefined : matchEntry([whenField(attribute, key, values, notValues, request)])
  })
  const clauses = [
    matchEntries(rule.from.map((source) => sourceFields(source, request))),
    matchEntries(rule.to.map(operationFields)),
    ...conditions,
  ]
  return clauses.includes(undefined) ? undefined : allOf(clauses.flatMap((term) => term ?? []))
}

function whenField(
  attribute: Attribute,
  key: string,
  values: readonly string[],
  notValues: readonly string[],
  request: PolicyRequest,
): Field {
  if (key !== 'source.principal') return { attribute, values, notValues }
  return { attribute, values: expandPrincipals(values, request.localDomains), notValues: expandPrincipals(notValues, request.localDomains) }
}
