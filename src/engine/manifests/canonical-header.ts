import type { TopologyHeader } from '../model/topology-document.js'
import { canonicalJson } from './canonical-json.js'

const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))

const byText = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, text: canonicalJson(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ item }) => item)

/**
 * The header in canonical order. Lists whose order says nothing are sorted; lists inside entries (`managedBy`: the first is the
 * default), assertions and suppressions stay as they came.
 */
export const canonicalHeader = (header: TopologyHeader): TopologyHeader => ({
  ...header,
  clusters: byName(header.clusters),
  ...(header.meshes && { meshes: byName(header.meshes) }),
  ...(header.networks && { networks: byName(header.networks) }),
  ...(header.controlPlanes && { controlPlanes: byName(header.controlPlanes) }),
  ...(header.tenants && { tenants: byName(header.tenants) }),
  ...(header.gateways && { gateways: byText(header.gateways) }),
  ...(header.federations && { federations: byText(header.federations) }),
})
