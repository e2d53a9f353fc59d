import { listSome } from '../../analysis/answer/list-some.js'
import { selectedPolicies } from '../../analysis/authorization/selected-policies.js'
import { pause } from '../../pause.js'
import type { AuthorizationPolicy, PolicySource } from '../../resources/istio/authorization-policy.js'
import { servicesSelecting } from '../../snapshot/services/services-selecting.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { isPassed, type Workload } from '../../snapshot/workloads/workload.js'
import { ownerKey } from '../servers-of.js'

interface Passing {
  readonly home: Cluster
  readonly server: Workload
  readonly namespace: string
  readonly account: string
}

/** Whoever is called through a waypoint sees that for the caller: which other workloads of the namespace have policies that name callers? Rules AMB-24, AMB-39. */
export const tellNamedCallers = (snapshot: Snapshot, { home, server, namespace, account }: Passing): string => {
  const others = home.workloads(namespace).filter((workload) => {
    pause()
    return !isPassed(workload) && ownerKey(workload) !== ownerKey(server) && servicesSelecting(home, workload).length > 0
  })
  const named = others.filter((workload) => policiesOf(snapshot, workload).some(namesCallers))
  if (named.length === 0) return 'no policy names the callers of another workload there'
  const names = listSome([...new Set(named.map(({ owner }) => `${namespace}/${owner.name}`))])
  return `policies name the callers of ${names}, in whose place they then see \`${account}\``
}

const policiesOf = (snapshot: Snapshot, workload: Workload): readonly AuthorizationPolicy[] => {
  if (workload.controlPlane === undefined) return []
  const { custom, deny, allow } = selectedPolicies(snapshot.view(workload.controlPlane), workload)
  return [...custom, ...deny, ...allow]
}

const callerFields: readonly (keyof PolicySource)[] = [
  'principals',
  'notPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'trustDomains',
  'notTrustDomains',
  'ipBlocks',
  'notIpBlocks',
]

const namesCallers = ({ rules }: AuthorizationPolicy): boolean =>
  rules.some(
    ({ from, when }) =>
      from.some((source) => callerFields.some((field) => source[field].length > 0)) || when.some(({ key }) => key.startsWith('source.')),
  )
