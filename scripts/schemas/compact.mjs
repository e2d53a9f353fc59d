// Schemas as small as they can be said: no descriptions, every equal part once. src/engine/schemas/schema.ts reads it and says what the letters mean.

const letters = { object: 'o', array: 'a', string: 's', integer: 'i', number: 'n', boolean: 'b' }

/** A table that keeps every node once, whatever holds it. */
export function nodeTable() {
  const nodes = []
  const known = new Map()
  return {
    nodes,
    put(node) {
      const key = JSON.stringify(node)
      const at = known.get(key) ?? nodes.push(node) - 1
      known.set(key, at)
      return at
    },
  }
}

const typeOf = (schema) => (Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type)

const bounds = (schema) => {
  if (schema.exclusiveMinimum !== undefined || schema.exclusiveMaximum !== undefined)
    throw new Error('an exclusive bound: say how it is written')
  return {
    lo: schema.minimum,
    hi: schema.maximum,
    ll: schema.minLength ?? schema.minItems ?? schema.minProperties,
    lh: schema.maxLength ?? schema.maxItems ?? schema.maxProperties,
  }
}

const rulesOf = (schema) =>
  schema['x-kubernetes-validations']
    ?.filter(({ rule }) => !rule.includes('oldSelf'))
    .map(({ rule, message }) => (message === undefined ? [rule] : [rule, message]))

const junctors = (table, schema, context) => {
  if (schema['x-kubernetes-int-or-string'] === true) return undefined
  const many = (list) => list?.map((each) => compact(table, each, { ...context, within: true }))
  const found = {
    one: many(schema.oneOf),
    any: many(schema.anyOf),
    all: many(schema.allOf),
    not: schema.not && compact(table, schema.not, { ...context, within: true }),
  }
  return Object.values(found).some((value) => value !== undefined) ? found : undefined
}

/** An object's fields, each with the release since which it is there, where that is not as long as we know. */
const fields = (table, schema, context) =>
  schema.properties &&
  Object.fromEntries(
    Object.entries(schema.properties).map(([name, value]) => {
      const at = [...context.path, name]
      const node = compact(table, value, { ...context, path: at })
      const since = context.within === true ? undefined : context.sinceOf(at)
      return [name, since === undefined ? node : [node, since]]
    }),
  )

/** An object may hold what its schema does not name: it says so, or names nothing at all. */
const isOpen = (schema) =>
  schema['x-kubernetes-preserve-unknown-fields'] === true ||
  (typeOf(schema) === 'object' && schema.properties === undefined && typeof schema.additionalProperties !== 'object') ||
  schema.additionalProperties === true

const letterOf = (schema) => {
  if (schema['x-kubernetes-int-or-string'] === true) return 'x'
  return schema.quantity === true ? 'q' : letters[typeOf(schema)]
}

/** The schema's place in the table. `path` is where it stands; `sinceOf` tells of a path since when it is known. */
export function compact(table, schema, context) {
  const below = (inner, step) => compact(table, inner, { ...context, path: [...context.path, step] })
  const node = {
    t: letterOf(schema),
    n: schema.nullable === true || schema.lenient === true ? 1 : undefined,
    o: context.within !== true && isOpen(schema) ? 1 : undefined,
    p: fields(table, schema, context),
    v: typeof schema.additionalProperties === 'object' ? below(schema.additionalProperties, '*') : undefined,
    i: schema.items && below(schema.items, '[]'),
    r: schema.required,
    e: schema.enum,
    ...bounds(schema),
    f: schema.format,
    m: schema.pattern,
    k: schema['x-kubernetes-list-map-keys'],
    u: schema['x-kubernetes-list-type'] === 'set' ? 1 : undefined,
    d: schema.default,
    x: junctors(table, schema, context),
    c: rulesOf(schema),
  }
  return table.put(JSON.parse(JSON.stringify(node)))
}

/** Written as a module that holds JSON in a raw template, one node a line: what would end the template is escaped as JSON allows. */
export function moduleOf({ name, about, data }) {
  const escaped = (value) => JSON.stringify(value).replaceAll('`', '\\u0060').replaceAll('$', '\\u0024')
  const { nodes, ...rest } = data
  const head = Object.entries(rest).map(([key, value]) => `"${key}":${escaped(value)}`)
  const lines = nodes.map(escaped).join(',\n')
  return `// Written by scripts/generate-schemas.mjs.\n\n/** ${about} */\nexport const ${name} = String.raw\`{${head.join(',\n')},\n"nodes":[\n${lines}\n]}\`\n`
}
