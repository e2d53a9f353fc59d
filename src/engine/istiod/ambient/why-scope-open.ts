import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { serviceScope } from './service-scope.js'
import { spansNetworks } from './spans-networks.js'

/** Why does nobody know what ztunnels are told of a host that other clusters hold too? Rules AMB-60, AMB-63. */
export function whyScopeOpen(view: ControlPlaneView, host: string): string | undefined {
  const spans = spansNetworks(view)
  if (spans === 'OFF') return undefined
  const home = view.configCluster?.name
  const shared = view.servicesByHost(host).filter(({ definitions }) => definitions.some(({ cluster }) => cluster !== home))
  if (shared.length === 0) return undefined
  if (spans === 'ON') return shared.flatMap((service) => serviceScope(view, service).open ?? [])[0]
  return `other clusters hold \`${host}\` too, and what \`AMBIENT_ENABLE_MULTI_NETWORK\` does in release ${view.controlPlane.version.text} is not known`
}
