import { pausing } from '../../pause.js'
import type { Labels } from '../../resources/meta.js'
import type { Breach, Rule } from '../rule.js'

const injectionKey = 'istio-injection'
const revisionKey = 'istio.io/rev'
const modeKey = 'istio.io/dataplane-mode'

/** Which label wins, and what becomes of the others. */
function contradiction(labels: Labels): string | undefined {
  const injection = labels[injectionKey]
  const revision = labels[revisionKey]
  const ambient = labels[modeKey] === 'ambient'
  if (injection !== undefined && injection !== 'enabled') return undefined
  if (injection === 'enabled' && revision !== undefined) {
    const wins = `\`${injectionKey}\` wins, so that the default control plane injects, and not revision \`${revision}\``
    return `${wins}; leave out one of the two`
  }
  if (!ambient || (injection === undefined && revision === undefined)) return undefined
  const sidecar = injection === undefined ? `${revisionKey}: ${revision}` : `${injectionKey}: enabled`
  return `\`${sidecar}\` gives pods a sidecar, and those with one are not captured by \`${modeKey}: ambient\`; leave out one of the two`
}

export const injectionLabelsContradict: Rule = {
  code: 'PRX101',
  name: 'injection-labels-contradict',
  severity: 'WARNING',
  istio: ['IST0123'],
  kiali: [],
  summary: 'A namespace has labels for two ways into the mesh, of which one counts (MODEL-27, MODEL-31).',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) {
      for (const { meta } of pausing(cluster.resources.namespaces.values())) {
        const message = contradiction(meta.labels)
        if (message !== undefined) yield { on: cluster.ref(meta, 'metadata.labels'), message }
      }
    }
  },
}
