import { listSome } from '../analysis/answer/list-some.js'
import type { Sidecar, SidecarEgress } from '../resources/istio/sidecar.js'
import { changeObject } from '../simulate/change-object.js'
import { findHidden } from './hidden-service.js'
import { patchValues, type Propose, type Replaced } from './proposal.js'
import { replacedAt } from './slips/replaced-at.js'

/** The client's Sidecar leaves the service out: the same Sidecar with the host added. Rules VIS-15, VIS-18. */
export const importHost: Propose = (situation) => {
  const hidden = findHidden(situation)
  const sidecar = hidden?.scope.sidecar
  const cluster = hidden?.scope.view.configCluster?.name
  if (hidden?.reason !== 'NOT_IMPORTED' || sidecar === undefined || cluster === undefined) return []
  const { service } = hidden
  const entry = `${service.namespace}/${service.hostname}`
  const { egress, added } = withHost(sidecar, entry, situation.question.to.port ?? undefined)
  const { namespace, name } = sidecar.meta
  const summary = `add \`${entry}\` to the egress hosts of Sidecar \`${namespace}/${name}\`; those that are there stay, and ${tellWhom(sidecar, hidden.scope.view.controlPlane.meshConfig.rootNamespace)} are then told of it`
  return [
    patchValues(summary, cluster, sidecar.meta, [added], (resources) =>
      changeObject(resources, 'sidecars', sidecar, (object) => ({ ...object, egress })),
    ),
  ]
}

/** Rule VIS-14: whom the Sidecar is for; one of the root namespace is for all namespaces without one. */
function tellWhom({ meta, workloadSelector = {} }: Sidecar, rootNamespace: string): string {
  const labels = Object.entries(workloadSelector).map(([key, value]) => `${key}: ${value}`)
  if (labels.length > 0) return `all workloads of \`${meta.namespace}\` with ${listSome(labels)}`
  return meta.namespace === rootNamespace
    ? 'all workloads without a Sidecar of their own'
    : `all workloads of \`${meta.namespace}\` that no other Sidecar selects`
}

interface WithHost {
  readonly egress: readonly SidecarEgress[]
  readonly added: Replaced
}

/** Into the listener that takes every port, or the asked one; a listener of its own where there is none (VIS-20). */
const withHost = ({ egress }: Sidecar, host: string, asked: number | undefined): WithHost => {
  const takes = ({ port, bind }: SidecarEgress): boolean => bind === undefined && (port === undefined || port.number === asked)
  const chosen = egress.findIndex(takes)
  if (chosen < 0) {
    const listener = { hosts: [host] }
    return { egress: [...egress, listener], added: { path: 'spec.egress', value: listener, isAdded: true } }
  }
  return {
    egress: replacedAt(egress, chosen, (listener) => ({ ...listener, hosts: [...listener.hosts, host] })),
    added: { path: `spec.egress[${chosen}].hosts`, value: host, isAdded: true },
  }
}
