/**
 * Do policies select by labels what takes policies by reference only?
 *
 * Waypoints do, whatever their labels; other gateways of the Gateway API only where their control plane was told so. Rule AUTHZ-4.
 */
import { pausing } from '../../pause.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { readTruth } from '../../snapshot/flags.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const gatewayLabel = 'gateway.networking.k8s.io/gateway-name'
const kinds = ['authorizationPolicies', 'requestAuthentications', 'telemetries', 'extensions'] as const

interface Selecting {
  readonly meta: Meta
  readonly selector?: Labels
  readonly targetRefs: readonly unknown[]
}

/** Why the gateway of that name does not take policies that select it; undefined: it does, or is not here. */
function whyNot({ controlPlane, configCluster }: ControlPlaneView, namespace: string, name: string): string | undefined {
  const gateway = configCluster?.resources.kubernetesGateways.get(namespace)?.find(({ meta }) => meta.name === name)
  if (gateway === undefined) return undefined
  if (gateway.className === 'istio-waypoint') return 'is a waypoint, which takes policies by `targetRefs` only'
  const told = readTruth(controlPlane.flags['ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY'] ?? '')
  return told === false ? 'takes policies by `targetRefs` only, since `ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY` is off' : undefined
}

/** A policy that selects a gateway that looks at no selectors. */
export const ineffectiveSelector: Rule = {
  code: 'EXT114',
  name: 'ineffective-selector',
  severity: 'WARNING',
  istio: ['IST0166'],
  kiali: [],
  summary: 'A policy selects a waypoint, or a gateway whose control plane was told so, by labels, which it does not look at (AUTHZ-4).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      const read: readonly ReadObject<Selecting>[] = kinds.flatMap((kind) => [...objectsOf(configuration, kind)])
      for (const { object, views } of pausing(read)) {
        const { meta, selector = {}, targetRefs } = object
        const name = selector[gatewayLabel]
        const why = name === undefined || targetRefs.length > 0 ? undefined : whyNot(views[0], meta.namespace, name)
        if (why === undefined) continue
        const message = `gateway \`${meta.namespace}/${name}\` ${why}: this one does nothing there; write \`targetRefs\` with the Gateway instead of \`selector\``
        yield { on: views[0].ref(meta, 'spec.selector'), message }
      }
    }
  },
}
