/**
 * By which namespaces may the policies of some namespaces tell callers apart?
 *
 * A policy names a caller by a principal, a namespace, or an account: each a name, or a pattern. Of a namespace counts which parts of these texts
 * take it: namespaces of which the same parts speak are alike to all of them. Accounts are told apart in `caller-names.ts`. Rules AUTHZ-10 … AUTHZ-12, AUTHZ-15.
 */
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { AuthorizationPolicy, PolicyRule, PolicySource } from '../../resources/istio/authorization-policy.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { matchesWildcards } from '../authorization/matches-text.js'

/** Patterns of which it counts whether any takes the namespace, each list by its text. */
export type NamesOfPolicies = ReadonlyMap<string, readonly string[]>

const ofCallers = ['source.', 'remote.'] as const

const looksAtCaller = ({ from, when }: PolicyRule): boolean =>
  from.length > 0 || when.some(({ key }) => ofCallers.some((begin) => key.startsWith(begin)))

/** Namespaces in a list are alike to whoever asks for one of them (AUTHZ-11). */
const namespaceKeys: ReadonlySet<string> = new Set<keyof PolicySource | 'source.namespace'>([
  'namespaces',
  'notNamespaces',
  'source.namespace',
])

/** What a policy of one namespace says of callers; undefined: nothing. An account without a namespace is one of the policy's own. */
function namesIn({ meta, rules }: AuthorizationPolicy): readonly (readonly string[])[] | undefined {
  const looking = rules.filter(looksAtCaller)
  if (looking.length === 0) return undefined
  const fields = looking.flatMap(({ from, when }): readonly (readonly [string, readonly string[]])[] => [
    ...from.flatMap((source) => Object.entries(source) as readonly (readonly [string, readonly string[]])[]),
    ...when.flatMap(({ key, values, notValues }) => [[key, values] as const, [key, notValues] as const]),
  ])
  const lists = fields.flatMap(([key, values]) =>
    namespaceKeys.has(key) ? [values] : values.flatMap((text) => text.split('/')).map((part) => [part]),
  )
  return [[meta.namespace], ...lists.filter((list) => list.length > 0)]
}

/** What the policies of each namespace say of callers, as the control plane reads them; nothing of those that say nothing. */
const namesByNamespace = remembered(({ configuration }: ControlPlaneView): ReadonlyMap<string, NamesOfPolicies> => {
  const found = new Map<string, NamesOfPolicies>()
  for (const [namespace, policies] of configuration.authorizationPolicies) {
    pause()
    const lists = policies.map(namesIn)
    if (lists.some((each) => each !== undefined))
      found.set(namespace, new Map(lists.flatMap((each) => each ?? []).map((list) => [JSON.stringify(list), list])))
  }
  return found
})

/** What any control plane's policies of these namespaces say of callers, or those for all of the mesh; undefined: none of them looks at callers. */
export function namesOfCallers(snapshot: Snapshot, namespaces: ReadonlySet<string>): NamesOfPolicies | undefined {
  const found = [...snapshot.controlPlanes].flatMap(([name, { meshConfig }]) => {
    const names = namesByNamespace(snapshot.view(name))
    return names.size === 0 ? [] : [...namespaces, meshConfig.rootNamespace].flatMap((namespace) => names.get(namespace) ?? [])
  })
  return found.length === 0 ? undefined : new Map(found.flatMap((names) => [...names]))
}

/** How these names speak of a namespace; a policy may leave out any part of one (AUTHZ-11). */
export const namedAs = (namespace: string, names: NamesOfPolicies): string =>
  [...names.values()].map((list) => (list.some((name) => matchesWildcards(name, namespace)) ? '1' : '0')).join('')
