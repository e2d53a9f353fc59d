import type { DroppedEndpoint, VisibleEndpoint, VisibleService } from '#engine/model/visibility'
import type { Item, Part } from '#formats/parts/part'
import { name, section, table } from '#formats/parts/tell'

const heads = ['endpoint', 'where', 'priority', 'weight', 'health'] as const

/** Each endpoint that stands behind a port of a service that is seen, and each that is not given. */
export const endpointsOf = ({ host, ports }: VisibleService): readonly Part[] =>
  ports.flatMap(({ number, subsets }) =>
    subsets.flatMap(({ name: subset, endpoints, dropped }) =>
      section(
        `endpoints of ${host}:${number}${subset === '' ? '' : ` subset ${subset}`}`,
        table(heads, [...endpoints.map(givenRow), ...dropped.map(droppedRow)]),
      ),
    ),
  )

const givenRow = ({ address, port, cluster, network, priority, weight, viaGateway, health }: VisibleEndpoint): Item => ({
  cells: [
    name(`${address}:${port}`),
    `${viaGateway ? 'gateway ' : ''}in ${cluster ?? 'no cluster'}${network === null ? '' : ` on ${network}`}`,
    `${priority}`,
    `${weight}`,
    health.toLowerCase(),
  ],
})

const droppedRow = ({ address, cluster, reason }: DroppedEndpoint): Item => ({
  cells: [name(address), `in ${cluster ?? 'no cluster'}`, '', '', `not given, ${reason}`],
})
