import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { Client } from '../call/call.js'

/** `internalTrafficPolicy: Local` with nodes that nobody gives: an endpoint may or may not be next to the client (VIS-36). */
export const areNodesUnknown = ({ workload }: Client, endpoints: readonly Endpoint[]): boolean =>
  endpoints.length > 0 && (workload.nodeName === undefined || endpoints.every(({ nodeName }) => nodeName === ''))

/** `service`: as it is called in the sentence. */
export const tellNodesUnknown = ({ workload }: Client, service: string): string =>
  `\`internalTrafficPolicy: Local\` keeps calls to \`${service}\` on the client's node, and the nodes of \`${workload.name}\` and of the endpoints are not given`
