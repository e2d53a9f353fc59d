import type { Breach, Rule } from '../rule.js'

export const webhookWithoutAddress: Rule = {
  code: 'PRX109',
  name: 'webhook-without-address',
  severity: 'WARNING',
  istio: ['IST0163'],
  kiali: [],
  summary: 'A webhook of Istio’s names neither a Service nor a URL, so that it can ask nobody.',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) {
      for (const { meta, webhooks } of cluster.resources.webhooks) {
        for (const [position, { name, service, url }] of webhooks.entries()) {
          if (service !== undefined || url !== undefined) continue
          const message = `webhook \`${name}\` has neither \`url\` nor \`service\`, so that it asks nobody: write the address of the control plane, such as \`https://istiod.example:15017/inject\``
          yield { on: cluster.ref(meta, `webhooks[${position}].clientConfig`), message }
        }
      }
    }
  },
}
