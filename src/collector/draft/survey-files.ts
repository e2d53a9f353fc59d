import { canonicalJson } from '#engine/manifests/canonical-json'
import type { SuppliedFile } from '#engine/manifests/document-text'
import { eachOnce } from '#engine/manifests/files/each-once'
import { openFiles } from '#engine/manifests/files/open-files'
import { objectsIn } from '#engine/manifests/intake/open-list'
import { groupOf, isClusterScoped } from '#engine/manifests/kinds'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'
import { isRecord } from '#engine/manifests/raw-object'
import { type ClusterFacts, readClusterFacts } from './cluster-facts.js'

type Data = Readonly<Record<string, unknown>>

export interface SurveyedObject {
  /** `group/kind namespace/name`. */
  readonly identity: string
  /** Equal for objects that are. */
  readonly text: string
  /** Absent: it stands in none, or does not say so. */
  readonly namespace: string | undefined
}

/** A file that tells something. */
export interface SurveyedFile {
  readonly path: string
  /** None: Helm values. */
  readonly objects: readonly SurveyedObject[]
  readonly facts: readonly ClusterFacts[]
}

/** The files that hold Kubernetes objects, or values of Istio's charts. */
export function surveyFiles(files: readonly SuppliedFile[]): readonly SurveyedFile[] {
  const open = openFiles(files)
  return eachOnce(files).flatMap((file) => {
    const opened = open(file)
    if ('documents' in opened)
      return ofObjects(
        file.path,
        opened.documents.map(({ value }) => value),
      )
    return 'leftOut' in opened && opened.leftOut === 'HELM_VALUES' ? ofValues(file) : []
  })
}

function ofObjects(path: string, documents: readonly unknown[]): readonly SurveyedFile[] {
  const objects = documents.flatMap(objectsIn).filter(({ kind }) => typeof kind === 'string')
  return objects.length === 0 ? [] : [{ path, objects: objects.map(surveyed), facts: objects.map(readClusterFacts) }]
}

function surveyed(object: Data): SurveyedObject {
  const { namespace = '', name = '' } = isRecord(object['metadata']) ? object['metadata'] : {}
  const [group, kind] = [groupOf(String(object['apiVersion'])), String(object['kind'])]
  const place = isClusterScoped(group, kind) ? '' : String(namespace) || 'default'
  return {
    identity: `${group}/${kind} ${place}/${String(name)}`,
    text: canonicalJson(object),
    namespace: place === '' || namespace === '' ? undefined : place,
  }
}

function ofValues({ path, body }: SuppliedFile): readonly SurveyedFile[] {
  const parsed = parseText(new TextDecoder().decode(body), 'application/yaml')
  if (isTextFault(parsed)) return []
  const facts = parsed.documents.flatMap(({ value }) => (isRecord(value) ? [readClusterFacts(value)] : []))
  return facts.some(({ clusterName, network, mesh, others }) => clusterName ?? network ?? mesh ?? others[0])
    ? [{ path, objects: [], facts }]
    : []
}
