import { pause } from '../../pause.js'
import type { EndpointPath, ViaGateway } from '../../model/reachability.js'
import type { Stage } from '../../model/verdict.js'

import { stepOf } from '../call/outcome.js'
import type { UntoldStep } from '../call/untold-step.js'
import { type Dropped, type NetworkPath, directPath } from '../call/stage-values.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { endedAt, type TracedPath } from './traced-path.js'

/** The gateway by which a call from outside came in. */
export interface Entered {
  readonly via: ViaGateway
  /** `namespace/name`. */
  readonly gateway: string
}

/** A traced endpoint with its place in the client's choice, as a trace lists it. */
export interface ListedEndpoint extends TracedPath {
  /** Null: it never gets any traffic. */
  readonly priority: number | null
  /** Part of the client's traffic, 0 … 1. */
  readonly share: number
  readonly entered?: Entered
}

/** An endpoint that the client is never given: listed with its reason, without a share. */
export const droppedEndpoint = (stage: Stage, { endpoint, reason, message, because }: Dropped): ListedEndpoint => {
  const decidedBy = stepOf(stage, 'STOPPED', { reason, message, because })
  return {
    path: { ...directPath(endpoint), server: undefined },
    end: endedAt(decidedBy),
    priority: null,
    share: 0,
  }
}

/** The endpoint as an answer shows it, with its steps as `tell` tells them. */
export const showEndpoint = (
  { path, end, priority, share, entered }: ListedEndpoint,
  tell: (steps: readonly UntoldStep[]) => EndpointPath['steps'],
): EndpointPath => {
  pause()
  return {
    address: orNull(path.endpoint.address),
    port: path.endpoint.port,
    cluster: clusterOf(path),
    network: orNull(path.endpoint.network),
    workload: path.server === undefined ? nameOf(path.endpoint) : `${path.server.namespace}/${path.server.owner.name}`,
    via: viaOf(path) ?? entered?.via ?? null,
    verdict: end.verdict,
    reason: end.reason,
    steps: tell(end.recorder.steps),
    priority,
    share,
  }
}

/** Where it stands: the server's cluster, else the one that the endpoint is filed under. */
export const clusterOf = ({ endpoint, server }: NetworkPath): string | null => server?.cluster ?? orNull(endpoint.cluster)

const orNull = (text: string): string | null => (text === '' ? null : text)

const nameOf = ({ workload, namespace }: Endpoint): string | null => (workload === undefined ? null : `${namespace}/${workload.owner.name}`)

const viaOf = ({ passage }: NetworkPath): EndpointPath['via'] => {
  if (passage === undefined) return null
  const { address, port, network, cluster, because } = passage.gateway
  return { address, port, network: orNull(network), cluster: orNull(cluster), because: [...because] }
}
