import type { NearMiss } from '../../model/step.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { tellMode } from './near-gateways.js'

/** Which servers of Gateways nearly hand on what comes from another network to this port: of another mode, or at another port? Rule NET-30. */
export const nearPassthrough = (view: ControlPlaneView, port: number): readonly NearMiss[] =>
  [...view.configuration.gateways.values()]
    .flat()
    .sort(byName)
    .slice(0, mostCompared)
    .flatMap(({ meta, servers }) =>
      servers.flatMap((server, position) => {
        const at = (field: string) => view.ref(meta, `spec.servers[${position}].${field}`)
        const isHere = server.port.number === port
        if (server.tlsMode === 'AUTO_PASSTHROUGH')
          return isHere ? [] : [nearMiss(at('port'), `hands on what comes at port \`${server.port.number}\`, and not at \`${port}\``)]
        return isHere ? [nearMiss(at('tls'), tellMode(server))] : []
      }),
    )
