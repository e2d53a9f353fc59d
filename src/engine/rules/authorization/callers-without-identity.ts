/**
 * Are the callers that a policy means without the proxy that would say who they are?
 *
 * A workload without a proxy sends plaintext, in which nobody has an identity: it is not among those that a namespace or a principal allows, nor among
 * those that one denies, unless the server takes mutual TLS alone. Rules AUTHZ-14, TLS-8, TLS-11.
 */
import { matchesText, matchesWildcards } from '../../analysis/authorization/matches-text.js'
import { mutualTlsMode } from '../../istiod/inbound/mutual-tls-mode.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { seesAllCallers } from '../sees-all-callers.js'
import type { Breach, Rule } from '../rule.js'
import { type IsDead, judgeDead } from './judge-dead.js'
import { type PlacedPolicy, policiesOf } from './policies-of.js'
import { sourcesFail, sourceValues } from './stated-values.js'

/** Who runs as an account: some with a proxy, or without. */
interface Account {
  readonly namespace: string
  readonly name: string
  readonly proxied: boolean
  /** One of those without. */
  readonly naked: Workload | undefined
}

const accountsOf = remembered((snapshot: Snapshot): readonly Account[] => {
  const found = new Map<string, Account>()
  const systems = new Set([...snapshot.controlPlanes.values()].map(({ systemNamespace }) => systemNamespace))
  for (const cluster of snapshot.clusters.values()) {
    // A control plane calls no services, and has no proxy.
    for (const namespace of cluster.namespaceNames.filter((name) => !systems.has(name))) {
      for (const workload of pausing(cluster.workloads(namespace))) {
        const name = workload.serviceAccount || 'default'
        const key = `${namespace}/${name}`
        const { proxied, naked } = found.get(key) ?? { proxied: false, naked: undefined }
        const isNaked = workload.dataPlane === 'NONE'
        found.set(key, { namespace, name, proxied: proxied || !isNaked, naked: naked ?? (isNaked ? workload : undefined) })
      }
    }
  }
  return [...found.values()]
})

type Meant = (account: Account) => boolean

const byNamespace =
  (value: string): Meant =>
  ({ namespace }) =>
    matchesWildcards(value, namespace)

/** Whatever trust domain it names: this is about those whom the document shows. */
const byPrincipal =
  (value: string): Meant =>
  ({ namespace, name }) => {
    const own = `/ns/${namespace}/sa/${name}`
    const slash = value.indexOf('/')
    return value.startsWith('*') || slash < 0 ? matchesText(value, `cluster.local${own}`) : matchesText(value.slice(slash), own)
  }

interface Met {
  readonly proxied: boolean
  readonly naked: Workload | undefined
}

/** Is any of those that the value means without a proxy, and any with one? */
function meet(accounts: readonly Account[], isMeant: Meant): Met {
  const meant = accounts.filter(isMeant)
  return { proxied: meant.some(({ proxied }) => proxied), naked: meant.find(({ naked }) => naked !== undefined)?.naked }
}

type Means = (value: string) => Meant
type MetBy = (value: string, means: Means) => Met

/** Each value is met once, however many policies say it. */
function createMeeting(accounts: readonly Account[]): MetBy {
  const known = new Map<string, Met>()
  return (value, means) => {
    const key = `${means.name} ${value}`
    const met = known.get(key) ?? meet(accounts, means(value))
    known.set(key, met)
    return met
  }
}

const isNobody = ({ proxied, naked }: Met): boolean => !proxied && naked !== undefined

const isDeadBy =
  (metBy: MetBy) =>
  (rule: PolicyRule): boolean =>
    sourcesFail(rule, 'namespaces', 'source.namespace', (value) => !isNobody(metBy(value, byNamespace))) ||
    sourcesFail(rule, 'principals', 'source.principal', (value) => !isNobody(metBy(value, byPrincipal)))

/** Does some proxy that enforces the policy take plaintext? */
const takesPlaintext = ({ at }: PlacedPolicy): boolean =>
  at.some(
    ({ view, workload }) =>
      workload.dataPlane !== 'GATEWAY' && mutualTlsMode(view, workload.namespace, workload.labels, 0).mode !== 'STRICT',
  )

const nameOf = ({ namespace, owner }: Workload): string => `\`${namespace}/${owner.name}\``

function* breachesOf(placed: PlacedPolicy, metBy: MetBy, isDead: IsDead): Generator<Breach> {
  const { policy, view } = placed
  const judge = judgeDead(placed, isDead)
  for (const one of valuesOf(policy)) {
    const met = metBy(one.value, one.means)
    if (met.naked === undefined) continue
    const on = view.ref(policy.meta, one.path)
    const who = nameOf(met.naked)
    if (policy.action === 'DENY' && takesPlaintext(placed)) {
      const message = `${who} is one of \`${one.value}\`, but has no proxy: it sends plaintext, in which it is nobody, and is not denied; give it a proxy, or take only mutual TLS by a PeerAuthentication`
      yield { on, severity: 'WARNING', message }
    } else if (policy.action === 'ALLOW' && isNobody(met) && seesAllCallers(view.snapshot)) {
      const { severity, effect } = judge(one, false)
      const message = `none of \`${one.value}\` has a proxy, ${who} for one, so none has an identity: ${effect}; give them proxies`
      yield { on, severity, message }
    }
  }
}

/** A policy about callers that have no proxy. */
export const callersWithoutIdentity: Rule = {
  code: 'AUT112',
  name: 'callers-without-identity',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'Callers that a rule means have no proxy, and so no identity: the rule neither lets them in nor denies them (AUTHZ-14).',
  *check(snapshot): Iterable<Breach> {
    const metBy = createMeeting(accountsOf(snapshot))
    const isDead = isDeadBy(metBy)
    for (const placed of policiesOf(snapshot)) if (placed.at.length > 0) yield* breachesOf(placed, metBy, isDead)
  },
}

const valuesOf = (policy: AuthorizationPolicy) =>
  policy.action === 'ALLOW' || policy.action === 'DENY'
    ? [
        ...[...sourceValues(policy, 'namespaces', 'source.namespace')].map((one) => ({ ...one, means: byNamespace })),
        ...[...sourceValues(policy, 'principals', 'source.principal')].map((one) => ({ ...one, means: byPrincipal })),
      ].filter(({ negated, value }) => !negated && value !== '*')
    : []
