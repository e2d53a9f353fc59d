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
  const shapes = plain(named)
  const names = new Map(Object.entries(shapes).map(([name, shape]) => [keyOf(shape), name]))

  const refer = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value
    const name = names.get(keyOf(value))
    if (name === undefined) return inside(value)
    const saysMore = JSON.stringify(value) !== JSON.stringify(shapes[name])
    return { $ref: `#/components/schemas/${name}`, ...(saysMore ? notesOf(value) : {}) }
  }
  const inside = (value: object): Json =>
    Array.isArray(value) ? value.map(refer) : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, refer(each)]))

  const schemas = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, inside(shape as object)]))
  return { description: refer(plain(description)) as T, schemas }
}

interface Notes {
  readonly description?: Json
  readonly examples?: Json
}

/** What a shape is called by wherever it stands: a field may say of it what it means there. */
const keyOf = (shape: Json): string => {
  const { description: _, examples: __, ...rest } = shape as Notes
  return JSON.stringify(rest)
}

const notesOf = ({ description, examples }: Notes): Notes => ({
  ...(description === undefined ? {} : { description }),
  ...(examples === undefined ? {} : { examples }),
})

/** Without what TypeBox remembers beside a schema, and with maps written as OpenAPI's tools write them. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value), (_key, each: Json) => (isMap(each) ? mapOf(each) : each)) as T

interface MapSchema {
  readonly patternProperties: Readonly<Record<string, Json>>
}

const isMap = (value: Json): value is MapSchema => typeof value === 'object' && value !== null && 'patternProperties' in value

const mapOf = ({ patternProperties, ...rest }: MapSchema): Json => ({ ...rest, additionalProperties: Object.values(patternProperties)[0] })
