import type { Finding } from '../model/report.js'
import { canonicalJson } from './canonical-json.js'
import { checkValues } from './check-values.js'
import { sha256 } from './content-hash.js'
import type { DocumentFault } from './document-fault.js'
import { identifyObject } from './identify-object.js'
import type { IngestedPart, Places } from './ingested.js'
import { normaliseObject } from './normalise-object.js'
import type { ObjectIdentity, RawObject } from './raw-object.js'
import { removeSecrets } from './secrets/remove-secrets.js'
import { secretRemoved } from './reading-notes.js'

interface CanonicalObject {
  readonly raw: RawObject
  readonly identity: ObjectIdentity
  readonly text: string
}

/** Two different objects that claim to be the same one. */
export interface Duplicate {
  readonly cluster: string
  readonly identity: ObjectIdentity
  readonly first: RawObject
  readonly second: RawObject
}

export interface IngestedCluster {
  readonly part: IngestedPart
  readonly notes: readonly Finding[]
  readonly faults: readonly DocumentFault[]
  readonly duplicates: readonly Duplicate[]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const canonicalOrder = ({ identity: a }: CanonicalObject, { identity: b }: CanonicalObject): number =>
  compare(a.group, b.group) || compare(a.kind, b.kind) || compare(a.namespace, b.namespace) || compare(a.name, b.name)

/** One cluster's objects: identified, checked, without secrets and noise, sorted, written once and hashed. */
export const ingestCluster = (cluster: string, defaultNamespace: string, objects: readonly RawObject[]): IngestedCluster => {
  const notes: Finding[] = []
  const faults: DocumentFault[] = []
  const duplicates: Duplicate[] = []
  const seen = new Map<string, CanonicalObject>()
  for (const raw of objects) {
    const identity = identifyObject(raw, defaultNamespace)
    if ('code' in identity) {
      faults.push(identity)
      continue
    }
    const found = checkValues(raw)
    if (found.length > 0) {
      faults.push(...found)
      continue
    }
    const { value, removed } = removeSecrets(normaliseObject(raw.value, identity))
    if (removed.length > 0) notes.push(secretRemoved(cluster, identity, removed, raw))
    const object: CanonicalObject = { raw, identity, text: canonicalJson(value) }
    const key = `${identity.group}\n${identity.kind}\n${identity.namespace}\n${identity.name}`
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, object)
    else if (earlier.text !== object.text) duplicates.push({ cluster, identity, first: earlier.raw, second: raw })
  }
  const sorted = [...seen.values()].sort(canonicalOrder)
  return { part: partOf(cluster, sorted), notes, faults, duplicates }
}

const partOf = (cluster: string, sorted: readonly CanonicalObject[]): IngestedPart => {
  const body = new TextEncoder().encode(`[${sorted.map(({ text }) => text).join(',')}]`)
  return { cluster, digest: sha256(body), body, places: placesOf(sorted) }
}

const placesOf = (sorted: readonly CanonicalObject[]): Places => {
  const files = new Map<string, number>()
  const objects = sorted.map(({ raw }): readonly [number, number] => {
    const { file } = raw.origin
    if (file === null) return [-1, raw.line]
    const known = files.get(file) ?? files.size
    files.set(file, known)
    return [known, raw.line]
  })
  return { files: [...files.keys()], objects }
}
