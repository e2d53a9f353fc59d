import { dump } from 'js-yaml'
import { topologyJsonSchema } from '#engine/model/topology-json-schema'
import { chapters, opening } from './topology-guide-text.js'

interface Shape {
  readonly type?: string
  readonly const?: string
  readonly enum?: readonly string[]
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
}
interface Row {
  readonly name: string
  readonly shape: Shape
  readonly required: boolean
}

/** Told by the opening, or, `places`, written by `push` and by nobody else. */
const untold: readonly string[] = ['apiVersion', 'kind', 'places']

/** The guide to the language of topology documents: the schema's own words, in the order in which a reader needs them. */
export function topologyGuide(): string {
  const { properties = {} } = topologyJsonSchema as Shape
  const told = chapters.flatMap(({ field, title, more }) => chapter(field, title, more, properties[field] ?? {}))
  const left = Object.keys(properties).filter((name) => !chapters.some(({ field }) => field === name) && !untold.includes(name))
  if (left.length > 0) throw new Error(`the guide has no chapter for ${left.join(', ')}`)
  return [...opening, ...told, ''].join('\n')
}

function chapter(field: string, title: string, more: readonly string[], { description = '', items = {} }: Shape): readonly string[] {
  const [example] = items.examples ?? []
  return [
    '',
    `## ${title}`,
    '',
    description,
    '',
    '```yaml',
    dump({ [field]: [example] }, { flowLevel: 3, lineWidth: 110, quoteStyle: 'double' }).trimEnd(),
    '```',
    ...(more.length === 0 ? [] : ['', ...more]),
    '',
    '| field | | what it says | for example |',
    '| --- | --- | --- | --- |',
    ...rowsOf(items).map(rowText),
  ]
}

/** The fields of an entry, and right behind each those inside it: `dns.capture`, `services[].as`; one that several choices have stands once. */
function rowsOf({ properties = {}, required = [] }: Shape, place = ''): readonly Row[] {
  return Object.entries(properties).flatMap(([key, shape]) => {
    const name = `${place}${key}`
    const [inside, suffix] = insideOf(shape)
    const rows = inside.flatMap((choice) => rowsOf(inside.length > 1 ? { ...choice, required: [] } : choice, `${name}${suffix}.`))
    return [{ name, shape, required: required.includes(key) }, ...new Map(rows.map((row) => [row.name, row])).values()]
  })
}

/** The objects that a field holds, as itself, as an item, or as one of several choices. */
function insideOf(shape: Shape): readonly [readonly Shape[], string] {
  if (shape.properties !== undefined) return [[shape], '']
  if (shape.items !== undefined) return [insideOf(shape.items)[0], '[]']
  const choices = (shape.anyOf ?? []).map(insideOf)
  return [choices.flatMap(([inside]) => inside), choices.find(([inside]) => inside.length > 0)?.[1] ?? '']
}

const rowText = ({ name, shape, required }: Row): string =>
  `| \`${name}\` | ${typeOf(shape)}${required ? ', required' : ''} | ${shape.description} | ${(shape.examples ?? []).map(exampleText).join(' or ')} |`

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  integer: 'number',
  object: 'object',
  array: 'list',
}

function typeOf({ type = '', enum: choices, anyOf, items }: Shape): string {
  const alternatives = anyOf?.filter((one) => one.type !== 'null')
  if (alternatives !== undefined) return [...new Set(alternatives.map(typeOf))].join(' or ')
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ')
  return items?.type === 'string' ? 'list of texts' : (typeNames[type] ?? type)
}

/** On one line, as it would be written in YAML; of a certificate what one sees of it. */
function exampleText(example: unknown): string {
  const text = dump(example, { flowLevel: 0, lineWidth: -1, quoteStyle: 'double' }).trim()
  return `\`${text.replaceAll(/"?-----BEGIN CERTIFICATE-----\\n.*?-----END CERTIFICATE-----\\n"?/g, '-----BEGIN CERTIFICATE-----…').replaceAll('|', '\\|')}\``
}
