import type { DocumentFault } from './document-fault.js'
import { groupOf, isClusterScoped } from './kinds.js'
import { isRecord, type ObjectIdentity, type RawObject } from './raw-object.js'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const fault = (raw: RawObject, at: readonly string[], detail: string): DocumentFault => ({
  code: 'OBJECT_UNIDENTIFIED',
  detail,
  path: [...raw.path, ...at],
  origin: raw.origin,
})

const needs = (raw: RawObject, at: readonly string[]): DocumentFault =>
  fault(raw, at, `an object needs \`${at.join('.')}\` as a non-empty string`)

/** As kubectl does, a plain `n` or `1.0` is no text: quotes make it one. */
const readAs = (value: unknown): string =>
  typeof value === 'boolean' || typeof value === 'number' ? `, and is read as the ${typeof value} \`${value}\`: quotes make it text` : ''

type Named = Pick<ObjectIdentity, 'name' | 'nameless'>

/** The name that it states, the beginning of one that the API server completes, or what an installer calls a file without one. */
const nameOf = (group: string, kind: string, metadata: Readonly<Record<string, unknown>>, spec: unknown): Named | undefined => {
  const name = text(metadata.name)
  if (name !== undefined) return { name }
  const prefix = text(metadata.generateName)
  if (prefix !== undefined) return { name: prefix, nameless: 'GENERATED' }
  if (group !== 'install.istio.io' || kind !== 'IstioOperator') return undefined
  const revision = isRecord(spec) ? text(spec.revision) : undefined
  return { name: revision === undefined ? 'installed-state' : `installed-state-${revision}`, nameless: 'USUAL' }
}

/** Characters: no API server takes half of it for any of these, and they are told wherever the object is. */
const longest = 500

const tooLong = (raw: RawObject, parts: Readonly<Record<string, string>>): DocumentFault | undefined => {
  const [found] = Object.entries(parts).filter(([, value]) => value.length > longest)
  return found && fault(raw, found[0].split('.'), `\`${found[0]}\` has ${found[1].length} characters, and may have ${longest}`)
}

/** Who this object is; a fault where it cannot be told, for what has no identity can be neither kept nor named. */
export const identifyObject = (raw: RawObject, defaultNamespace: string): ObjectIdentity | DocumentFault => {
  const apiVersion = text(raw.value.apiVersion)
  if (apiVersion === undefined) return needs(raw, ['apiVersion'])
  const kind = text(raw.value.kind)
  if (kind === undefined) return needs(raw, ['kind'])
  const metadata = isRecord(raw.value.metadata) ? raw.value.metadata : {}
  const group = groupOf(apiVersion)
  const named = nameOf(group, kind, metadata, raw.value.spec)
  if (named === undefined) return needs(raw, ['metadata', 'name'])
  const stated = metadata.namespace ?? ''
  if (typeof stated !== 'string') return fault(raw, ['metadata', 'namespace'], `\`metadata.namespace\` must be a string${readAs(stated)}`)
  const namespace = isClusterScoped(group, kind) ? '' : stated || raw.origin.namespace || defaultNamespace
  const excess = tooLong(raw, { apiVersion, kind, 'metadata.name': named.name, 'metadata.namespace': namespace })
  return excess ?? { apiVersion, group, kind, namespace, ...named }
}
