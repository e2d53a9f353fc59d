import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { topologyJsonSchema } from '#engine/model/topology-json-schema'

interface Shape {
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
}
interface Property {
  readonly path: string
  readonly shape: Shape
}

/** Every property at any depth, by the path a reader would give it. */
const propertiesOf = ({ properties = {}, items, anyOf = [] }: Shape, place = ''): Property[] => [
  ...Object.entries(properties).flatMap(([name, shape]) => {
    const path = place === '' ? name : `${place}.${name}`
    return [{ path, shape }, ...propertiesOf(shape, path)]
  }),
  ...(items === undefined ? [] : propertiesOf(items, `${place}[]`)),
  ...anyOf.flatMap((choice) => propertiesOf(choice, place)),
]

const properties = propertiesOf(topologyJsonSchema as Shape)
const those = (wrong: (property: Property) => boolean): readonly string[] => properties.filter(wrong).map(({ path }) => path)

describe('the schema of the topology document', () => {
  it('is looked at as a whole: lists, objects inside objects, and choices', () => {
    const paths = properties.map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        'kind',
        'clusters',
        'clusters[].dns.capture',
        'federations[].gateways[].port',
        'assertions[].to.headers[].name',
      ]),
    )
  })

  it('says of every property what it means, in sentences', () => {
    expect(those(({ shape: { description = '' } }) => !/^[A-Z`].{5,}\.$/s.test(description))).toEqual([])
  })

  it('shows of every property how it is written', () => {
    expect(those(({ shape: { examples = [] } }) => examples.length === 0)).toEqual([])
  })

  it.each(properties.map(({ path, shape }) => [path, shape] as const))(
    'has examples of %s that the schema itself takes',
    (_path, shape) => {
      for (const example of shape.examples ?? []) expect([...Compile(shape as object).Errors(example)]).toEqual([])
    },
  )

  it('is named after where a service serves it, whichever service that is', () => {
    const { $id } = topologyJsonSchema as { readonly $id: string }
    expect(new URL($id, 'http://127.0.0.1:8080/schemas/topology.json').href).toBe('http://127.0.0.1:8080/schemas/topology.json')
  })
})
