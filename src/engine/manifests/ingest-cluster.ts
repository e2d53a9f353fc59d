import type { Finding } from '../model/report.js'
import { canonicalJson } from './canonical-json.js'
import { checkValues } from './check-values.js'
import { sha256 } from './content-hash.js'
import type { DocumentFault } from './document-fault.js'
import type { Duplicate } from './duplicate-objects.js'
import { lostObject, type LostObjects } from './files/lost-objects.js'
import { findPlaceholders } from './find-placeholders.js'
import { identifyObject } from './identify-object.js'
import type { IngestedPart, Places } from './ingested.js'
import { keyOf, nameNameless } from './name-nameless.js'
import { normaliseObject } from './normalise-object.js'
import { type ObjectIdentity, type RawObject, writtenAt } from './raw-object.js'
import { placeholderFound, secretRemoved } from './reading-notes.js'
import { removeSecrets } from './secrets/remove-secrets.js'

interface CanonicalObject {
  readonly raw: RawObject
  readonly identity: ObjectIdentity
  readonly text: string
}

export interface IngestedCluster {
  readonly part: IngestedPart
  readonly notes: readonly Finding[]
  readonly faults: readonly DocumentFault[]
  /** The faulty objects. */
  readonly lost: readonly LostObjects[]
  /** Of each two the second is in the part: where that may be, it is what `kubectl apply` would leave. */
  readonly duplicates: readonly Duplicate[]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const canonicalOrder = ({ identity: a }: CanonicalObject, { identity: b }: CanonicalObject): number =>
  compare(a.group, b.group) || compare(a.kind, b.kind) || compare(a.namespace, b.namespace) || compare(a.name, b.name)

/** One cluster's objects: identified, checked, without secrets and noise, sorted, written once and hashed. */
export const ingestCluster = (cluster: string, defaultNamespace: string, objects: readonly RawObject[]): IngestedCluster => {
  const notes: Finding[] = []
  const faults: DocumentFault[] = []
  const lost: LostObjects[] = []
  const found = objects.flatMap((raw): readonly CanonicalObject[] => {
    const identity = identifyObject(raw, defaultNamespace)
    const wrong = 'code' in identity ? [identity] : checkValues(raw)
    faults.push(...wrong)
    if (wrong.length > 0 || 'code' in identity) {
      lost.push(...lostObject(raw, defaultNamespace))
      return []
    }
    const { value, removed } = removeSecrets(normaliseObject(raw.value, identity))
    if (removed.length > 0) notes.push(secretRemoved(cluster, identity, removed, raw))
    const unrendered = findPlaceholders(raw.value, identity)
    if (unrendered.length > 0) notes.push(placeholderFound(cluster, identity, unrendered, raw))
    return [{ raw, identity, text: canonicalJson(value) }]
  })
  const { kept, duplicates } = distinct(cluster, nameNameless(found, renamed))
  return { part: partOf(cluster, kept.sort(canonicalOrder)), notes, faults, lost, duplicates }
}

const renamed = ({ raw, identity: nameless }: CanonicalObject, name: string): CanonicalObject => {
  const identity = { ...nameless, name }
  return { raw, identity, text: canonicalJson(removeSecrets(normaliseObject(raw.value, identity)).value) }
}

const distinct = (
  cluster: string,
  objects: readonly CanonicalObject[],
): { readonly kept: CanonicalObject[]; readonly duplicates: readonly Duplicate[] } => {
  const duplicates: Duplicate[] = []
  const seen = new Map<string, CanonicalObject>()
  for (const object of objects) {
    const key = keyOf(object.identity)
    const earlier = seen.get(key)
    if (earlier?.text === object.text) continue
    if (earlier !== undefined) duplicates.push({ cluster, identity: object.identity, first: earlier.raw, second: object.raw })
    seen.set(key, object)
  }
  return { kept: [...seen.values()], duplicates }
}

const partOf = (cluster: string, sorted: readonly CanonicalObject[]): IngestedPart => {
  const body = new TextEncoder().encode(`[${sorted.map(({ text }) => text).join(',')}]`)
  return { cluster, digest: sha256(body), body, places: placesOf(sorted) }
}

const placesOf = (sorted: readonly CanonicalObject[]): Places => {
  const files = new Map<string, number>()
  const objects = sorted.map(({ raw }): readonly [number, number] => {
    const { file, line } = writtenAt(raw)
    if (file === null) return [-1, line]
    const known = files.get(file) ?? files.size
    files.set(file, known)
    return [known, line]
  })
  return { files: [...files.keys()], objects }
}
