import { describe, expect, it } from 'vitest'
import { readOne, unreadPaths } from '../read-one.js'

const read = (spec: string) => readOne('networking.istio.io', 'DestinationRule', `spec: ${spec}`)
const rule = (spec: string) => read(spec).destinationRules.get('n')?.[0]

describe('a DestinationRule', () => {
  it('of a host alone sets nothing: no policy is not an empty policy', () => {
    expect(rule('{ host: Web }')).toEqual({ meta: expect.anything(), host: 'web', exportTo: [], subsets: [] })
    expect(rule('{ host: web, trafficPolicy: {} }')?.policy).toEqual({ ports: [] })
  })

  it.each([
    ['{}', 'DISABLE'],
    ['{ mode: SIMPLE }', 'SIMPLE'],
    ['{ mode: ISTIO_MUTUAL }', 'ISTIO_MUTUAL'],
  ])('with tls %s is %s, as the mode’s zero value is DISABLE', (tls, mode) => {
    expect(rule(`{ trafficPolicy: { tls: ${tls} } }`)?.policy?.tls).toEqual({ mode, subjectAltNames: [], insecureSkipVerify: false })
  })

  it('tells locality settings that are on, off and silent apart', () => {
    const locality = (text: string) =>
      rule(`{ trafficPolicy: { loadBalancer: { localityLbSetting: ${text} } } }`)?.policy?.loadBalancer?.locality
    expect(locality('{ enabled: false }')?.enabled).toBe(false)
    expect(locality('{ enabled: true }')?.enabled).toBe(true)
    expect(locality('{}')).toEqual({ distribute: [], failover: [], failoverPriority: [] })
    expect(locality('{ distribute: [{ from: r1/*, to: { r1/*: 80, r2/*: 20 } }] }')?.distribute).toEqual([
      { from: 'r1/*', to: { 'r1/*': 80, 'r2/*': 20 } },
    ])
  })

  it('has policies of ports, and one without a port is nobody’s', () => {
    const policy = rule('{ trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: SIMPLE } }, { tls: {} }] } }')?.policy
    expect(policy?.ports.map(({ port, policy: own }) => [port, own.tls?.mode])).toEqual([[80, 'SIMPLE']])
    expect(policy?.tls).toBeUndefined()
  })

  it('selects clients by `matchLabels`, and without any labels all of them', () => {
    expect(rule('{ workloadSelector: { matchLabels: { app: c } } }')?.workloadSelector).toEqual({ app: 'c' })
    expect(rule('{ workloadSelector: {} }')?.workloadSelector).toBeUndefined()
  })

  it('has subsets with policies of their own', () => {
    const subsets = rule('{ subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, trafficPolicy: { tls: {} } }] }')?.subsets
    expect(subsets?.map(({ name, labels, policy }) => [name, labels, policy?.tls?.mode])).toEqual([
      ['v1', { version: 'v1' }, undefined],
      ['v2', {}, 'DISABLE'],
    ])
  })

  it.each([
    ['{ trafficPolicy: [] }', 'spec.trafficPolicy'],
    ['{ trafficPolicy: { tls: { mode: STRICT } } }', 'spec.trafficPolicy.tls.mode'],
    ['{ trafficPolicy: { outlierDetection: { minHealthPercent: some } } }', 'spec.trafficPolicy.outlierDetection.minHealthPercent'],
    ['{ trafficPolicy: { portLevelSettings: [{ port: 80 }] } }', 'spec.trafficPolicy.portLevelSettings[0].port'],
    ['{ subsets: [{ name: a, labels: { v: 1 } }] }', 'spec.subsets[0].labels'],
    ['{ workloadSelector: { matchLabels: [] } }', 'spec.workloadSelector.matchLabels'],
    ['{ exportTo: "*" }', 'spec.exportTo'],
  ])('that says %s is noted at %s', (spec, path) => expect(unreadPaths(read(spec))).toEqual([path]))
})
