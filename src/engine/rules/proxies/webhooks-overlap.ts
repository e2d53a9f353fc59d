/**
 * Do two injection webhooks of different control planes take the same pods?
 *
 * Every combination of the labels that injection looks at is tried: on the namespace, on the pod, with every revision that a webhook names.
 */
import type { LabelSelector } from '../../resources/label-selector.js'
import type { Webhook } from '../../resources/installation/webhook-configuration.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { injectors, revisionsIn } from './injectors.js'

interface Placed {
  readonly meta: Meta
  readonly webhook: Webhook
  readonly position: number
}

const ofNamespaces: readonly Labels[] = [{}, { 'istio-injection': 'enabled' }, { 'istio-injection': 'disabled' }]
const ofObjects: readonly Labels[] = [{}, { 'sidecar.istio.io/inject': 'true' }, { 'sidecar.istio.io/inject': 'false' }]

const withRevisions = (base: readonly Labels[], revisions: readonly string[]): readonly Labels[] => [
  ...base,
  ...revisions.flatMap((revision) => base.map((labels) => ({ ...labels, 'istio.io/rev': revision }))),
]

const takes = (selector: LabelSelector | undefined, labels: Labels): boolean =>
  selector === undefined || labelSelectorMatches(selector, labels)

const asks = ({ webhook: { service, url = '' } }: Placed): string => (service === undefined ? url : `${service.namespace}/${service.name}`)

interface Overlap {
  readonly others: Set<Placed>
  readonly example: string
}

const show = (labels: Labels): string => {
  const all = Object.entries(labels).map(([key, value]) => `\`${key}: ${value}\``)
  return all.length === 0 ? 'no label' : all.join(' and ')
}

/** Each webhook with those that take some of its pods and ask somebody else. */
function overlapsIn(all: readonly Placed[]): ReadonlyMap<Placed, Overlap> {
  const found = new Map<Placed, Overlap>()
  const revisions = [...new Set(all.flatMap(({ webhook }) => revisionsIn(webhook)))]
  for (const namespace of withRevisions(ofNamespaces, revisions)) {
    const there = all.filter(({ webhook }) => takes(webhook.namespaceSelector, namespace))
    if (there.length < 2) continue
    for (const object of withRevisions(ofObjects, revisions)) {
      const taking = there.filter(({ webhook }) => takes(webhook.objectSelector, object))
      for (const one of taking) {
        const others = taking.filter((other) => asks(other) !== asks(one))
        if (others.length === 0) continue
        const known = found.get(one) ?? {
          others: new Set<Placed>(),
          example: `a pod with ${show(object)} in a namespace with ${show(namespace)}`,
        }
        for (const other of others) known.others.add(other)
        found.set(one, known)
      }
    }
  }
  return found
}

function* judge(cluster: Cluster): Iterable<Breach> {
  const all = injectors(cluster).flatMap(({ meta, webhooks }) => webhooks.map((webhook, position) => ({ meta, webhook, position })))
  for (const [{ meta, webhook, position }, { others, example }] of overlapsIn(all)) {
    const names = [...new Set([...others].map((other) => `\`${other.meta.name}\``))].join(', ')
    const message = `webhook \`${webhook.name}\` takes ${example}, and so does one of ${names}, which asks another control plane: two proxies are injected; let the selectors take different labels`
    yield { on: cluster.ref(meta, `webhooks[${position}]`), message }
  }
}

export const webhooksOverlap: Rule = {
  code: 'PRX108',
  name: 'webhooks-overlap',
  severity: 'ERROR',
  istio: ['IST0139'],
  kiali: [],
  summary: 'Injection webhooks of two control planes take the same pods (MODEL-27).',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) yield* judge(cluster)
  },
}
