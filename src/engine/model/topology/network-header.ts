import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { Name, Names, strict } from './fields.js'

export const NetworkHeader = described(
  strict({
    name: described(Name, 'The name of the network, as in `topology.istio.io/network` labels and `meshNetworks`.', 'network1'),
    routableTo: Type.Optional(
      described(
        Names,
        'Networks whose pod addresses this one reaches without a gateway. Stated in one direction only; absent and empty: none.',
        ['network2'],
      ),
    ),
  }),
  'A network: the workloads that reach one another’s pod addresses directly. Needed only to say that one network routes to another; where the list is given, a name that is not in it is a finding.',
  { name: 'network1', routableTo: ['network2'] },
)
export type NetworkHeader = Static<typeof NetworkHeader>
