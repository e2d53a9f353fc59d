/**
 * A service of a namespace of which the document shows none: what holds for all that may stand there.
 *
 * Its name is a wildcard, so that rules for a service of its own do not apply; the namespace '' is any that has no policies of its own.
 */
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { remembered } from '../../remembered.js'
import type { Labels } from '../../resources/meta.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { imagined } from './negotiated.js'

export interface ImaginedService {
  readonly service: MeshService
  readonly port: MeshPort
  readonly endpoint: Endpoint
}

const port: MeshPort = { number: 80, name: 'http', protocol: 'HTTP' }
const noLabels: Labels = {}

/** Undefined where the cluster of the control plane's objects is unknown. */
export const imaginedService = (view: ControlPlaneView, namespace: string, labels = noLabels): ImaginedService | undefined =>
  imagine(view, namespace, labels)

const imagine = remembered((view: ControlPlaneView, namespace: string, labels: Labels): ImaginedService | undefined => {
  const cluster = view.configCluster
  if (cluster === undefined) return undefined
  const workload = imagined(view, cluster, namespace, labels)
  const hostname = namespace === '' ? `*.svc.${domainSuffix(view)}` : `*.${namespace}.svc.${domainSuffix(view)}`
  const service: MeshService = {
    hostname,
    namespace,
    registry: 'KUBERNETES',
    ports: [port],
    resolution: 'EDS',
    meshExternal: false,
    headless: false,
    externalName: undefined,
    exportTo: new Set('*'),
    addresses: new Map(),
    defaultAddresses: [],
    autoAllocated: false,
    clusterLocal: false,
    createdAt: 0,
    definitions: [],
    entry: undefined,
    entries: [],
    subjectAltNames: [],
    ref: workload.ref,
  }
  return { service, port, endpoint: endpointAt(workload) }
})

const endpointAt = (workload: ReturnType<typeof imagined>): Endpoint => ({
  address: '',
  port: port.number,
  portName: port.name,
  cluster: workload.cluster,
  network: '',
  namespace: workload.namespace,
  labels: workload.labels,
  locality: '',
  weight: 1,
  serviceAccount: workload.serviceAccount,
  tlsMode: 'istio',
  health: 'HEALTHY',
  nodeName: '',
  workload,
  origin: 'SYNTHESISED',
  because: [workload.ref],
})
