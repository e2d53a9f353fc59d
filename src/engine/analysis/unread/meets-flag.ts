import { ipFamily } from '../../istiod/matching/ip-family.js'
import { selectSidecar } from '../../istiod/scope/select-sidecar.js'
import { isOn } from '../../snapshot/flags.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Meeting } from '../../snapshot/unread-flags.js'
import type { Client } from '../call/call.js'
import type { NetworkPath, RouteTarget } from '../call/stage-values.js'

/** A path to a server, as the control plane sees it whose flag is looked at. */
export interface Met {
  readonly client: Client
  readonly view: ControlPlaneView
  readonly target: RouteTarget | undefined
  readonly path: NetworkPath
}

const isElsewhere = ({ client, path }: Met): boolean => path.server !== undefined && path.server.cluster !== client.cluster.name

const isKubernetesGateway = (labels: Readonly<Record<string, string>> | undefined): boolean =>
  labels?.['gateway.networking.k8s.io/gateway-name'] !== undefined

const meetings: Readonly<Record<Meeting, (met: Met) => boolean>> = {
  ANY: () => true,
  SIDECAR_SCOPE: ({ client: { workload }, view }) => selectSidecar(view, workload.namespace, workload.labels) !== undefined,
  HOST_OF_SEVERAL_NAMESPACES: ({ view, target }) => target !== undefined && view.servicesByHost(target.service.hostname).length > 1,
  OTHER_CLUSTER: isElsewhere,
  EXPORTED_TO_OTHER_CLUSTER: (met) => isElsewhere(met) && isOn(met.view.controlPlane, 'ENABLE_MCS_SERVICE_DISCOVERY'),
  HEADLESS_IN_OTHER_CLUSTER: (met) => met.target?.service.headless === true && met.client.workload.dnsCapture && isElsewhere(met),
  HEADLESS_CONNECTION: ({ target }) => target?.service.headless === true && target.port.protocol !== 'HTTP',
  POD_OF_SERVICE_ENTRY: ({ target, path }) => target?.service.registry === 'SERVICE_ENTRY' && path.server?.meta.kind === 'Pod',
  ENTRY_OF_SERVICE: ({ target, path }) => target?.service.registry === 'KUBERNETES' && path.server?.meta.kind === 'WorkloadEntry',
  ENTRY_OF_OTHER_CLUSTER: ({ view, path }) =>
    path.server?.meta.kind === 'WorkloadEntry' && path.server.cluster !== view.controlPlane.configCluster,
  GATEWAY_BY_NAME: ({ path }) => path.passage !== undefined && ipFamily(path.passage.gateway.address) === undefined,
  KUBERNETES_GATEWAY: ({ path: { passage, server } }) =>
    isKubernetesGateway(passage?.proxy?.labels) || (server?.dataPlane === 'GATEWAY' && isKubernetesGateway(server.labels)),
  EXTERNAL_RULE: ({ target }) =>
    target?.service.meshExternal === true && target.rule?.transportTls(target.port.number, target.subset) !== undefined,
  SIDECAR_INGRESS: ({ client, path: { server, serverPort } }) =>
    server?.controlPlane !== undefined &&
    selectSidecar(client.snapshot.view(server.controlPlane), server.namespace, server.labels)?.ingress.some(
      ({ port }) => port === serverPort,
    ) === true,
  AMBIENT: ({ client, path }) => client.workload.dataPlane === 'AMBIENT' || path.server?.dataPlane === 'AMBIENT',
}

/** Does the call meet what the flag changes? */
export const meetsFlag = (meeting: Meeting, met: Met): boolean => meetings[meeting](met)
