import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const nameOf = ({ meta }: KubernetesGateway): string => `${meta.namespace}/${meta.name}`

/** Each address that somebody else has asked for already. */
function* judge(cluster: Cluster): Iterable<Breach> {
  const owners = new Map<string, KubernetesGateway>()
  for (const gateway of [...cluster.resources.kubernetesGateways.values()].flat()) {
    for (const [position, { type = 'IPAddress', value }] of gateway.addresses.entries()) {
      // A name means a Service, which several may share.
      if (type !== 'IPAddress' || value === '') continue
      const owner = owners.get(value)
      if (owner === undefined) owners.set(value, gateway)
      if (owner === undefined || owner === gateway) continue
      const message = `Gateway \`${nameOf(owner)}\` asks for \`${value}\` as well: a load balancer gives an address to one Service, and the other one stays without`
      yield { on: cluster.ref(gateway.meta, `spec.addresses[${position}]`), message }
    }
  }
}

export const addressTwice: Rule = {
  code: 'GTW113',
  name: 'address-twice',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1502'],
  summary: 'Two Gateways of the Gateway API ask for one address, which one of them gets (GWAPI-12).',
  *check(snapshot): Iterable<Breach> {
    for (const { cluster } of configurationsOf(snapshot)) yield* judge(cluster)
  },
}
