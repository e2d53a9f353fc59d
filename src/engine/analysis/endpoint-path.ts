import type { EndpointPath } from '../model/reachability.js'
import type { Stage } from '../model/verdict.js'
import type { Dropped, Endpoint, NetworkPath } from './stage-values.js'
import type { TracedPath } from './trace-path.js'

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text)

const nameOf = (endpoint: Endpoint): string | null => {
  const owner = endpoint.workload?.owner
  return owner === undefined ? null : `${endpoint.namespace}/${owner.name}`
}

const viaOf = ({ passage }: NetworkPath): EndpointPath['via'] => {
  if (passage === undefined) return null
  const { gateway } = passage
  return {
    address: gateway.address,
    port: gateway.port,
    network: orNull(gateway.network),
    cluster: orNull(gateway.cluster),
    because: [...gateway.because],
  }
}

/** A traced endpoint as the answer shows it. */
export const endpointPath = ({ path, end }: TracedPath, priority: number | null, share: number): EndpointPath => {
  const { endpoint, server } = path
  return {
    address: orNull(endpoint.address),
    port: endpoint.port,
    cluster: server?.cluster ?? orNull(endpoint.cluster),
    network: orNull(endpoint.network),
    workload: server === undefined ? nameOf(endpoint) : `${server.namespace}/${server.owner.name}`,
    via: viaOf(path),
    verdict: end.verdict,
    reason: end.reason,
    steps: [...end.recorder.steps],
    priority,
    share,
  }
}

/** An endpoint that the client is never given: listed with its reason, without a share. */
export const droppedPath = (stage: Stage, dropped: Dropped): EndpointPath => {
  const { endpoint } = dropped
  return {
    address: orNull(endpoint.address),
    port: endpoint.port,
    cluster: orNull(endpoint.cluster),
    network: orNull(endpoint.network),
    workload: nameOf(endpoint),
    via: null,
    verdict: 'UNREACHABLE',
    reason: dropped.reason,
    steps: [{ stage, outcome: 'STOPPED', reason: dropped.reason, message: dropped.message, because: [...dropped.because] }],
    priority: null,
    share: 0,
  }
}
