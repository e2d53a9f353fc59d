/**
 * Which VirtualServices and DestinationRules are written for a host, and are not for it?
 *
 * A name without dots means the object's own namespace, whichever namespace has such a service; and objects that only another primary has count for nothing
 * here. Rules MODEL-16, MODEL-19.
 */
import type { NearMiss } from '../../model/step.js'
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { onlyElsewhere } from './only-elsewhere.js'

type Kind = 'virtualServices' | 'destinationRules'

interface Writing {
  readonly meta: Meta
  readonly hosts?: readonly string[]
  readonly host?: string
}

const hostsOf = ({ hosts, host = '' }: Writing): readonly string[] => hosts ?? [host]

const placeOf: Readonly<Record<Kind, string>> = { virtualServices: 'spec.hosts', destinationRules: 'spec.host' }

/** Objects of the lists by what `keyOf` makes of their hosts. */
const filed = (
  lists: ByNamespace<Writing>,
  keyOf: (host: string, namespace: string) => string,
): ReadonlyMap<string, readonly Writing[]> => {
  const found = new Map<string, Writing[]>()
  for (const item of [...lists.values()].flat().sort(byName)) {
    for (const key of new Set(hostsOf(item).map((host) => keyOf(host, item.meta.namespace)))) {
      pause()
      const known = found.get(key)
      if (known === undefined) found.set(key, [item])
      else known.push(item)
    }
  }
  return found
}

/** By the name alone, where one is written alone. */
const alone = remembered(({ configuration }: ControlPlaneView, kind: Kind) =>
  filed(configuration[kind], (host) => (host.includes('.') ? '' : host.toLowerCase())),
)

const inFull = remembered(({ resources }: Cluster, kind: Kind, suffix: string) =>
  filed(resources[kind], (host, namespace) => qualify(host, namespace, suffix)),
)

export const nearWritten = (view: ControlPlaneView, hostname: string, kind: Kind): readonly NearMiss[] => [
  ...meaningOthers(view, hostname, kind),
  ...onlyElsewhere<Writing>(
    view,
    ({ resources }) => resources[kind],
    (cluster) => (inFull(cluster, kind, domainSuffix(view)).get(hostname) ?? []).slice(0, mostCompared),
  ),
]

/** A service of another namespace that is there is meant on purpose. */
function meaningOthers(view: ControlPlaneView, hostname: string, kind: Kind): readonly NearMiss[] {
  const suffix = domainSuffix(view)
  const [name = ''] = hostname.split('.')
  if (name === '' || !hostname.endsWith(`.svc.${suffix}`)) return []
  return (alone(view, kind).get(name) ?? []).slice(0, mostCompared).flatMap(({ meta }) => {
    const means = qualify(name, meta.namespace, suffix)
    return means === hostname || view.servicesByHost(means).length > 0
      ? []
      : [nearMiss(view.ref(meta, placeOf[kind]), `names \`${name}\` alone, which in \`${meta.namespace}\` means \`${means}\``)]
  })
}
