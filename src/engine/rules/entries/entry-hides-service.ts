import { remembered } from '../../remembered.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'

const servicesCalled = remembered((view: ControlPlaneView, host: string) =>
  view.servicesByHost(host).filter(({ registry }) => registry === 'KUBERNETES'),
)

/** The entry's host that is a Service's of another namespace; its own namespace then has the entry alone (VIS-22). */
function hiddenBy(view: ControlPlaneView, { hosts, meta, exportTo }: ServiceEntry): string | undefined {
  if (exportTo.includes('~')) return undefined
  return hosts.find((host) =>
    servicesCalled(view, host).some((record) => record.namespace !== meta.namespace && isFor(record.exportTo, meta.namespace)),
  )
}

export const entryHidesService: Rule = {
  code: 'SEN104',
  name: 'entry-hides-service',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A ServiceEntry is for the name of a Service of another namespace, which it hides from its own (VIS-22).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'serviceEntries')) {
        const host = object.meta.index < 0 ? undefined : hiddenBy(views[0], object)
        if (host === undefined) continue
        const message = `\`${host}\` is the name of a Service: proxies of namespace \`${object.meta.namespace}\` use this entry in its place, with its ports and endpoints, and those of other namespaces the Service; take another host, if the Service is meant`
        yield { on: views[0].ref(object.meta, `spec.hosts[${object.hosts.indexOf(host)}]`), message }
      }
    }
  },
}
