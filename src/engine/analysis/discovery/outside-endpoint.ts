import type { Endpoint } from '../../istiod/endpoints/endpoint.js'

/** An address of which the topology knows nothing: no cluster, no network, no proxy. */
export function outsideEndpoint(address: string, port: number, ...because: Endpoint['because']): Endpoint {
  return {
    address,
    port,
    portName: '',
    cluster: '',
    network: '',
    namespace: '',
    labels: {},
    locality: '',
    weight: 1,
    serviceAccount: '',
    tlsMode: 'disabled',
    health: 'HEALTHY',
    nodeName: '',
    workload: undefined,
    origin: 'SERVICE_ENTRY',
    because,
  }
}
