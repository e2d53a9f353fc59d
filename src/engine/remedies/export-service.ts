import type { ServiceEntry } from '../resources/istio/service-entry.js'
import type { Service } from '../resources/kubernetes/service.js'
import type { MeshService } from '../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'
import { changeObject } from '../simulate/change-object.js'
import { findHidden } from './hidden-service.js'
import { apiVersion } from './free-name.js'
import { mergeFragment, type Proposal, type Propose } from './proposal.js'

/** The owner keeps the service from the client's namespace: its exportTo with that namespace added. Rules VIS-1, VIS-2, VIS-8. */
export const exportService: Propose = (situation) => {
  const hidden = findHidden(situation)
  if (hidden?.reason !== 'NOT_EXPORTED') return []
  const { service, scope } = hidden
  const consumers = [...[...service.exportTo].filter((name) => name !== '~'), scope.namespace]
  const exportTo = consumers.map((name) => (name === service.namespace ? '.' : name))
  const [winner] = service.definitions
  if (service.registry === 'KUBERNETES') return winner === undefined ? [] : [ofService(winner.cluster, winner.service, service, exportTo)]
  const { entry } = service
  const cluster = scope.view.configCluster?.name
  return entry === undefined || cluster === undefined ? [] : [ofEntry(scope.view, cluster, entry, exportTo)]
}

const annotation = 'networking.istio.io/exportTo'

const ofService = (cluster: string, object: Service, { hostname }: MeshService, exportTo: readonly string[]): Proposal => {
  const { namespace, name } = object.meta
  const annotations = { [annotation]: exportTo.join(',') }
  const fragment = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, annotations } }
  const summary = `export \`${hostname}\` to \`${exportTo.at(-1)}\` too: annotate Service \`${namespace}/${name}\`; proxies of all workloads there are then told of it`
  return mergeFragment(summary, cluster, fragment, (resources) =>
    changeObject(resources, 'services', object, (service) => ({
      ...service,
      exportTo,
      meta: { ...service.meta, annotations: { ...service.meta.annotations, ...annotations } },
    })),
  )
}

const ofEntry = (view: ControlPlaneView, cluster: string, object: ServiceEntry, exportTo: readonly string[]): Proposal => {
  const { namespace, name } = object.meta
  const fragment = {
    apiVersion: apiVersion(view, 'networking'),
    kind: 'ServiceEntry',
    metadata: { name, namespace },
    spec: { exportTo },
  }
  const summary = `export ServiceEntry \`${namespace}/${name}\` to \`${exportTo.at(-1)}\` too; proxies of all workloads there are then told of it`
  return mergeFragment(summary, cluster, fragment, (resources) =>
    changeObject(resources, 'serviceEntries', object, (entry) => ({ ...entry, exportTo })),
  )
}
