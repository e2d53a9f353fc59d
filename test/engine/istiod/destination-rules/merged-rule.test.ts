import { describe, expect, it } from 'vitest'
import { type MergedRule, mergeRules } from '#engine/istiod/destination-rules/merged-rule'
import { policyOf } from '#engine/istiod/destination-rules/policy-of'
import { readOne } from '../../resources/read-one.js'

interface Written {
  readonly name: string
  readonly exportTo?: readonly string[]
  readonly selects?: string
  readonly subsets?: readonly string[]
  readonly tls?: string
}

const ruleOf = ({ name, exportTo, selects, subsets = [], tls }: Written) => {
  const spec = {
    host: 'reviews',
    ...(exportTo === undefined ? {} : { exportTo }),
    ...(selects === undefined ? {} : { workloadSelector: { matchLabels: { app: selects } } }),
    ...(tls === undefined ? {} : { trafficPolicy: { tls: { mode: tls } } }),
    subsets: subsets.map((subset) => ({ name: subset, labels: { version: name } })),
  }
  const [rule] =
    readOne('networking.istio.io', 'DestinationRule', JSON.stringify({ metadata: { name }, spec })).destinationRules.get('n') ?? []
  if (rule === undefined) throw new Error('the rule was not read')
  return rule
}
const merge = (rules: readonly Written[], separates = true): readonly MergedRule[] => mergeRules(rules.map(ruleOf), separates)
const entriesOf = (rules: readonly Written[], separates = true): readonly string[] =>
  merge(rules, separates).map(({ rules: merged }) => merged.map(({ meta }) => meta.name).join('+'))

describe('DestinationRules of one namespace and host (ROUTE-23)', () => {
  it.each<[string, readonly Written[], readonly string[]]>([
    ['of equal exportTo are one', [{ name: 'a' }, { name: 'b' }], ['a+b']],
    [
      'of the same namespaces in another order are one',
      [
        { name: 'a', exportTo: ['x', 'y'] },
        { name: 'b', exportTo: ['y', 'x'] },
      ],
      ['a+b'],
    ],
    ['that say `*` and nothing are two, though both are for everybody', [{ name: 'a' }, { name: 'b', exportTo: ['*'] }], ['a', 'b']],
    [
      'of which the newcomer’s list is wider are one',
      [
        { name: 'a', exportTo: ['x'] },
        { name: 'b', exportTo: ['x', 'y'] },
      ],
      ['a+b'],
    ],
    [
      'of which the newcomer’s list is narrower are two',
      [
        { name: 'a', exportTo: ['x', 'y'] },
        { name: 'b', exportTo: ['x'] },
      ],
      ['a', 'b'],
    ],
    [
      'of lists that only overlap are two',
      [
        { name: 'a', exportTo: ['x', 'y'] },
        { name: 'b', exportTo: ['y', 'z'] },
      ],
      ['a', 'b'],
    ],
    [
      'of different selectors are two',
      [
        { name: 'a', selects: 'one' },
        { name: 'b', selects: 'two' },
      ],
      ['a', 'b'],
    ],
    [
      'of the same selector are one',
      [
        { name: 'a', selects: 'one' },
        { name: 'b', selects: 'one' },
      ],
      ['a+b'],
    ],
    [
      'of which one selects, and the other is private, are one, and other workloads have none',
      [
        { name: 'a', selects: 'one' },
        { name: 'b', exportTo: ['.'] },
      ],
      ['a+b'],
    ],
    [
      'of which one selects, and the other is for its own and another namespace, are both',
      [
        { name: 'a', selects: 'one' },
        { name: 'b', exportTo: ['.', 'x'] },
      ],
      ['a+b', 'b'],
    ],
    ['of which one selects, and the other is for everybody, are two', [{ name: 'a', selects: 'one' }, { name: 'b' }], ['a', 'b']],
    [
      'are compared with every entry, and the last decides whether another is made',
      [
        { name: 'a', exportTo: ['x'] },
        { name: 'b', exportTo: ['y'] },
        { name: 'c', exportTo: ['x'] },
      ],
      ['a+c', 'b', 'c'],
    ],
  ])('%s', (_title, rules, expected) => expect(entriesOf(rules)).toEqual(expected))

  it('were all one before 1.24, but for those of different selectors', () => {
    expect(
      entriesOf(
        [
          { name: 'a', exportTo: ['x'] },
          { name: 'b', exportTo: ['y'] },
        ],
        false,
      ),
    ).toEqual(['a+b'])
    expect(
      entriesOf(
        [
          { name: 'a', selects: 'one' },
          { name: 'b', selects: 'two' },
        ],
        false,
      ),
    ).toEqual(['a', 'b'])
    expect(entriesOf([{ name: 'a', selects: 'one' }, { name: 'b' }], false)).toEqual(['a+b', 'b'])
  })

  it('keep the first one’s policy and subsets, and take what it lacks', () => {
    const [one] = merge([
      { name: 'a', subsets: ['v1'] },
      { name: 'b', subsets: ['v1', 'v2'], tls: 'SIMPLE' },
      { name: 'c', subsets: ['v3'], tls: 'DISABLE' },
    ])
    expect(one?.subsets.map(({ name, labels }) => `${name} of ${labels['version']}`)).toEqual(['v1 of a', 'v2 of b', 'v3 of c'])
    expect(one?.policy?.tls?.mode).toBe('SIMPLE')
  })

  it('keep the first one’s exportTo, so that a wider newcomer reaches nobody new', () => {
    const [one, ...others] = merge([
      { name: 'a', exportTo: ['x'] },
      { name: 'b', exportTo: ['x', 'y'] },
    ])
    expect([[...(one?.exportTo ?? [])], others]).toEqual([['x'], []])
  })

  it('that select are private, whatever their exportTo says (ROUTE-22)', () => {
    expect([...(merge([{ name: 'a', selects: 'one', exportTo: ['*'] }])[0]?.exportTo ?? [])]).toEqual(['.'])
  })
})

describe('a balancer that a level writes itself (TLS-6)', () => {
  const spec = {
    host: 'reviews',
    trafficPolicy: {
      loadBalancer: { simple: 'RANDOM' },
      portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'PASSTHROUGH' } }],
    },
    subsets: [
      { name: 'v1', labels: {} },
      { name: 'v2', labels: {}, trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST' } } },
    ],
  }
  const [rule] = readOne('networking.istio.io', 'DestinationRule', JSON.stringify({ spec })).destinationRules.get('n') ?? []
  const [merged] = rule === undefined ? [] : mergeRules([rule], true)
  const found = merged === undefined ? undefined : policyOf(merged, [])

  it.each([
    ['', 'RANDOM', 'PASSTHROUGH', 'RANDOM'],
    ['v1', undefined, 'PASSTHROUGH', 'RANDOM'],
    ['v2', 'LEAST_REQUEST', 'LEAST_REQUEST', 'LEAST_REQUEST'],
    ['unknown', undefined, 'PASSTHROUGH', 'RANDOM'],
  ])('of subset `%s` is %s; at port 80 counts %s, at another %s (LB-11)', (subset, own, at80, elsewhere) => {
    expect(found?.ownLoadBalancer(subset)?.simple).toBe(own)
    expect(found?.loadBalancer(80, subset)?.simple).toBe(at80)
    expect(found?.loadBalancer(81, subset)?.simple).toBe(elsewhere)
  })
})
