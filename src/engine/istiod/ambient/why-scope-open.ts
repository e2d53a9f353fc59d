import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { entryVisibility } from './entry-visibility.js'
import { serviceScope } from './service-scope.js'
import { spansNetworks } from './spans-networks.js'

/** Why does nobody know what ztunnels are told of a host: who sees its ServiceEntry, or what other clusters add? Rules AMB-18, AMB-60, AMB-63. */
export function whyScopeOpen(view: ControlPlaneView, host: string): string | undefined {
  const records = view.servicesByHost(host)
  const hidden = records.find((record) => entryVisibility(view, record) === 'OPEN')
  if (hidden !== undefined)
    return `labels of namespace \`${hidden.namespace}\` decide who sees \`${host}\` (\`serviceEntryVisibility\`), and its Namespace object is not given`
  const spans = spansNetworks(view)
  if (spans === 'OFF') return undefined
  const home = view.configCluster?.name
  const shared = records.filter(({ definitions }) => definitions.some(({ cluster }) => cluster !== home))
  if (shared.length === 0) return undefined
  if (spans === 'ON') return shared.flatMap((service) => serviceScope(view, service).open ?? [])[0]
  return `other clusters hold \`${host}\` too, and what \`AMBIENT_ENABLE_MULTI_NETWORK\` does in release ${view.controlPlane.version.text} is not known`
}
