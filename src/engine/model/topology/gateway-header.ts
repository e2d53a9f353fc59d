import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { Name, Names, Port, strict } from './fields.js'

const opt = Type.Optional

export const GatewayHeader = described(
  strict({
    cluster: described(Name, 'The cluster that the gateway’s pods run in.', 'east'),
    network: opt(
      described(
        Name,
        'The network that it leads into. Absent: what its Service’s label says; where no object shows the Service, its cluster’s.',
        'network2',
      ),
    ),
    service: opt(
      described(
        Name,
        'The Service in front of its pods, `namespace/name`. Absent: no object shows it.',
        'istio-system/istio-eastwestgateway',
      ),
    ),
    addresses: described(Type.Array(Name), 'Addresses or host names at which it is met from outside.', ['34.0.0.2']),
    port: opt(described(Port, 'The port for mutual TLS between networks. Absent: the one its Service declares, else 15443.', 15443)),
    reachableFrom: opt(
      described(Names, 'Networks from which these addresses are reachable. Absent: every one; empty: none.', ['network1']),
    ),
  }),
  'Where a gateway is met from outside its cluster, when no Service status shows it: a load balancer made by hand, a fixed address, a firewall.',
  { cluster: 'east', service: 'istio-system/istio-eastwestgateway', addresses: ['34.0.0.2'], port: 15443, reachableFrom: ['network1'] },
)
export type GatewayHeader = Static<typeof GatewayHeader>
