import type { DocumentFault } from './document-fault.js'
import { groupOf, isClusterScoped } from './kinds.js'
import { isRecord, type ObjectIdentity, type RawObject } from './raw-object.js'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const sourceOf = ({ file, line }: RawObject) => (file === null ? {} : { source: { file, line: line === 0 ? null : line } })

/** Who this object is; a fault where it cannot be told, for what has no identity can be neither kept nor named. */
export const identifyObject = (raw: RawObject, defaultNamespace: string): ObjectIdentity | DocumentFault => {
  const { value, path } = raw
  const apiVersion = text(value.apiVersion)
  const kind = text(value.kind)
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const name = text(metadata.name)
  const missing =
    apiVersion === undefined ? ['apiVersion'] : kind === undefined ? ['kind'] : name === undefined ? ['metadata', 'name'] : undefined
  if (missing !== undefined || apiVersion === undefined || kind === undefined || name === undefined)
    return {
      code: 'OBJECT_UNIDENTIFIED',
      detail: `an object needs \`${(missing ?? []).join('.')}\` as a non-empty string`,
      path: [...path, ...(missing ?? [])],
      ...sourceOf(raw),
    }
  if (metadata.namespace !== undefined && metadata.namespace !== null && typeof metadata.namespace !== 'string')
    return {
      code: 'OBJECT_UNIDENTIFIED',
      detail: '`metadata.namespace` must be a string',
      path: [...path, 'metadata', 'namespace'],
      ...sourceOf(raw),
    }
  const group = groupOf(apiVersion)
  const namespace = isClusterScoped(group, kind) ? '' : (text(metadata.namespace) ?? defaultNamespace)
  return { apiVersion, group, kind, namespace, name }
}
