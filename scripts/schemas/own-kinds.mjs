// Kinds of Kubernetes itself, of its strict JSON schemas.
import { compact, nodeTable } from './compact.mjs'

/** Required by their description, and taken without: what is missing is the zero value, which is valid. */
const takenWithout = {
  'io.k8s.api.core.v1.HTTPHeader': ['value'],
  'io.k8s.api.core.v1.Sysctl': ['value'],
  'io.k8s.api.core.v1.ISCSIVolumeSource': ['lun'],
}

/** A definition with all that it refers to put in place. An absent value and null are one, so that all may be null. */
export function resolved(definitions, name) {
  const put = (schema) => {
    if (schema.$ref !== undefined) return resolved(definitions, schema.$ref.split('/').at(-1))
    const { description: _, 'x-kubernetes-list-map-keys': _keys, 'x-kubernetes-list-type': _type, ...rest } = schema
    if (rest.oneOf !== undefined) return { quantity: true, lenient: true }
    return {
      ...rest,
      lenient: true,
      ...(rest.properties && { properties: Object.fromEntries(Object.entries(rest.properties).map(([key, value]) => [key, put(value)])) }),
      ...(rest.items && { items: put(rest.items) }),
      ...(typeof rest.additionalProperties === 'object' && { additionalProperties: put(rest.additionalProperties) }),
      ...(rest.required && { required: rest.required.filter((key) => takenWithout[name]?.includes(key) !== true) }),
    }
  }
  if (name.endsWith('.IntOrString')) return { 'x-kubernetes-int-or-string': true, lenient: true }
  return put(definitions[name])
}

/** The kinds of these definitions, such as `apps/v1/Deployment` and `v1/Service`. */
export function ownKinds(definitions, wanted) {
  const table = nodeTable()
  const kinds = {}
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      if (!wanted.has(`${group}/${kind}`) || /(alpha|beta)/.test(version)) continue
      const schema = resolved(definitions, name)
      const { apiVersion: _, kind: _kind, status: _status, ...properties } = schema.properties
      const root = { ...schema, properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, ...properties, status: {} } }
      const entry = (kinds[`${group}/${kind}`] ??= { versions: {} })
      entry.versions[version] = compact(table, root, { path: [], sinceOf: () => undefined })
    }
  }
  return { kinds, nodes: table.nodes }
}
