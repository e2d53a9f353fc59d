import { isMistyped, nearestNames } from '../../istiod/matching/nearest-names.js'
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { knownNamespaces } from '../known-namespaces.js'
import type { Breach, Rule } from '../rule.js'
import { knownAccounts } from './accounts.js'
import { judgeDead } from './judge-dead.js'
import { policiesOf } from './policies-of.js'
import { readPrincipal } from './principal.js'
import { sourcesFail, sourceValues } from './stated-values.js'

/** Why no identity is called so, said only where it is told; undefined: some is, or may be. */
type WhyNobody = (value: string) => (() => string) | undefined

const meant = (name: string, names: Iterable<string>, other: string): string => {
  const [nearest] = nearestNames(name, names)
  return nearest === undefined || !isMistyped(name, nearest) ? other : `did you mean \`${nearest}\``
}

function whyNobodyIn(snapshot: Snapshot): (namespace: string, account: string | undefined) => ReturnType<WhyNobody> {
  const namespaces = knownNamespaces(snapshot)
  const known = new Set(namespaces)
  const accounts = knownAccounts(snapshot)
  return (namespace, account) => {
    if (namespaces !== undefined && !known.has(namespace))
      return () => `no cluster has namespace \`${namespace}\`; ${meant(namespace, namespaces, 'write the namespace of the callers')}`
    const here = accounts.get(namespace)
    if (here === undefined || account === undefined || here.has(account)) return undefined
    return () =>
      `no workload of namespace \`${namespace}\` runs as \`${account}\` in any cluster; ${meant(account, here, `its accounts are \`${[...here].slice(0, 3).join('`, `')}\``)}`
  }
}

/** Trust domains that some control plane calls its own; identities of others are judged by whether they are accepted at all. */
const ownDomains = ({ controlPlanes }: Snapshot): ReadonlySet<string> =>
  new Set([
    'cluster.local',
    ...[...controlPlanes.values()].flatMap(({ meshConfig }) => [meshConfig.trustDomain, ...meshConfig.trustDomainAliases]),
  ])

function ofPrincipals(snapshot: Snapshot, inNamespace: ReturnType<typeof whyNobodyIn>): WhyNobody {
  const own = ownDomains(snapshot)
  return (value) => {
    const read = readPrincipal(value)
    if (typeof read === 'string') return () => `no identity is ever called so: ${read}`
    if (read.trustDomain !== undefined && !own.has(read.trustDomain)) return undefined
    return read.namespace === undefined ? undefined : inNamespace(read.namespace, read.account)
  }
}

/** `account` of the policy's namespace, or `namespace/account`, word for word (AUTHZ-12). */
function ofAccounts(inNamespace: ReturnType<typeof whyNobodyIn>, { meta }: AuthorizationPolicy): WhyNobody {
  return (value) => {
    const [first = '', second, ...rest] = value.split('/')
    if (rest.length > 0) return () => 'no account is ever called so: write `account` or `namespace/account`'
    if (value.includes('*')) return () => 'no account is ever called so: `*` has no meaning here, `principals` take it'
    return second === undefined ? inNamespace(meta.namespace, first) : inNamespace(first, second)
  }
}

const isShape = (why: string): boolean => why.includes('ever called so')

/** A principal or a service account that nobody has. */
export const principalOfNobody: Rule = {
  code: 'AUT103',
  name: 'principal-of-nobody',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA0106'],
  summary: 'A rule is about an identity that nobody has: of no workload, or written as none ever is (AUTHZ-10, AUTHZ-12).',
  *check(snapshot): Iterable<Breach> {
    const inNamespace = whyNobodyIn(snapshot)
    const principal = ofPrincipals(snapshot, inNamespace)
    const isDead = (rule: PolicyRule, policy: AuthorizationPolicy): boolean =>
      sourcesFail(rule, 'principals', 'source.principal', (value) => principal(value) === undefined) ||
      sourcesFail(rule, 'serviceAccounts', 'source.serviceAccount', (value) => ofAccounts(inNamespace, policy)(value) === undefined)
    for (const placed of policiesOf(snapshot)) {
      const { policy, view } = placed
      const account = ofAccounts(inNamespace, policy)
      const stated = [
        ...[...sourceValues(policy, 'principals', 'source.principal')].map((one) => ({ ...one, why: principal(one.value) })),
        ...[...sourceValues(policy, 'serviceAccounts', 'source.serviceAccount')].map((one) => ({ ...one, why: account(one.value) })),
      ]
      if (stated.every(({ why }) => why === undefined)) continue
      const judge = judgeDead(placed, isDead)
      for (const one of stated) {
        if (one.why === undefined) continue
        const why = one.why()
        const { severity, effect } = judge(one, isShape(why))
        // Somebody who is to come, or stands in a document of others, is no slip of the pen.
        const isSure = isShape(why) || why.includes('did you mean')
        yield {
          on: view.ref(policy.meta, one.path),
          severity: isSure ? severity : 'WARNING',
          message: `\`${one.value}\` is nobody, and ${effect}: ${why}`,
        }
      }
    }
  },
}
