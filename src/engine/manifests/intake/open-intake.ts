import { addAll } from '../../add-all.js'
import type { Finding } from '../../model/report.js'
import { pause, pausing } from '../../pause.js'
import { canonicalJson } from '../canonical-json.js'
import { checkValues } from '../check-values.js'
import type { DocumentFault } from '../document-fault.js'
import type { Duplicate } from './duplicate-objects.js'
import { lostObject, type LostObjects } from '../files/lost-objects.js'
import { findPlaceholders } from '../find-placeholders.js'
import { identifyObject } from '../identify-object.js'
import type { Keeper, TakenObject } from './keeper.js'
import { keyOf, nameNameless } from './name-nameless.js'
import type { Path } from '../parsing/pointer-trie.js'
import { placeholderNotes, type Unrendered } from './placeholder-notes.js'
import { isRecord, type ObjectIdentity, type RawObject, standingOf } from '../raw-object.js'
import { secretRemoved } from '../reading-notes.js'
import type { RemovedFrom } from '../secrets/place-removed.js'
import { removeSecrets } from '../secrets/remove-secrets.js'

type Data = Readonly<Record<string, unknown>>

export interface IngestedCluster<P> {
  readonly part: P
  /** How many objects are in the part. */
  readonly count: number
  readonly notes: readonly Finding[]
  readonly faults: readonly DocumentFault[]
  /** The faulty objects. */
  readonly lost: readonly LostObjects[]
  /** Of each two the second is in the part: where that may be, it is what `kubectl apply` would leave. */
  readonly duplicates: readonly Duplicate[]
  readonly removed: readonly RemovedFrom[]
}

/** Takes in one cluster's objects as they are read: identified, checked, without secrets and noise; in the end sorted. */
export interface ClusterIntake<P> {
  readonly take: (raw: RawObject) => void
  close(): IngestedCluster<P>
}

export const openIntake = <K, P>(cluster: string, defaultNamespace: string, keeper: Keeper<K, P>): ClusterIntake<P> => {
  const notes: Finding[] = []
  const faults: DocumentFault[] = []
  const lost: LostObjects[] = []
  const found: TakenObject<K>[] = []
  const taken: RemovedFrom[] = []
  const unrendered: Unrendered[] = []
  const take = (raw: RawObject): void => {
    pause()
    const identity = identifyObject(raw, defaultNamespace)
    const wrong = 'code' in identity ? [identity] : checkValues(raw)
    addAll(faults, wrong)
    if (wrong.length > 0 || 'code' in identity) return addAll(lost, lostObject(raw, defaultNamespace))
    const { value, removed } = removeSecrets(normaliseObject(raw.value, identity))
    if (removed.length > 0) {
      const note = secretRemoved(cluster, identity, removed, raw)
      notes.push(note)
      taken.push({ resource: note.resource, standing: standingOf(raw), removed })
    }
    const paths = raw.origin.document.mayHavePlaceholders ? findPlaceholders(raw.value, identity) : []
    if (paths.length > 0) unrendered.push({ identity, paths, standing: standingOf(raw) })
    found.push({ identity, standing: standingOf(raw), kept: keeper.keep(value), again: raw.origin.document.again })
  }
  const close = (): IngestedCluster<P> => {
    const textOf = (object: TakenObject<K>): string => keeper.textOf(object.kept) ?? canonicalJson(valueOf(object))
    const rename = (object: TakenObject<K>, name: string): TakenObject<K> => renameObject(keeper, object, name)
    const { kept, duplicates } = distinct(cluster, nameNameless(found, { textOf, rename }), textOf)
    addAll(notes, placeholderNotes(cluster, unrendered))
    return { part: keeper.close(cluster, kept), count: kept.length, notes, faults, lost, duplicates, removed: taken }
  }
  return { take, close }
}

/** The object with its namespace written out and the noise of a live cluster dropped; everything else as it came. */
const normaliseObject = (value: Data, { name, namespace }: ObjectIdentity): Data => {
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const stated = namespace === '' ? undefined : namespace
  // As a dump has it, nothing is left to do, and nothing is copied.
  const isNormal = metadata.name === name && metadata.namespace === stated && !('managedFields' in metadata)
  if (isNormal && (stated !== undefined || !('namespace' in metadata))) return value
  const { managedFields: _managed, namespace: _namespace, ...kept } = metadata
  return { ...value, metadata: stated === undefined ? { ...kept, name } : { ...kept, name, namespace: stated } }
}

/** The object's value without secrets and noise, read once more where that is wanted, which is rare. */
const valueOf = ({ identity, standing, again }: TakenObject<unknown>): Data => {
  // What its list says of it does not stand in the item.
  const { apiVersion, kind } = identity
  return removeSecrets(normaliseObject({ ...(valueAt(again(), standing.path) as Data), apiVersion, kind }, identity)).value
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((within, key) => (within as Record<string | number, unknown>)[key], value)

const renameObject = <K>(keeper: Keeper<K, unknown>, object: TakenObject<K>, name: string): TakenObject<K> => {
  const renamed = { ...object, identity: { ...object.identity, name } }
  return { ...renamed, kept: keeper.keep(valueOf(renamed)) }
}

/** The last of each name, in canonical order. */
const distinct = <K>(
  cluster: string,
  objects: readonly TakenObject<K>[],
  textOf: (object: TakenObject<K>) => string,
): { readonly kept: readonly TakenObject<K>[]; readonly duplicates: readonly Duplicate[] } => {
  const duplicates: Duplicate[] = []
  const seen = new Map<string, TakenObject<K>>()
  for (const object of pausing(objects)) {
    const key = keyOf(object.identity)
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      if (textOf(earlier) === textOf(object)) continue
      duplicates.push({ cluster, identity: object.identity, first: earlier.standing, second: object.standing })
    }
    seen.set(key, object)
  }
  const kept = [...seen.keys()].sort().flatMap((key) => seen.get(key) ?? [])
  return { kept, duplicates }
}
