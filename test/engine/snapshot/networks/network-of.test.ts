import { describe, expect, it } from 'vitest'
import { cluster, type Manifest, namespace, topology } from '../../combinations/asking.js'

const labelled = namespace('istio-system', { 'topology.istio.io/network': 'by-label' })
const networks = (written: Manifest): Manifest => ({
  controlPlanes: [{ name: 'west', cluster: 'west', meshNetworks: { networks: written } }],
})
const networkOf = (
  of: Parameters<ReturnType<typeof topology>['view']>,
  asked: readonly [string, string | undefined, string],
  snapshot: ReturnType<typeof topology>,
) => snapshot.view(...of).networkOf(...asked)
const registry = (...names: readonly string[]): Manifest => ({ endpoints: names.map((fromRegistry) => ({ fromRegistry })) })
const cidrs = (...ranges: readonly string[]): Manifest => ({ endpoints: ranges.map((fromCidr) => ({ fromCidr })) })

describe('the network of an endpoint', () => {
  const all = networks({ 'by-registry': registry('west'), 'by-cidr': cidrs('10.0.0.0/8') })
  it.each<[string, readonly Manifest[], Manifest, string, string]>([
    ['its own label', [labelled], all, 'own', 'own'],
    ['else the label of the system namespace', [labelled], all, '', 'by-label'],
    ['else that of its cluster’s registry', [], all, '', 'by-registry'],
    ['else that of the addresses it is among', [], networks({ 'by-cidr': cidrs('10.0.0.0/8') }), '', 'by-cidr'],
    ['else none', [], networks({ 'by-cidr': cidrs('192.168.0.0/16') }), '', ''],
    ['that of another cluster’s registry never', [], networks({ 'by-registry': registry('east') }), '', ''],
  ])('is %s (NET-1)', (_title, objects, rest, label, expected) => {
    const snapshot = topology([cluster('west', objects)], rest)
    expect(networkOf(['west'], ['west', '10.1.0.1', label], snapshot)).toBe(expected)
  })

  it.each<[string, Manifest, string]>([
    ['the widest of several ranges', networks({ narrow: cidrs('10.1.0.0/16'), wide: cidrs('10.0.0.0/8') }), 'wide'],
    ['the widest, wherever it is written', networks({ wide: cidrs('10.0.0.0/8'), narrow: cidrs('10.1.0.0/16') }), 'wide'],
    ['one of the other family never', networks({ six: cidrs('::/0') }), ''],
    ['a range that is none never', networks({ broken: cidrs('10.0.0.0/', '10.1.0.0/16/8') }), ''],
  ])('is, by its address, that of %s (NET-1)', (_title, rest, expected) => {
    expect(networkOf(['west'], ['west', '10.1.0.1', ''], topology([cluster('west', [])], rest))).toBe(expected)
  })

  it('is not that of a range where it has no address', () => {
    expect(networkOf(['west'], ['west', undefined, ''], topology([cluster('west', [])], networks({ n: cidrs('0.0.0.0/0') })))).toBe('')
  })

  it('is each control plane’s own idea: what one’s meshNetworks say is nothing to another (NET-2)', () => {
    const snapshot = topology(
      [cluster('west', [], { remoteSecrets: ['east'] }), cluster('east', [], { remoteSecrets: ['west'] })],
      networks({ 'by-registry': registry('east') }),
    )
    expect(['west', 'east'].map((plane) => networkOf([plane], ['east', '10.1.0.1', ''], snapshot))).toEqual(['by-registry', ''])
  })

  it('is read from the namespace that is called as the control plane’s own, in the endpoint’s cluster (NET-1)', () => {
    const east = cluster('east', [namespace('istio-system', { 'topology.istio.io/network': 'n2' })])
    const snapshot = topology([cluster('west', [labelled], { remoteSecrets: ['east'] }), east])
    expect(['west', 'east'].map((place) => networkOf(['west'], [place, '10.1.0.1', ''], snapshot))).toEqual(['by-label', 'n2'])
  })
})
