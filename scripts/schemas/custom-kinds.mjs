// Kinds that CustomResourceDefinitions define, with the release since which each of them and each of their fields is known.
import { compact, nodeTable } from './compact.mjs'

const schemaOf = (version) => version.schema.openAPIV3Schema

/** Every path in a schema, of an object's field by name, of a list's items as `[]`, of a map's values as `*`. */
function pathsOf(schema, at, found) {
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    found.add([...at, name].join('\n'))
    pathsOf(value, [...at, name], found)
  }
  if (schema.items !== undefined) pathsOf(schema.items, [...at, '[]'], found)
  if (typeof schema.additionalProperties === 'object') pathsOf(schema.additionalProperties, [...at, '*'], found)
  return found
}

/** group/kind/version → the paths known to a release. */
const knownIn = (crds) =>
  new Map(
    crds.flatMap(({ spec }) =>
      spec.versions.map((version) => [`${spec.group}/${spec.names.kind}/${version.name}`, pathsOf(schemaOf(version), [], new Set())]),
    ),
  )

/**
 * The newest release's kinds. `releases` are `{ minor, crds }` from the oldest on; what the oldest knows has always been there.
 * `metadata` is the schema of every object's metadata, which CRDs leave out.
 */
export function customKinds(releases, metadata) {
  const table = nodeTable()
  const known = releases.map(({ minor, crds }) => ({ minor, kinds: knownIn(crds) }))
  const firstMinor = (has) => known.find(({ kinds }) => has(kinds))?.minor
  const sinceWhen = (has) => (has(known[0].kinds) ? undefined : firstMinor(has))
  const kinds = {}
  for (const { spec } of releases.at(-1).crds) {
    const kind = `${spec.group}/${spec.names.kind}`
    const served = spec.versions.filter((version) => version.served)
    const versions = served.map((version) => {
      const key = `${kind}/${version.name}`
      const inSince = sinceWhen((kindsKnown) => kindsKnown.has(key))
      const sinceOf = (path) =>
        inSince === undefined ? sinceWhen((kindsKnown) => kindsKnown.get(key)?.has(path.join('\n')) === true) : undefined
      return [version.name, compact(table, rootOf(schemaOf(version), metadata), { path: [], sinceOf })]
    })
    const since = sinceWhen((kindsKnown) => [...kindsKnown.keys()].some((key) => key.startsWith(`${kind}/`)))
    const deprecated = served.filter((version) => version.deprecated === true).map(({ name }) => name)
    kinds[kind] = { versions: Object.fromEntries(versions), ...(since && { since }), ...(deprecated.length > 0 && { deprecated }) }
    warnOfLost(kind, known)
  }
  return { kinds, nodes: table.nodes }
}

/** A field that went would be called unknown to those who still have it: none has gone so far, and whoever sees one has to decide. */
function warnOfLost(kind, known) {
  const newest = known.at(-1).kinds
  for (const { minor, kinds } of known) {
    for (const [key, paths] of kinds) {
      if (!key.startsWith(`${kind}/`)) continue
      const lost = [...paths].filter((path) => newest.get(key)?.has(path) !== true && !path.startsWith('status'))
      if (lost.length > 0)
        console.error(`${key}: known in 1.${minor} and no longer: ${lost.map((path) => path.replaceAll('\n', '.')).join(', ')}`)
    }
  }
}

/** What a cluster writes is not checked; every object's metadata is that of Kubernetes. */
const rootOf = (schema, metadata) => ({
  ...schema,
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, ...schema.properties, metadata, status: {} },
})
