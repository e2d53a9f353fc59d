/**
 * With which rule would the server's ALLOW policies let exactly this request of these callers pass?
 *
 * A rule that refuses them is taken over with all that it asks for besides the caller and the operation: who lacks a token, or calls from another
 * address, is let in by none of these. Only what the question states of the operation is put in its place; what it leaves open stays as the
 * policy has it, so that no rule opens more than was asked. Rules AUTHZ-8, AUTHZ-10 … AUTHZ-14, AUTHZ-21.
 */
import type {
  AuthorizationPolicy,
  PolicyCondition,
  PolicyOperation,
  PolicyRule,
  PolicySource,
} from '../resources/istio/authorization-policy.js'

/** What is known of the request where the policies are evaluated; without `method` or `path` they are unknown, or no policy sees them. */
export interface AskedRequest {
  readonly principals: readonly string[]
  readonly ports: readonly string[]
  readonly hosts: readonly string[]
  readonly method?: string
  readonly path?: string
}

/** A rule as a manifest has it: fields without values are absent. */
export type WrittenRule = Readonly<Record<string, unknown>>

/** Each once, in the order of the policies; one for policies that have no rules at all. */
export function rulesForCaller(policies: readonly AuthorizationPolicy[], asked: AskedRequest): readonly WrittenRule[] {
  const rules = policies.flatMap((policy) => policy.rules.map((rule) => ({ rule, namespace: policy.meta.namespace })))
  const written =
    rules.length === 0 ? [writeRule({ from: [], to: [], when: [] }, '', asked)] : rules.flatMap((each) => alternatives(each, asked))
  return [...new Map(written.map((rule) => [JSON.stringify(rule), rule])).values()]
}

interface Placed {
  readonly rule: PolicyRule
  readonly namespace: string
}

/** Entries of `from` and of `to` are alternatives: one of each is enough. */
const alternatives = ({ rule, namespace }: Placed, asked: AskedRequest): readonly WrittenRule[] =>
  entriesOf(rule.from).flatMap((from) => entriesOf(rule.to).map((to) => writeRule({ from, to, when: rule.when }, namespace, asked)))

const entriesOf = <T>(entries: readonly T[]): readonly (readonly T[])[] => (entries.length === 0 ? [[]] : entries.map((entry) => [entry]))

function writeRule({ from, to, when }: PolicyRule, namespace: string, asked: AskedRequest): WrittenRule {
  const operation = stated(operationOf(to[0], asked))
  const conditions = when.flatMap(withoutCaller)
  return {
    from: [{ source: stated(sourceOf(from[0], namespace, asked)) }],
    ...(Object.keys(operation).length === 0 ? {} : { to: [{ operation }] }),
    ...(conditions.length === 0
      ? {}
      : { when: conditions.map(({ key, values, notValues }) => ({ key, ...stated({ values, notValues }) })) }),
  }
}

/** The callers in the place of whoever is named; who is excluded by name stays excluded, since somebody meant that. */
const sourceOf = (source: PolicySource | undefined, namespace: string, { principals }: AskedRequest): Partial<PolicySource> => ({
  ...source,
  principals,
  namespaces: [],
  serviceAccounts: [],
  trustDomains: [],
  // A bare name is one of the policy's own namespace, which the new policy may not be in (AUTHZ-12).
  notServiceAccounts: (source?.notServiceAccounts ?? []).map((name) => (name.includes('/') ? name : `${namespace}/${name}`)),
})

function operationOf(operation: PolicyOperation | undefined, { ports, hosts, method, path }: AskedRequest): Partial<PolicyOperation> {
  const asksForHost = operation !== undefined && operation.hosts.length + operation.notHosts.length > 0
  return {
    ...operation,
    ports,
    notPorts: [],
    ...(asksForHost ? { hosts, notHosts: [] } : {}),
    ...(method === undefined ? {} : { methods: [method], notMethods: [] }),
    ...(path === undefined ? {} : { paths: [path], notPaths: [] }),
  }
}

const callerKeys: ReadonlySet<string> = new Set(['source.principal', 'source.namespace', 'source.serviceAccount', 'source.trustDomain'])

/** Whom the condition names is replaced by the source; whom it excludes stays excluded. The port stands in the operation. */
const withoutCaller = (condition: PolicyCondition): readonly PolicyCondition[] => {
  if (condition.key === 'destination.port') return []
  if (!callerKeys.has(condition.key)) return [condition]
  return condition.notValues.length === 0 ? [] : [{ ...condition, values: [] }]
}

const stated = (fields: object): object =>
  Object.fromEntries(Object.entries(fields as Readonly<Record<string, readonly string[]>>).filter(([, values]) => values.length > 0))
