type Json = unknown

/**
 * The same description, in which every shape that has a name is referred to by it, and those shapes themselves.
 *
 * Routes state whole schemas, because those are what checks requests; written out where they stand they repeat each other
 * hundreds of times.
 */
export function referToShapes<T>(
  description: T,
  named: Readonly<Record<string, Json>>,
): { readonly description: T; readonly schemas: object } {
  const names = new Map(Object.entries(named).map(([name, shape]) => [JSON.stringify(shape), name]))

  const refer = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value
    const name = names.get(JSON.stringify(value))
    return name === undefined ? inside(value) : { $ref: `#/components/schemas/${name}` }
  }
  const inside = (value: object): Json =>
    Array.isArray(value) ? value.map(refer) : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, refer(each)]))

  const schemas = Object.fromEntries(Object.entries(named).map(([name, shape]) => [name, inside(plain(shape) as object)]))
  return { description: refer(description) as T, schemas }
}

/** Without what TypeBox remembers beside the schema. */
const plain = (shape: Json): Json => JSON.parse(JSON.stringify(shape))
