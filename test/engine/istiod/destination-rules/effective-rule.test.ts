import { describe, expect, it } from 'vitest'
import { effectiveRule } from '#engine/istiod/destination-rules/effective-rule'
import { clientOf, deployment, destinationRule, type Manifest, namespace, service, west, world } from '../../analysis/calling.js'

const host = 'reviews.other.svc.cluster.local'

const ruleFor = (objects: readonly Manifest[], more: { from?: string; meshConfig?: Manifest; version?: string } = {}) => {
  const { from = 'west/shop/client', ...rest } = more
  const { view, workload } = clientOf(
    world({
      clusters: { west: west(service('other/reviews'), namespace('istio-system'), deployment('istio-system/gate'), ...objects) },
      ...rest,
    }),
    from,
  )
  const record = view?.service(host, 'other')
  if (view === undefined || record === undefined) throw new Error('the service is missing')
  return effectiveRule(view, workload.namespace, workload.labels, record)
}
const named = (rule: ReturnType<typeof ruleFor>): readonly string[] => rule?.rules.map(({ meta }) => `${meta.namespace}/${meta.name}`) ?? []
const subsets = (...names: readonly string[]): Manifest => ({ subsets: names.map((name) => ({ name, labels: { version: name } })) })
const rule = (name: string, spec: Manifest = {}, year = 2020) =>
  destinationRule(name, { host, ...spec }, { creationTimestamp: `${year}-01-01T00:00:00Z` })
const tls = (mode: string): Manifest => ({ trafficPolicy: { tls: { mode } } })

describe('which DestinationRule a client applies', () => {
  it('the client’s namespace comes before the service’s, that before the root’s (ROUTE-20)', () => {
    const all = [rule('shop/mine'), rule('other/theirs'), rule('istio-system/root')]
    expect(named(ruleFor(all))).toEqual(['shop/mine'])
    expect(named(ruleFor(all.slice(1)))).toEqual(['other/theirs'])
    expect(named(ruleFor(all.slice(2)))).toEqual(['istio-system/root'])
  })

  it('the level beats specificity: a wildcard of the client’s namespace hides the owner’s exact rule and its subsets (ROUTE-20)', () => {
    const found = ruleFor([rule('shop/wide', { host: '*.local' }), rule('other/theirs', subsets('v1'))])
    expect(named(found)).toEqual(['shop/wide'])
    expect(found?.subsets).toEqual([])
  })

  it('inside a level the most specific host counts: the name itself, then the longest wildcard (ROUTE-20)', () => {
    const wide = rule('other/wide', { host: '*.local' })
    const narrow = rule('other/narrow', { host: '*.other.svc.cluster.local' })
    expect(named(ruleFor([wide, narrow, rule('other/exact')]))).toEqual(['other/exact'])
    expect(named(ruleFor([wide, narrow]))).toEqual(['other/narrow'])
  })

  it('a third namespace’s rule never applies, exported or not (ROUTE-20)', () => {
    expect(ruleFor([rule('third/rule', { exportTo: ['*'] })])).toBeUndefined()
  })

  it('a client of the root namespace starts from private rules only (ROUTE-20)', () => {
    const from = 'west/istio-system/gate'
    expect(named(ruleFor([rule('istio-system/open'), rule('other/theirs')], { from }))).toEqual(['other/theirs'])
    expect(named(ruleFor([rule('istio-system/own', { exportTo: ['.'] }), rule('other/theirs')], { from }))).toEqual(['istio-system/own'])
  })

  it('a short host belongs to the rule’s own namespace (ROUTE-25, MODEL-19)', () => {
    expect(named(ruleFor([rule('other/short', { host: 'reviews' })]))).toEqual(['other/short'])
    expect(ruleFor([rule('shop/short', { host: 'reviews' })])).toBeUndefined()
  })
})

describe('exportTo of DestinationRules', () => {
  it.each([
    [['*'], true],
    [[], true],
    [['shop'], true],
    [['.'], false],
    [['other'], false],
    [['third'], false],
    [['~'], false],
  ])('%j in the owner’s namespace applies to another: %s (ROUTE-22)', (exportTo, applies) => {
    expect(ruleFor([rule('other/theirs', { exportTo })]) !== undefined).toBe(applies)
  })

  it('a more specific rule that is not exported hides an exported general one of its namespace (ROUTE-21)', () => {
    const wide = rule('other/wide', { host: '*.local', exportTo: ['*'] })
    expect(ruleFor([wide, rule('other/exact', { exportTo: ['third'] })])).toBeUndefined()
    expect(ruleFor([wide, rule('other/exact', { exportTo: ['~'] })])).toBeUndefined()
    expect(named(ruleFor([wide, rule('other/exact', { exportTo: ['third'] }), rule('istio-system/root')]))).toEqual(['istio-system/root'])
  })

  it('the mesh’s default counts only where it says private (ROUTE-22)', () => {
    expect(ruleFor([rule('other/theirs')], { meshConfig: { defaultDestinationRuleExportTo: ['.'] } })).toBeUndefined()
    expect(ruleFor([rule('other/theirs')], { meshConfig: { defaultDestinationRuleExportTo: ['third'] } })).toBeDefined()
  })
})

describe('several DestinationRules of one host', () => {
  it('rules of equal exportTo become one: the oldest keeps its policy and takes new subsets (ROUTE-23)', () => {
    const first = rule('shop/a', { ...tls('DISABLE'), ...subsets('v1') }, 2020)
    const second = rule('shop/b', { ...tls('SIMPLE'), ...subsets('v1', 'v2') }, 2021)
    const merged = ruleFor([second, first])
    expect(named(merged)).toEqual(['shop/a', 'shop/b'])
    expect(merged?.subsets.map(({ name }) => name)).toEqual(['v1', 'v2'])
    expect(merged?.transportTls(80, '')?.mode).toBe('DISABLE')
  })

  it('a rule without policy takes the younger one’s (ROUTE-23)', () => {
    expect(ruleFor([rule('shop/a', subsets('v1'), 2020), rule('shop/b', tls('SIMPLE'), 2021)])?.transportTls(80, '')?.mode).toBe('SIMPLE')
  })

  it('an absent exportTo is another one than `*`: both stay, and the youngest counts (ROUTE-23, ROUTE-24)', () => {
    const found = ruleFor([rule('shop/a', subsets('v1'), 2020), rule('shop/b', { exportTo: ['*'], ...subsets('v2') }, 2021)])
    expect(found?.subsets.map(({ name }) => name)).toEqual(['v2'])
  })

  it('a wider rule is merged into the narrower one and leaves nothing for the others (ROUTE-23)', () => {
    const narrow = rule('other/a', { exportTo: ['shop'], ...subsets('v1') }, 2020)
    const wider = rule('other/b', { exportTo: ['shop', 'istio-system'], ...subsets('v2') }, 2021)
    expect(ruleFor([narrow, wider])?.subsets.map(({ name }) => name)).toEqual(['v1', 'v2'])
    expect(ruleFor([narrow, wider], { from: 'west/istio-system/gate' })).toBeUndefined()
  })

  it('before 1.24 exportTo did not keep rules apart (ROUTE-23)', () => {
    const objects = [rule('shop/a', subsets('v1'), 2020), rule('shop/b', { exportTo: ['*'], ...subsets('v2') }, 2021)]
    expect(ruleFor(objects, { version: '1.23.0' })?.subsets.map(({ name }) => name)).toEqual(['v1', 'v2'])
  })

  it('a rule that selects the client’s pod wins in its own namespace, and does not concern others (ROUTE-24)', () => {
    const selector = (app: string): Manifest => ({ workloadSelector: { matchLabels: { app } } })
    const plain = rule('shop/plain', { exportTo: ['*'], ...tls('SIMPLE') }, 2020)
    expect(ruleFor([plain, rule('shop/mine', { ...selector('client'), ...tls('DISABLE') }, 2021)])?.transportTls(80, '')?.mode).toBe(
      'DISABLE',
    )
    expect(ruleFor([plain, rule('shop/theirs', { ...selector('cart'), ...tls('DISABLE') }, 2021)])?.transportTls(80, '')?.mode).toBe(
      'SIMPLE',
    )
    expect(ruleFor([rule('other/theirs', { ...selector('client'), ...tls('DISABLE') })])).toBeUndefined()
  })

  it('a private rule without selector is absorbed by a selecting one, and other workloads lose it (ROUTE-23)', () => {
    const selecting = rule('shop/mine', { workloadSelector: { matchLabels: { app: 'cart' } } }, 2020)
    expect(ruleFor([selecting, rule('shop/plain', { exportTo: ['.'], ...tls('SIMPLE') }, 2021)])).toBeUndefined()
  })
})

describe('the policy of a port and subset', () => {
  const policy = {
    trafficPolicy: { tls: { mode: 'DISABLE' }, portLevelSettings: [{ port: { number: 81 }, loadBalancer: { simple: 'RANDOM' } }] },
    subsets: [
      { name: 'v1', labels: {}, trafficPolicy: { loadBalancer: { simple: 'PASSTHROUGH' } } },
      {
        name: 'v2',
        labels: {},
        trafficPolicy: {
          tls: { mode: 'SIMPLE' },
          portLevelSettings: [{ port: { number: 81 }, outlierDetection: { minHealthPercent: 50 } }],
        },
      },
    ],
  }

  it.each([
    [80, '', 'DISABLE', 'DISABLE'],
    [81, '', undefined, 'DISABLE'],
    [80, 'v1', 'DISABLE', 'DISABLE'],
    [80, 'v2', 'SIMPLE', 'SIMPLE'],
    [81, 'v2', undefined, 'SIMPLE'],
  ])('port %i, subset "%s": sends %s, is tested as %s (LB-11, TLS-5)', (port, subset, sent, tested) => {
    const found = ruleFor([rule('shop/rule', policy)])
    expect(found?.transportTls(port, subset)?.mode).toBe(sent)
    expect(found?.capabilityTls(port, subset)?.mode).toBe(tested)
  })

  it('a subset’s own fields overlay the rule’s, field by field (LB-11)', () => {
    const found = ruleFor([rule('shop/rule', policy)])
    expect(found?.loadBalancer(81, 'v1')?.simple).toBe('PASSTHROUGH')
    expect(found?.loadBalancer(81, '')?.simple).toBe('RANDOM')
    expect(found?.loadBalancer(80, '')).toBeUndefined()
    expect(found?.outlierDetection(81, 'v2')?.minHealthPercent).toBe(50)
  })
})
