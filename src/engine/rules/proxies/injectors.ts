import type { LabelSelector } from '../../resources/label-selector.js'
import type { Webhook, WebhookConfiguration } from '../../resources/installation/webhook-configuration.js'
import type { Cluster } from '../../snapshot/snapshot.js'

const revisionKey = 'istio.io/rev'

/** Webhooks that inject; others check objects. */
export const injectors = ({ resources }: Cluster): readonly WebhookConfiguration[] =>
  resources.webhooks.filter(({ meta }) => meta.kind === 'MutatingWebhookConfiguration')

const namedBy = (selector: LabelSelector | undefined): readonly string[] => {
  if (selector === undefined) return []
  const label = selector.matchLabels[revisionKey]
  const ofExpressions = selector.matchExpressions.flatMap(({ key, values }) => (key === revisionKey ? values : []))
  return label === undefined ? ofExpressions : [label, ...ofExpressions]
}

/** Revisions and tags that the webhook names in its selectors. */
export const revisionsIn = ({ namespaceSelector, objectSelector }: Webhook): readonly string[] => [
  ...namedBy(namespaceSelector),
  ...namedBy(objectSelector),
]
