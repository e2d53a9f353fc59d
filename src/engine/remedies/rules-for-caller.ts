/**
 * With which rule would the server's ALLOW policies let exactly this request of these callers pass?
 *
 * A rule that refuses them is taken over with all that it asks for besides the caller and the operation: who lacks a token, or calls from another
 * address, is let in by none of these. Only what the question states of the operation is put in its place; what it leaves open stays as the
 * policy has it, so that no rule opens more than was asked. Rules AUTHZ-8, AUTHZ-10 … AUTHZ-14, AUTHZ-21.
 */
import { pausing } from '../pause.js'
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

/** The first of them, each once, in the order of the policies; one for policies that have no rules at all. */
export function rulesForCaller(policies: readonly AuthorizationPolicy[], asked: AskedRequest, most: number): readonly WrittenRule[] {
  const all = policies.flatMap((policy) => policy.rules.map((rule) => ({ rule, namespace: policy.meta.namespace })))
  const found = new Map<string, WrittenRule>()
  for (const each of pausing(all.length === 0 ? noRules : all)) {
    for (const written of alternatives(each, asked)) {
      found.set(JSON.stringify(written), written)
      if (found.size === most) return [...found.values()]
    }
  }
  return [...found.values()]
}

interface Placed {
  readonly rule: PolicyRule
  readonly namespace: string
}

const noRules: readonly Placed[] = [{ rule: { from: [], to: [], when: [] }, namespace: '' }]

/** Entries of `from` and of `to` are alternatives: one of each is enough. */
function* alternatives({ rule: { from, to, when }, namespace }: Placed, asked: AskedRequest): Generator<WrittenRule> {
  const operations = eachOnce(to, (operation) => stated(operationOf(operation, asked)))
  const conditions = when.flatMap(withoutCaller).map(({ key, values, notValues }) => ({ key, ...stated({ values, notValues }) }))
  for (const source of eachOnce(from, (one) => stated(sourceOf(one, namespace, asked)))) {
    for (const operation of operations) {
      yield {
        from: [{ source }],
        ...(Object.keys(operation).length === 0 ? {} : { to: [{ operation }] }),
        ...(conditions.length === 0 ? {} : { when: conditions }),
      }
    }
  }
}

/** What is written in the place of each: most entries differ in what is replaced, and in nothing else. */
function eachOnce<T>(entries: readonly T[], write: (entry: T | undefined) => object): readonly object[] {
  const written = new Map<string, object>()
  for (const entry of pausing(entries.length === 0 ? [undefined] : entries)) {
    const one = write(entry)
    written.set(JSON.stringify(one), one)
  }
  return [...written.values()]
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
