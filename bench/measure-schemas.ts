import { isProblem } from '#engine/manifests/document-fault'
import { readDocument } from '#engine/manifests/read-document'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { findBreaches } from '#engine/rules/make-report'
import { needsRules, noticeOriginal, type Original } from '#engine/rules/originals'
import { schemaRules } from '#engine/rules/schema/rules'
import { validationRules } from '#engine/rules/validation/rules'
import { loadRules, loadSchemas } from '#engine/schemas/load-schemas'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Figure } from './figure.js'
import { median } from './median.js'

/** (a) Objects a second that are held against their schemas, the rules of these and istiod's own validation, once they are parsed. */
export async function measureSchemas(document: Uint8Array, rounds: number): Promise<readonly Figure[]> {
  const ingested = readDocument({ body: document, mediaType: 'application/json' })
  if (isProblem(ingested)) throw new Error(`the generated document is refused: ${ingested.message}`)
  const { header, contentHash, parts } = ingested
  const resources = parts.map(({ cluster, digest, body }) => ({ cluster, resources: readClusterResources(digest, body) }))
  const snapshot = buildSnapshot({ contentHash, header, parts: resources })
  const objects = parts.map(({ cluster, body }) => [cluster, JSON.parse(new TextDecoder().decode(body)) as readonly unknown[]] as const)
  const count = objects.reduce((sum, [, list]) => sum + list.length, 0)
  const [notice, checkRules] = [noticeOriginal(await loadSchemas()), await loadRules()]
  const check = (): number => {
    const since = performance.now()
    const of = new Map<string, readonly Original[]>(
      objects.map(([cluster, list]) => [cluster, list.flatMap((object, index) => notice(object, index) ?? [])]),
    )
    const originals = { of, checkRules: needsRules(of) ? checkRules : undefined }
    findBreaches(snapshot, [...schemaRules, ...validationRules], { at: 0, originals })
    return performance.now() - since
  }
  const time = median(Array.from({ length: rounds }, check))
  const detail = `${count} objects in ${time.toFixed(0)} ms`
  return [
    {
      name: '(a) objects held against schemas and validation',
      measured: count / (time / 1000),
      target: 2000,
      holds: 'AT_LEAST',
      unit: '/s',
      detail,
    },
  ]
}
