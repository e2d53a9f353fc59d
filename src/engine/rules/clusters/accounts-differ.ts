/**
 * Do the instances of one workload have the same identity in every cluster, where a policy asks for it?
 *
 * A policy that names the account that a workload runs as in one cluster does not mean its twin that runs as another one (AUTHZ-10, AUTHZ-12). That
 * callers accept all accounts that servers of a service run as, wherever these stand, keeps differing accounts from being an error by themselves
 * (TLS-18, AMB-65).
 */
import { remembered } from '../../remembered.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { isMachine, type Workload } from '../../snapshot/workloads/workload.js'
import { policiesOf } from '../authorization/policies-of.js'
import { readPrincipal } from '../authorization/principal.js'
import { sourceValues, type StatedValue } from '../authorization/stated-values.js'
import type { Breach, Rule } from '../rule.js'

/** A workload that runs as several accounts, with an instance of each. */
type Twins = ReadonlyMap<string, Workload>

/** Workloads with an identity in some mesh. */
function* identified(snapshot: Snapshot): Iterable<{ readonly mesh: string; readonly workload: Workload }> {
  for (const cluster of snapshot.clusters.values()) {
    for (const workload of cluster.namespaceNames.flatMap((namespace) => cluster.workloads(namespace))) {
      const mesh = snapshot.controlPlanes.get(workload.controlPlane ?? '')?.mesh
      if (mesh !== undefined && !isMachine(workload)) yield { mesh, workload }
    }
  }
}

/** By `namespace/account`, the workloads of a mesh that run as it somewhere, and as another one elsewhere. */
const twinsOf = remembered((snapshot: Snapshot): ReadonlyMap<string, readonly Twins[]> => {
  const byOwner = new Map<string, Map<string, Workload>>()
  for (const { mesh, workload } of identified(snapshot)) {
    const key = [mesh, workload.namespace, workload.owner.kind, workload.owner.name].join(' ')
    const known = byOwner.get(key) ?? new Map<string, Workload>()
    byOwner.set(key, known)
    if (!known.has(accountOf(workload))) known.set(accountOf(workload), workload)
  }
  const found = new Map<string, Twins[]>()
  for (const twins of byOwner.values()) {
    if (new Set([...twins.values()].map(({ cluster }) => cluster)).size < 2) continue
    for (const [account, { namespace }] of twins) {
      const key = `${namespace}/${account}`
      found.set(key, [...(found.get(key) ?? []), twins])
    }
  }
  return found
})

const accountOf = ({ serviceAccount }: Workload): string => serviceAccount || 'default'

interface Named extends StatedValue {
  /** Undefined: any of the namespace. */
  readonly account: string | undefined
  /** Undefined: of any. */
  readonly namespace: string | undefined
}

function* namedIn(policy: AuthorizationPolicy): Iterable<Named> {
  for (const stated of sourceValues(policy, 'principals', 'source.principal')) {
    const read = readPrincipal(stated.value)
    if (typeof read !== 'string') yield { ...stated, ...read }
  }
  for (const stated of sourceValues(policy, 'serviceAccounts', 'source.serviceAccount')) {
    const [first = '', second] = stated.value.split('/')
    yield { ...stated, namespace: second === undefined ? policy.meta.namespace : first, account: second ?? first }
  }
}

const means = ({ account, namespace }: Named, ofNamespace: string, ofAccount: string): boolean =>
  (namespace === undefined || namespace === ofNamespace) && (account === undefined || account === ofAccount)

const effects: Readonly<Record<string, string>> = {
  ALLOW: 'what is allowed to the one is not allowed to the other',
  DENY: 'what is denied to the one is not denied to the other',
}

function tell(policy: AuthorizationPolicy, stated: Named, one: Workload, other: Workload): string {
  const effect = stated.negated ? 'the one is excepted and the other is not' : (effects[policy.action] ?? 'the two are judged otherwise')
  return `\`${one.namespace}/${one.owner.name}\` runs as \`${accountOf(one)}\` in cluster \`${one.cluster}\` and as \`${accountOf(other)}\` in cluster \`${other.cluster}\`, and only the first is named: ${effect}; name both, or let both run as one`
}

function* breachesOf(snapshot: Snapshot, policy: AuthorizationPolicy): Iterable<{ readonly path: string; readonly message: string }> {
  const twins = twinsOf(snapshot)
  const named = twins.size === 0 ? [] : [...namedIn(policy)]
  const told = new Set<Twins>()
  for (const stated of named) {
    const { namespace, account } = stated
    if (namespace === undefined || account === undefined) continue
    for (const accounts of twins.get(`${namespace}/${account}`) ?? []) {
      const one = accounts.get(account)
      const other = [...accounts].find(
        ([name, { cluster }]) => cluster !== one?.cluster && !named.some((value) => means(value, namespace, name)),
      )
      if (one === undefined || other === undefined || told.has(accounts)) continue
      told.add(accounts)
      yield { path: stated.path, message: tell(policy, stated, one, other[1]) }
    }
  }
}

export const accountsDiffer: Rule = {
  code: 'DIF109',
  name: 'accounts-differ',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A workload runs as other service accounts in other clusters, and a policy names one of them only (AUTHZ-10, AUTHZ-12).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const { policy, view } of policiesOf(snapshot)) {
      for (const { path, message } of breachesOf(snapshot, policy)) {
        // A policy that stands in several clusters alike is one cause.
        const key = [policy.meta.namespace, policy.meta.name, path, message].join(' ')
        if (told.has(key)) continue
        told.add(key)
        yield { on: view.ref(policy.meta, path), message }
      }
    }
  },
}
