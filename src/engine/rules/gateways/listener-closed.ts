import { pausing } from '../../pause.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

export const listenerClosed: Rule = {
  code: 'GTW116',
  name: 'listener-closed',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A listener of a Gateway of the Gateway API opens nothing (GWAPI-19, GWAPI-20, GWAPI-21).',
  *check(snapshot): Iterable<Breach> {
    for (const { cluster, views } of configurationsOf(snapshot)) {
      const told = new Set<string>()
      const grantsAreGiven = cluster.resources.referenceGrants.size > 0
      for (const { carrier, path, listener, why, because } of pausing(views.flatMap(({ closedListeners }) => closedListeners))) {
        // Twins are told of by the listener that is there already (GTW112).
        if (because === 'TWIN' || (because === 'UNGRANTED' && isUnread([cluster], 'referenceGrants'))) continue
        const place = `${carrier.kind} ${carrier.namespace}/${carrier.name} ${path}`
        if (told.has(place)) continue
        told.add(place)
        const message = `listener \`${listener.name}\` opens nothing at port ${listener.port}, as ${why}`
        // Where no grant is given at all, they may have been left out.
        const severity = because === 'UNGRANTED' && !grantsAreGiven ? { severity: 'WARNING' as const } : {}
        yield { on: cluster.ref(carrier, path), message, ...severity }
      }
    }
  },
}
