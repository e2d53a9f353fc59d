/**
 * Does anybody heed a policy that names a Service?
 *
 * Only waypoints do, of the services that they stand in front of: sidecars and ztunnels pass such a policy by. Rules AUTHZ-4, AUTHZ-40, AMB-38.
 */
import { serviceBinding } from '../../istiod/ambient/binding.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { pausing } from '../../pause.js'
import type { Meta } from '../../resources/meta.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const kinds = ['authorizationPolicies', 'requestAuthentications', 'telemetries', 'extensions'] as const

interface Target {
  readonly kind: string
  readonly name: string
}

interface Referring {
  readonly meta: Meta
  readonly targetRefs: readonly Target[]
}

/** The records that the reference means; none: it means something else, or nothing that is there. */
function meant(view: ControlPlaneView, namespace: string, { kind, name }: Target): readonly MeshService[] {
  if (kind === 'Service') return view.servicesByHost(`${name}.${namespace}.svc.${domainSuffix(view)}`).filter(isKubernetes)
  if (kind !== 'ServiceEntry') return []
  return view.services.filter(({ entry }) => entry?.meta.name === name && entry.meta.namespace === namespace)
}

const isKubernetes = ({ registry }: MeshService): boolean => registry === 'KUBERNETES'

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
    for (const configuration of configurationsOf(snapshot)) {
      const read: readonly ReadObject<Referring>[] = kinds.flatMap((kind) => [...objectsOf(configuration, kind)])
      for (const { object, views } of pausing(read)) {
        for (const [index, target] of object.targetRefs.entries()) {
          const message = tell(views, object.meta.namespace, target)
          if (message !== undefined) yield { on: views[0].ref(object.meta, `spec.targetRefs[${index}]`), message }
        }
      }
    }
  },
}
