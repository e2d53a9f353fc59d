import { entrancesOf } from '../../analysis/entrance/entrances-of.js'
import { isNearlySelected } from '../../analysis/near/selector-miss.js'
import { hostsOf } from '../../istiod/gateways/servers-for.js'
import { covers } from '../../snapshot/covers.js'
import type { Labels } from '../../resources/meta.js'
import { changeObject } from '../../simulate/change-object.js'
import { configViewOf } from '../config-view.js'
import { mergeFragment, type Propose } from '../proposal.js'
import { apiVersion } from '../free-name.js'

/** A Gateway that has the host selects nobody, by a label that is mistyped: the label that a gateway has. Rule ROUTE-12. */
export const fixGatewaySelector: Propose = ({ snapshot, question }) => {
  if (question.from.outside !== true) return []
  const host = question.to.host.toLowerCase()
  const proxies = entrancesOf(snapshot).filter(({ proxy }) => proxy.workload.meta.index >= 0)
  return [...snapshot.clusters.keys()].flatMap((name) => {
    const place = configViewOf(snapshot, name)
    const gateways = place === undefined ? [] : [...place.view.configuration.gateways.values()].flat()
    return gateways
      .filter(
        ({ meta, servers }) => meta.origin === undefined && servers.some((server) => hostsOf(server).some((one) => covers(one, host))),
      )
      .flatMap((gateway) => {
        const { selector, meta } = gateway
        const meant = proxies.find(({ view, proxy: { workload } }) => view === place?.view && isNearlySelected(selector, workload.labels))
        if (place === undefined || meant === undefined) return []
        const { labels, namespace, owner } = meant.proxy.workload
        const corrected: Labels = Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, labels[key] ?? value]))
        const fragment = {
          apiVersion: apiVersion(place.view, 'networking'),
          kind: 'Gateway',
          metadata: { name: meta.name, namespace: meta.namespace },
          spec: { selector: corrected },
        }
        const summary = `let Gateway \`${meta.namespace}/${meta.name}\` select gateway \`${namespace}/${owner.name}\` as it is labelled`
        return [
          mergeFragment(summary, name, fragment, (resources) =>
            changeObject(resources, 'gateways', gateway, (object) => ({ ...object, selector: corrected })),
          ),
        ]
      })
  })
}
