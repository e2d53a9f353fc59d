/**
 * Labels and annotations by which people know whose an object is, what it is part of, and who deployed it.
 *
 * Others are not told: what tools write to one another says nothing to people, and of what nobody foresaw nobody knows what it holds.
 */
import type { NamedValue } from '../model/question.js'
import type { Labels, Meta } from '../resources/meta.js'

const names = new Set([
  'app',
  'component',
  'environment',
  'owner',
  'service',
  'team',
  'tier',
  'version',
  'argocd.argoproj.io/instance',
  'helm.sh/chart',
  'istio.io/rev',
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
])

/** All that is written under these. */
const families = [
  'a8r.io/',
  'app.kubernetes.io/',
  'backstage.io/',
  'helm.toolkit.fluxcd.io/',
  'kustomize.toolkit.fluxcd.io/',
  'service.istio.io/canonical-',
]

const isTold = (name: string): boolean => names.has(name) || families.some((family) => name.startsWith(family))

/** In the order of their names; of several objects each pair once. */
function toldOf(all: readonly Labels[]): readonly NamedValue[] {
  const pairs = new Map<string, NamedValue>()
  for (const labels of all) {
    for (const name in labels) {
      const value = labels[name] ?? ''
      if (isTold(name)) pairs.set(`${name} ${value}`, { name, value })
    }
  }
  return [...pairs].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair)
}

export const ownershipOf = (metas: readonly Pick<Meta, 'labels' | 'annotations'>[]) => ({
  labels: toldOf(metas.map(({ labels }) => labels)),
  annotations: toldOf(metas.map(({ annotations }) => annotations)),
})
