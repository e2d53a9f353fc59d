/**
 * Which PeerAuthentications nearly set the mode of a server's port?
 *
 * Those that hold for others, the younger of two of one level, and one whose modes are for other ports. Rules TLS-1, TLS-2, TLS-3.
 */
import { listSome } from '../answer/list-some.js'
import type { NearMiss } from '../../model/step.js'
import { pause } from '../../pause.js'
import type { PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import { byAge } from '../../snapshot/by-age.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { inNamespaceOfCaller, inOtherClusters, type Missed, nearlySelecting } from './missed.js'

const kind = 'peerAuthentications'

export const nearModes = (missed: Missed, port: number): readonly NearMiss[] => [
  ...forOtherPorts(missed, port),
  ...nearlySelecting(missed, kind),
  ...younger(missed),
  ...inRoot(missed),
  ...inNamespaceOfCaller(missed, kind),
  ...inOtherClusters(missed, kind),
]

const selects = ({ selector }: PeerAuthentication): boolean => {
  pause()
  return Object.keys(selector ?? {}).length > 0
}

const inNamespace = ({ view }: Missed, namespace: string): readonly PeerAuthentication[] =>
  [...(view.configuration.peerAuthentications.get(namespace) ?? [])].sort(byName).slice(0, mostCompared)

const ofWorkload = (missed: Missed): readonly PeerAuthentication[] =>
  inNamespace(missed, missed.server.namespace).filter(
    (policy) => selects(policy) && selectorMatches(policy.selector ?? {}, missed.server.labels),
  )

/** Modes of single ports are of the pod's own ports: those of a Service mean nothing (TLS-3). */
function forOtherPorts(missed: Missed, port: number): readonly NearMiss[] {
  const { view, server } = missed
  const own = new Set(server.containerPorts.map(({ number }) => number))
  return ofWorkload(missed).flatMap(({ meta, portModes }) => {
    const others = Object.keys(portModes).filter((one) => Number(one) !== port)
    if (others.length === 0 || portModes[port] !== undefined) return []
    const unheld = own.size > 0 && others.every((one) => !own.has(Number(one))) ? ', which no container has' : ''
    const why = `sets modes of port ${listSome(others)}${unheld}, and the call is to port \`${port}\` of the pod`
    return [nearMiss(view.ref(meta, 'spec.portLevelMtls'), why)]
  })
}

/** Of several policies of one level the oldest holds alone (TLS-2). */
function younger(missed: Missed): readonly NearMiss[] {
  const { view, server } = missed
  const root = view.controlPlane.meshConfig.rootNamespace
  const levels = [
    ofWorkload(missed),
    ...[server.namespace, root].map((namespace) => inNamespace(missed, namespace).filter((one) => !selects(one))),
  ]
  return levels.flatMap((level) => {
    const [oldest, ...others] = [...level].sort(byAge)
    return others.map(({ meta }) =>
      nearMiss(
        view.ref(meta),
        `does not hold, as \`${oldest?.meta.namespace ?? ''}/${oldest?.meta.name ?? ''}\` of the same level is older`,
      ),
    )
  })
}

/** In the root namespace a policy with a selector is ignored (TLS-1). */
function inRoot(missed: Missed): readonly NearMiss[] {
  const { view, server } = missed
  return inNamespace(missed, view.controlPlane.meshConfig.rootNamespace).flatMap(({ meta, selector = {} }) =>
    Object.keys(selector).length > 0 && selectorMatches(selector, server.labels)
      ? [nearMiss(view.ref(meta, 'spec.selector'), 'is ignored, as it stands in the root namespace and has a selector')]
      : [],
  )
}
