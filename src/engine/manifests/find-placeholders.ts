import { isRecord, type ObjectIdentity } from './raw-object.js'
import type { Path } from './parsing/pointer-trie.js'

/** What a template language, a shell or `envsubst` would have filled in. */
const placeholder = /\{\{[^}]*\}\}|\$\{[^}]*\}/

/** Fields in which a call's hosts and names are told; in objects of these groups only, others may have templates of their own. */
const hostFields = new Set(['host', 'hosts', 'hostname', 'hostnames', 'externalName', 'addresses', 'address'])
const hostGroups = new Set(['', 'networking.istio.io', 'security.istio.io', 'networking.k8s.io', 'gateway.networking.k8s.io'])

/** Paths of names and hosts that were never filled in: such an object is none that an API server would take. */
export const findPlaceholders = (value: Readonly<Record<string, unknown>>, { group }: ObjectIdentity): readonly Path[] => {
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const names = (['name', 'namespace', 'generateName'] as const).flatMap((field): readonly Path[] =>
    isUnrendered(metadata[field]) ? [['metadata', field]] : [],
  )
  return hostGroups.has(group) ? [...names, ...hostsIn(value.spec, ['spec'], false)] : names
}

const isUnrendered = (value: unknown): boolean => typeof value === 'string' && placeholder.test(value)

const hostsIn = (value: unknown, path: Path, isHost: boolean): readonly Path[] => {
  if (isHost && isUnrendered(value)) return [path]
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => hostsIn(item, [...path, index], isHost))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => hostsIn(inner, [...path, key], hostFields.has(key)))
}
