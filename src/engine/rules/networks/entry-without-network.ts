import { parseCidr } from '../../snapshot/networks/cidr.js'
import { fieldOf } from '../../snapshot/references.js'
import type { EntryEndpoint } from '../../resources/istio/entry-endpoint.js'
import type { Meta } from '../../resources/meta.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

/** The cluster whose pods have this address, where just one may. */
function homeOf(clusters: readonly Cluster[], address: string): Cluster | undefined {
  const homes = clusters.filter(
    ({ podCidrs, workloadByIp }) =>
      workloadByIp(address) !== undefined || podCidrs.some((cidr) => parseCidr(cidr)?.contains(address) === true),
  )
  return homes.length === 1 ? homes[0] : undefined
}

/** A network with proxies of the control plane, from which nobody gets to that one’s pods. */
const strangerTo = ({ snapshot, clusters }: ControlPlaneView, network: string): string | undefined =>
  clusters.flatMap((cluster) => cluster.network.value ?? []).find((other) => other !== network && !snapshot.routable(other, network))

interface Stated {
  readonly meta: Meta
  readonly endpoint: EntryEndpoint
  readonly path: string
}

function* statedIn(snapshot: Snapshot): Iterable<Stated & { readonly cluster: Cluster; readonly view: ControlPlaneView }> {
  for (const configuration of configurationsOf(snapshot)) {
    const { cluster } = configuration
    for (const { object, views } of objectsOf(configuration, 'serviceEntries')) {
      for (const [position, endpoint] of object.endpoints.entries())
        yield { meta: object.meta, endpoint, path: `spec.endpoints[${position}]`, cluster, view: views[0] }
    }
  }
}

export const entryWithoutNetwork: Rule = {
  code: 'NET109',
  name: 'entry-without-network',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A ServiceEntry names an address of another network without saying so: clients dial it directly (EDS-21).',
  *check(snapshot): Iterable<Breach> {
    for (const { meta, endpoint, path, cluster, view } of statedIn(snapshot)) {
      if (endpoint.network !== '' || !/^[\d.:a-f]+$/iu.test(endpoint.address)) continue
      const home = homeOf(view.clusters, endpoint.address)
      const network = home?.network.value
      const stranger = network === undefined ? undefined : strangerTo(view, network)
      if (home === undefined || network === undefined || stranger === undefined) continue
      const message = `\`${endpoint.address}\` is an address of pods of cluster \`${home.name}\`, on network \`${network}\`: without \`network\` clients on \`${stranger}\` dial it directly, and do not get there; write \`network: ${network}\``
      yield { on: fieldOf(cluster.ref(meta, path), 'address'), message }
    }
  },
}
