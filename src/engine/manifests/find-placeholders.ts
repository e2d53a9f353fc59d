import { pause } from '../pause.js'
import { isRecord, type ObjectIdentity } from './raw-object.js'
import type { Path } from './parsing/pointer-trie.js'

/** What a template language, a shell or `envsubst` would have filled in. */
const placeholder = /\{\{[^{}]*\}\}|\$\{[^{}]*\}/

/** Fields in which a call's hosts and names are told; in objects of these groups only, others may have templates of their own. */
const hostFields = new Set(['host', 'hosts', 'hostname', 'hostnames', 'externalName', 'addresses', 'address'])
const hostGroups = new Set(['', 'networking.istio.io', 'security.istio.io', 'networking.k8s.io', 'gateway.networking.k8s.io'])

/** Paths of names and hosts that were never filled in: such an object is none that an API server would take. */
export const findPlaceholders = (value: Readonly<Record<string, unknown>>, { group }: ObjectIdentity): readonly Path[] => {
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const found: Path[] = []
  for (const field of ['name', 'namespace', 'generateName']) if (isUnrendered(metadata[field])) found.push(['metadata', field])
  if (hostGroups.has(group)) findHosts(value.spec, ['spec'], false, found)
  return found
}

export const isUnrendered = (value: unknown): boolean => typeof value === 'string' && placeholder.test(value)

/** `path` is where the value is; it is only copied where something is found. */
const findHosts = (value: unknown, path: (string | number)[], isHost: boolean, found: Path[]): void => {
  if (value === null || typeof value !== 'object') {
    if (isHost && isUnrendered(value)) found.push([...path])
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) findWithin(value[index], index, path, isHost, found)
  } else {
    const members = value as Readonly<Record<string, unknown>>
    for (const key in members) findWithin(members[key], key, path, hostFields.has(key), found)
  }
}

const findWithin = (value: unknown, at: string | number, path: (string | number)[], isHost: boolean, found: Path[]): void => {
  pause()
  if (!isHost && (value === null || typeof value !== 'object')) return
  path.push(at)
  findHosts(value, path, isHost, found)
  path.pop()
}
