import type { DroppedEndpoint, VisibleEndpoint, VisiblePort } from '#engine/model/visibility'

/** Each endpoint that stands behind a port of a service that is seen, and each that is not given. */
export function endpointsOf({ number, subsets }: VisiblePort): string[] {
  return subsets.flatMap(({ name, endpoints, dropped }) => {
    const at = `${number}${name === '' ? '' : ` subset ${name}`}`
    return [...endpoints.map((each) => `${at}: ${givenEndpoint(each)}`), ...dropped.map((each) => `${at}: ${droppedEndpoint(each)}`)]
  })
}

const givenEndpoint = ({ address, port, cluster, network, priority, weight, viaGateway, health }: VisibleEndpoint): string => {
  const place = `in ${cluster ?? 'no cluster'}${network === null ? '' : ` on ${network}`}`
  return `${address}:${port}${viaGateway ? ', a gateway,' : ''} ${place}, priority ${priority}, weight ${weight}, ${health.toLowerCase()}`
}

const droppedEndpoint = ({ address, cluster, reason }: DroppedEndpoint): string =>
  `${address} in ${cluster ?? 'no cluster'} is not given: ${reason}`
