import { isProblem } from '#engine/manifests/document-fault'
import { readDocument } from '#engine/manifests/read-document'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { findBreaches } from '#engine/rules/make-report'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import { buildAll } from './build-all.js'
import type { Figure } from './figure.js'
import { fullSize, planMesh, type Size } from './generate/plan.js'
import { generateDocuments } from './generated-documents.js'
import { median } from './median.js'

const partOf = (share: number): Size => ({
  clusters: fullSize.clusters,
  services: fullSize.services * share,
  pods: fullSize.pods * share,
  namespaces: Math.ceil(fullSize.namespaces * share),
})

interface Cost {
  readonly built: number
  readonly judged: number
}

function costOf(document: Uint8Array): Cost {
  const read = readDocument({ body: document, mediaType: 'application/json' })
  if (isProblem(read)) throw new Error(`the generated document is refused: ${read.message}`)
  const { header, contentHash, parts } = read
  const start = performance.now()
  const snapshot = buildAll(
    buildSnapshot({
      contentHash,
      header,
      parts: parts.map(({ cluster, digest, body, places }) => ({ cluster, resources: readClusterResources(digest, body), places })),
    }),
  )
  const built = performance.now()
  findBreaches(snapshot)
  return { built: built - start, judged: performance.now() - built }
}

/** (r) All rules over a snapshot that nobody has asked anything yet, against building it; and what eight times the size costs against eight times as much. */
export function measureRules(rounds: number): readonly Figure[] {
  const costs = (share: number): readonly Cost[] => {
    const { document } = generateDocuments(planMesh(partOf(share)))
    return Array.from({ length: rounds }, () => costOf(document))
  }
  const judgedIn = (all: readonly Cost[]): number => median(all.map(({ judged }) => judged))
  // The first ones run code that is not compiled yet, of which a small document has as much as a large one.
  const eighth = judgedIn([...costs(1 / 8), ...costs(1 / 8), ...costs(1 / 8)].slice(-rounds))
  const whole = costs(1)
  const [built, judged] = [median(whole.map((cost) => cost.built)), judgedIn(whole)]
  return [
    {
      name: '(r) all rules / building the snapshot',
      measured: judged / built,
      target: 2,
      holds: 'AT_MOST',
      detail: `${judged.toFixed(0)} ms over ${built.toFixed(0)} ms`,
    },
    {
      name: '(r) all rules / 8 × the same over an eighth of the size',
      measured: judged / (8 * eighth),
      target: 1.3,
      holds: 'AT_MOST',
      detail: `${judged.toFixed(0)} ms over 8 × ${eighth.toFixed(0)} ms`,
    },
  ]
}
