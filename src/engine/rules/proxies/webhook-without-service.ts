import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { Webhook } from '../../resources/installation/webhook-configuration.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { injectors } from './injectors.js'

/** The Service that it asks, and that is not among those of its namespace; where none of them is given, nobody knows. */
function missingService(cluster: Cluster, { service }: Webhook): string | undefined {
  if (service === undefined || isUnread([cluster], 'services', service.namespace)) return undefined
  const given = cluster.resources.services.get(service.namespace) ?? []
  if (given.length === 0 || findService(cluster, service.namespace, service.name) !== undefined) return undefined
  const [near] = nearestNames(
    service.name,
    given.map(({ meta }) => meta.name),
  )
  return `\`${service.namespace}/${service.name}\`${near === undefined ? '' : ` (did you mean \`${near}\`?)`}`
}

export const webhookWithoutService: Rule = {
  code: 'PRX107',
  name: 'webhook-without-service',
  severity: 'ERROR',
  istio: ['IST0139'],
  kiali: [],
  summary: 'An injection webhook asks a Service that its cluster does not have, so that nothing is injected.',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) {
      for (const { meta, webhooks } of injectors(cluster)) {
        for (const [position, webhook] of webhooks.entries()) {
          const missing = missingService(cluster, webhook)
          if (missing === undefined) continue
          const message = `webhook \`${webhook.name}\` asks Service ${missing}, which cluster \`${cluster.name}\` does not have: pods that it takes are not created, or get no proxy`
          yield { on: cluster.ref(meta, `webhooks[${position}].clientConfig.service`), message }
        }
      }
    }
  },
}
