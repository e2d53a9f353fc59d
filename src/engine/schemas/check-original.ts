import { groupOf } from '../manifests/kinds.js'
import { checkObject } from './check-object.js'
import type { Fault } from './fault.js'
import { replacedVersions } from './replaced-versions.js'
import type { Schema, SchemaKind, SchemaKinds } from './schema.js'
import type { Record } from './record.js'

/** What a schema says of an object, its rules in CEL left out: its faults, or that its version of the API is served no more. */
export interface Checked {
  readonly kind: SchemaKind
  readonly schema: Schema | undefined
  readonly faults: readonly Fault[]
  /** The version that is served instead of one that is not. */
  readonly writeInstead: string | undefined
  /** There may be something to tell of it. */
  readonly isNoteworthy: boolean
}

/** The object held against the schema of its kind and version; undefined: nothing is known of such a kind. */
export const checkOriginal = (kinds: SchemaKinds, object: Record): Checked | undefined => {
  const apiVersion = typeof object['apiVersion'] === 'string' ? object['apiVersion'] : ''
  const group = groupOf(apiVersion)
  const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1)
  const name = String(object['kind'])
  const kind = kinds.get(`${group}/${name}`)
  if (kind === undefined) return moved(kinds, group, name)
  const schema = kind.versions.get(version)
  if (schema === undefined) return unserved(kind, inGroup(group, newestOf(kind)))
  const faults = withLost(checkObject(schema, object), kind.lost.get(version))
  return { kind, schema, faults, writeInstead: undefined, isNoteworthy: faults.length > 0 || kind.since !== undefined }
}

/** Unknown fields that earlier releases had are told as such. */
const withLost = (faults: readonly Fault[], lost: ReadonlyMap<string, number> | undefined): readonly Fault[] => {
  if (lost === undefined || faults.length === 0) return faults
  return faults.map((fault) => {
    const until = fault.kind === 'UNKNOWN_FIELD' ? lost.get(fault.path.replace(/\[\d+\]/g, '[]')) : undefined
    return until === undefined ? fault : { ...fault, until }
  })
}

/** A kind that went to another group. */
const moved = (kinds: SchemaKinds, group: string, name: string): Checked | undefined => {
  const now = replacedVersions[`${group}/${name}`]
  const kind = now === undefined ? undefined : kinds.get(`${groupOf(now)}/${name}`)
  return kind && now !== undefined ? unserved(kind, now) : undefined
}

const unserved = (kind: SchemaKind, writeInstead: string): Checked => ({
  kind,
  schema: undefined,
  faults: [],
  writeInstead,
  isNoteworthy: true,
})

const inGroup = (group: string, version: string): string => (group === '' ? version : `${group}/${version}`)

/** Versions are written in the order of their CRD; a stable one comes before others. */
const newestOf = ({ versions }: SchemaKind): string => {
  const names = [...versions.keys()]
  return names.find((name) => /^v\d+$/.test(name)) ?? names[0] ?? ''
}
