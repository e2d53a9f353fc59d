import { Kind, parse, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql'
import { expect, it } from 'vitest'
import { selectionOf } from '#graphql/selection'

function read(text: string): unknown {
  const { definitions } = parse(text)
  const operation = definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION)
  const fragments = Object.fromEntries(
    definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
  )
  return selectionOf({ fieldNodes: operation?.selectionSet.selections as FieldNode[], fragments })
}

it('the fields of an answer that a query reads are told by their names, whatever they are called in it', () => {
  expect(
    read(
      '{ r { verdict: verdict why: reason steps { stage } ... on R { steps { reason } } ...F } } fragment F on R { steps { stage } endpoints { via { address } } }',
    ),
  ).toEqual({
    verdict: true,
    reason: true,
    steps: { stage: true, reason: true },
    endpoints: { via: { address: true } },
  })
})

it('fragments that double are read once each', () => {
  const fragments = Array.from(
    { length: 60 },
    (_, index) => `fragment F${index} on R { ...F${index + 1} s { ...F${index + 1} } ...F${index + 1} }`,
  )
  const started = performance.now()
  read(`{ r { ...F0 } } ${fragments.slice(0, 8).join(' ')} fragment F8 on R { end }`)
  read(
    `{ r { ...G0 } } ${Array.from({ length: 60 }, (_, index) => `fragment G${index} on R { ...G${index + 1} ...G${index + 1} }`).join(' ')} fragment G60 on R { end }`,
  )
  expect(performance.now() - started).toBeLessThan(3_000)
})

it('a field asked for twice is sent whole', () => {
  const node = (parse('{ r { verdict } }').definitions[0] as OperationDefinitionNode).selectionSet.selections[0] as FieldNode
  expect(selectionOf({ fieldNodes: [node, node], fragments: {} })).toBeUndefined()
})
