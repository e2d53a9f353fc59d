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
export function customKinds(releases, metadata, table = nodeTable()) {
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
    const lost = served.map(({ name }) => [name, lostOf(`${kind}/${name}`, known)]).filter(([, paths]) => paths !== undefined)
    kinds[kind] = {
      versions: Object.fromEntries(versions),
      ...(since && { since }),
      ...(deprecated.length > 0 && { deprecated }),
      ...(lost.length > 0 && { lost: Object.fromEntries(lost) }),
    }
  }
  return { kinds, nodes: table.nodes }
}

/** Fields that earlier releases had and the newest has not, by path: the last release with each. What was in one of them goes without saying. */
function lostOf(key, known) {
  const newest = known.at(-1).kinds.get(key)
  const last = new Map(known.flatMap(({ minor, kinds }) => [...(kinds.get(key) ?? [])].map((path) => [path, minor])))
  const gone = [...last].filter(([path]) => !newest.has(path) && !path.startsWith('status'))
  const outermost = gone.filter(([path]) => !gone.some(([above]) => path.startsWith(`${above}\n`)))
  if (outermost.length === 0) return undefined
  return Object.fromEntries(outermost.map(([path, minor]) => [path.replaceAll('\n[]', '[]').replaceAll('\n', '.'), minor]))
}

/** What a cluster writes is not checked; every object's metadata is that of Kubernetes. */
const rootOf = (schema, metadata) => ({
  ...schema,
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, ...schema.properties, metadata, status: {} },
})
