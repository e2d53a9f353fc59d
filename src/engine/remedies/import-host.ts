import type { Sidecar, SidecarEgress } from '../resources/istio/sidecar.js'
import { changeObject } from '../simulate/change-object.js'
import { findHidden } from './hidden-service.js'
import { apiVersion } from './free-name.js'
import { mergeFragment, type Propose } from './proposal.js'

/** The client's Sidecar leaves the service out: the same Sidecar with the host added. Rules VIS-15, VIS-18. */
export const importHost: Propose = (situation) => {
  const hidden = findHidden(situation)
  const sidecar = hidden?.scope.sidecar
  const cluster = hidden?.scope.view.configCluster?.name
  if (hidden?.reason !== 'NOT_IMPORTED' || sidecar === undefined || cluster === undefined) return []
  const { service, scope } = hidden
  const entry = `${service.namespace}/${service.hostname}`
  const egress = withHost(sidecar, entry, situation.question.to.port ?? undefined)
  const { namespace, name } = sidecar.meta
  const fragment = {
    apiVersion: apiVersion(scope.view, 'networking'),
    kind: 'Sidecar',
    metadata: { name, namespace },
    spec: { egress: egress.map(({ port, bind, hosts }) => ({ ...(port && { port }), ...(bind !== undefined && { bind }), hosts })) },
  }
  const summary = `add \`${entry}\` to the egress hosts of Sidecar \`${namespace}/${name}\``
  return [
    mergeFragment(summary, cluster, fragment, (resources) =>
      changeObject(resources, 'sidecars', sidecar, (object) => ({ ...object, egress })),
    ),
  ]
}

/** Into the listener that takes every port, or the asked one; a listener of its own where there is none (VIS-20). */
const withHost = ({ egress }: Sidecar, host: string, asked: number | undefined): readonly SidecarEgress[] => {
  const takes = ({ port, bind }: SidecarEgress): boolean => bind === undefined && (port === undefined || port.number === asked)
  const chosen = egress.find(takes)
  if (chosen === undefined) return [...egress, { hosts: [host] }]
  return egress.map((listener) => (listener === chosen ? { ...listener, hosts: [...listener.hosts, host] } : listener))
}
