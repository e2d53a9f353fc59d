/**
 * Does anybody heed a policy that names a Service?
 *
 * Only waypoints do, of the services that they stand in front of: sidecars and ztunnels pass such a policy by. Rules AUTHZ-4, AUTHZ-40, AMB-38.
 */
import { serviceBinding } from '../../istiod/ambient/binding.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { policyTargets, type Target } from './policy-targets.js'

/** The records that the reference means; none: it means something else, or nothing that is there. */
function meant(view: ControlPlaneView, namespace: string, { kind, name }: Target): readonly MeshService[] {
  if (kind === 'Service')
    return view.servicesByHost(`${name}.${namespace}.svc.${domainSuffix(view)}`).filter(({ registry }) => registry === 'KUBERNETES')
  const record = kind === 'ServiceEntry' ? recordsOfEntries(view).get(`${namespace}/${name}`) : undefined
  return record === undefined ? [] : [record]
}

/** The record of one host of each ServiceEntry: all of them have its waypoint. */
const recordsOfEntries = remembered((view: ControlPlaneView): ReadonlyMap<string, MeshService> => {
  const found = new Map<string, MeshService>()
  for (const record of pausing(view.services))
    if (record.entry !== undefined) found.set(`${record.entry.meta.namespace}/${record.entry.meta.name}`, record)
  return found
})

/** Why no waypoint stands in front; undefined: one does, or nobody knows. */
function whyUnheeded(view: ControlPlaneView, service: MeshService): string | undefined {
  const { bound, open, unbound } = serviceBinding(view, service)
  if (bound.length > 0 || open !== undefined) return undefined
  return unbound === undefined ? '' : ` (${unbound})`
}

function tell(views: readonly ControlPlaneView[], namespace: string, target: Target): string | undefined {
  const reasons = views.flatMap((view) => meant(view, namespace, target).map((service) => whyUnheeded(view, service)))
  const [first] = reasons
  if (first === undefined || reasons.includes(undefined)) return undefined
  return `no waypoint stands in front of ${target.kind} \`${target.name}\`${first}, and nothing else heeds a policy that names one, so that this is enforced nowhere by the reference: give it, or its namespace, a waypoint (\`istio.io/use-waypoint\`), or select its pods instead`
}

export const targetWithoutWaypoint: Rule = {
  code: 'AUT117',
  name: 'target-without-waypoint',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A policy refers by `targetRefs` to a Service or a ServiceEntry that no waypoint stands in front of (AUTHZ-4, AUTHZ-40).',
  *check(snapshot): Iterable<Breach> {
    for (const { target, namespace, views, on } of policyTargets(snapshot)) {
      const message = tell(views, namespace, target)
      if (message !== undefined) yield { on, message }
    }
  },
}
