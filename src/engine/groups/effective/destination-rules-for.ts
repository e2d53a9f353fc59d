/**
 * Which DestinationRules say how callers connect to a service, and which lose?
 *
 * Of callers whose namespaces have none of their own, and by name of those that have. Rules ROUTE-20 … ROUTE-25.
 */
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Said } from './said.js'

/** No namespace has this name, so that nothing is its own. */
const elsewhere = ''

export function destinationRulesFor(view: ControlPlaneView, service: MeshService): readonly Said[] {
  const concern = 'DESTINATION'
  const inForce = effectiveRule(view, elsewhere, {}, service)
  const [by = null] = inForce?.because ?? []
  const root = view.controlPlane.meshConfig.rootNamespace
  const shared = new Set([service.namespace, root])
  const saying = (rule: DestinationRule): Said => {
    const resource = view.ref(rule.meta)
    if (inForce?.rules.includes(rule))
      return { concern, state: 'IN_FORCE', message: `says how callers connect${subsetsOf(rule)}`, resource, by: null }
    if (!shared.has(rule.meta.namespace) || rule.exportTo.includes('.')) {
      const message = `says how callers of namespace \`${rule.meta.namespace}\` connect${subsetsOf(rule)}`
      return { concern, state: 'IN_FORCE', message, resource, by: null }
    }
    return by === null
      ? { concern, state: 'NOT_ENFORCED', message: 'callers are not given it', resource, by }
      : { concern, state: 'OVERRIDDEN', message: 'another rule comes before it', resource, by }
  }
  return rulesOver(view, service.hostname).map(saying)
}

const subsetsOf = ({ subsets }: DestinationRule): string => {
  const names = subsets.slice(0, 3).map(({ name }) => `\`${name}\``)
  return names.length === 0 ? '' : `, with the subsets ${names.join(', ')}${subsets.length > 3 ? ` and ${subsets.length - 3} more` : ''}`
}
